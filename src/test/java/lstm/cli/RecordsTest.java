package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lstm.checkpoint.Checkpoint;
import lstm.text.Corpus;
import lstm.text.Records;
import lstm.text.Sources;
import lstm.train.TrainingConfig;
import lstm.train.TrainingData;
import lstm.train.TrainingState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lstm train --records}: learning a list. */
class RecordsTest {

    @TempDir
    private Path folder;

    private Path names;
    private Path out;

    @BeforeEach
    void nameTheFiles() {
        names = Texts.write(
                folder.resolve("names.txt"),
                IntStream.range(100, 200).mapToObj(i -> "name " + i + "\n").collect(Collectors.joining()));
        out = folder.resolve("out.safetensors");
    }

    private static Object[] with(Object[] words, Object... more) {
        Object[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }

    @Test
    void aListIsLearntRecordByRecordAndTheCheckpointSaysSo() {
        Run run = Run.train(names, "-o", out, "--records", "line", "--steps", 3);

        assertThat(run.err())
                .startsWith("a list of 100 records\n811 characters to learn from, 91 held out, 16 different\n");
        assertThat(Checkpoint.load(out).records()).isEqualTo(Records.LINE);
        assertThat(Run.lstm("info", out).succeeded().out()).containsPattern("records +line\n");
        assertThat(info("records")).isEqualTo("line");
        assertThat(info("unit")).isEqualTo("characters");
    }

    @Test
    void itsCorpusIsCutAgainAsItsTrainingCutIt() {
        Run.train(names, "-o", out, "--records", "line", "--steps", 3, "--val", 0.3);
        Checkpoint checkpoint = Checkpoint.load(out);
        Corpus corpus = Corpus.read(
                Sources.of(List.of(names.toString()), InputStream.nullInputStream()), checkpoint.vocabulary());
        TrainingData data = TrainingData.like(checkpoint, corpus);

        TrainingConfig config = TrainingState.fromJson(checkpoint.training()).config();
        assertThat(data.isOf(checkpoint)).isTrue();
        assertThat(data.validation().digest())
                .isEqualTo(TrainingData.of(corpus, Records.LINE, config)
                        .validation()
                        .digest())
                .isNotEqualTo(TrainingData.of(corpus, Records.LINE, TrainingConfig.DEFAULT)
                        .validation()
                        .digest());
    }

    private String info(String key) {
        String json = Run.lstm("info", out, "--json").succeeded().out();
        return JsonParser.parseString(json).getAsJsonObject().get(key).getAsString();
    }

    @Test
    void aTextIsNoListUnlessItIsSaid() {
        Run run = Run.train(names, "-o", out, "--steps", 3);

        assertThat(run.err()).doesNotContain("list");
        assertThat(Run.lstm("info", out).out()).doesNotContain("records");
        assertThat(info("records")).isEqualTo("none");
    }

    @Test
    void onlyTheRecordsCountAndNotWhatPartsThem() {
        Path spaced = Texts.write(
                folder.resolve("spaced.txt"),
                "\n \n"
                        + IntStream.range(100, 200)
                                .mapToObj(i -> "name " + i + " \n\t\n\n")
                                .collect(Collectors.joining()));
        Object[] options = {"--records", "line", "--steps", 3};
        Path other = folder.resolve("other");
        Run of = Run.train(with(new Object[] {names, "-o", out}, options));
        Run ofSpaced = Run.train(with(new Object[] {spaced, "-o", other}, options));

        assertThat(ofSpaced.err()).startsWith("a list of 100 records\n811 characters to learn from, 91 held out, 17");
        assertThat(of.err()).startsWith("a list of 100 records\n811 characters to learn from, 91 held out, 16");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 41, 90})
    void aTrainingInTwoPartsEndsWithTheBytesOfOneInOnePart(int stop) {
        Path parts = folder.resolve("parts");
        Object[] options = {"--records", "line", "--schedule", "constant", "--val-every", 9};
        Run.train(with(new Object[] {names, "-o", out, "--steps", 125}, options));
        Run.train(with(new Object[] {names, "-o", parts, "--steps", stop}, options));
        // Without the kind, which stands in the checkpoint.
        Run.lstm("train", names, "-o", parts, "--resume", "--steps", 125).succeeded();

        assertThat(parts).hasSameBinaryContentAs(out);
    }

    @Test
    void noOtherKindIsResumed() {
        Run.train(names, "-o", out, "--records", "line", "--steps", 2);
        Run.lstm("train", names, "-o", out, "--resume", "--records", "blank-line")
                .failed(Lstm.USAGE, "--records is blank-line, but the checkpoint's training has line");
        Run.lstm("train", names, "-o", out, "--resume", "--records", "none")
                .failed(Lstm.USAGE, "--records is none, but the checkpoint's training has line");
        Run.lstm("train", names, "-o", out, "--resume", "--records", "line", "--steps", 4)
                .succeeded();
    }

    @Test
    void aNewTrainingFromOldWeightsTakesTheKindThatIsGivenOrTheOldOne() {
        Path first = folder.resolve("first");
        Run.train(names, "-o", first, "--records", "line", "--steps", 2);
        Run.lstm("train", names, "-o", out, "--init-from", first, "--steps", 2).succeeded();
        assertThat(Checkpoint.load(out).records()).isEqualTo(Records.LINE);
        Run.lstm("train", names, "-o", out, "--init-from", first, "--records", "none", "--steps", 2)
                .succeeded();
        assertThat(Checkpoint.load(out).records()).isEqualTo(Records.NONE);
    }

    @Test
    void aTextThatIsNoListIsRefusedBeforeAnythingIsWritten() {
        Run.lstm("train", names, "-o", out, "--records", "blank-line")
                .failed(
                        Lstm.FAILED,
                        "--records blank-line expects a list of two or more records, each parted from the next by a blank"
                                + " line, and the text has one");
        Run.lstm("train", names, "-o", out, "--records", "lines")
                .failed(Lstm.USAGE, "'--records'", "line, blank-line or none", "lines");
        assertThat(out).doesNotExist();
    }

    @Test
    void aSlimCheckpointKeepsTheKind() {
        Run.train(names, "-o", out, "--records", "line", "--steps", 2);
        Path slim = folder.resolve("slim");
        Run.lstm("export", "--slim", slim, out).succeeded();
        assertThat(Checkpoint.load(slim).records()).isEqualTo(Records.LINE);
    }
}
