package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.Tensor;
import lstm.metrics.Course;
import lstm.metrics.Point;
import lstm.model.Cell;
import lstm.model.ModelConfig;
import lstm.text.Unit;
import lstm.train.Cluster.Shared;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lstm train}: from a text to a checkpoint. */
class TrainCommandTest {

    @TempDir
    private Path folder;

    private Path text;
    private Path out;

    @BeforeEach
    void nameTheFiles() {
        text = Texts.file(folder, "fox.txt", 600);
        out = folder.resolve("out.safetensors");
    }

    @Test
    void aTextBecomesACheckpointAndStandardOutputStaysEmpty() {
        Run run = Run.train(text, "--out", out, "--steps", 12, "--val-every", 5);

        assertThat(run.out()).isEmpty();
        List<String> lines = run.err().lines().toList();
        assertThat(lines.get(0)).isEqualTo("540 characters to learn from, 60 held out, 24 different");
        assertThat(lines.get(1))
                .matches(
                        "lstm 2 x 6, dropout \\S+, weight dropout \\S+, 1,224 parameters, \\d+ x \\d+ characters a step; saving to .*")
                .endsWith(" " + out);
        assertThat(lines.subList(2, 5))
                .allMatch(line ->
                        line.matches(" *\\d+%  epoch \\d+\\.\\d  step \\d+  loss .*" + "bpc\\)  val .*bpc\\)( best)?"));
        assertThat(lines.get(5)).isEqualTo("saved " + out);
        assertThat(lines).hasSize(6);
        assertThat(run.err()).doesNotContain("\r", "\033");
        assertThat(files()).containsExactly("fox.txt", "out.safetensors");

        Checkpoint checkpoint = Checkpoint.load(out);
        assertThat(checkpoint.canResume()).isTrue();
        assertThat(checkpoint.vocabulary().size()).isEqualTo(24);
        assertThat(checkpoint.training()).contains("\"step\":12,");
    }

    /** As where an alias has some, and more are given on top. */
    @Test
    void theLastOfARepeatedOptionCountsAndTheOthersStand() {
        Run run = Run.train(
                text, "--out", out, "--layers", 1, "--steps", 9, "--hidden", 7, "--steps", 4, "--tie", "--hidden", 5);

        assertThat(run.err()).contains("lstm 1 x 5, tied embedding, ");
        assertThat(Checkpoint.load(out).training()).contains("\"step\":4,");
    }

    @Test
    void anAddressIsNoFileToSaveTo() {
        Run.lstm("train", text, "-o", "hdfs://host/model.safetensors")
                .failed(
                        Lstm.USAGE,
                        "checkpoints are saved on this machine, and hdfs:/host/model.safetensors is an address");
    }

    @Test
    void aTrainingGoesOnAsItWasSharedOut() {
        Run.train(text, "--out", out, "--steps", 2, "--hidden", 4).succeeded();
        Run.lstm("train", text, "--out", out, "--resume", "--steps", 4, "--spark", "local[2]", "--workers", 2)
                .failed(Lstm.USAGE, "was trained by one machine: leave --workers and --spark out to go on");

        Checkpoint one = Checkpoint.load(out);
        Map<String, Tensor> tensors = new LinkedHashMap<>(one.trainingTensors());
        tensors.put(Shared.TENSOR, new Shared(3, 20, 2).toTensor());
        for (int worker = 0; worker < 3; worker++) {
            tensors.put("worker." + worker + ".random", Tensor.longs(1));
        }
        new Checkpoint(one.config(), one.vocabulary(), one.training(), one.weights(), tensors).save(out);
        Run.lstm("train", text, "--out", out, "--resume", "--steps", 4)
                .failed(
                        Lstm.USAGE,
                        "was trained by 3 workers: give --workers 3 and --spark to go on, or --init-from to");
        Run.lstm("train", text, "--out", out, "--resume", "--steps", 4, "--spark", "local[2]", "--workers", 2)
                .failed(Lstm.USAGE, "was trained by 3 workers: give --workers 3 to go on, or --init-from to");
        assertThat(Run.lstm("info", out).succeeded().out())
                .contains(": lstm train CORPUS --spark MASTER --workers 3 --resume -o ");

        tensors.put(Shared.TENSOR, Tensor.longs(3, 20));
        new Checkpoint(one.config(), one.vocabulary(), one.training(), one.weights(), tensors).save(out);
        Run.lstm("train", text, "--out", out, "--resume", "--steps", 4)
                .failed(Lstm.FAILED, "its tensor training.cluster makes no sense");
    }

    @Test
    void whatIsForManyMachinesSaysWhatItNeeds() {
        Run.lstm("train", text, "--spark", "local[2]")
                .failed(Lstm.USAGE, "--spark needs --workers: in how many parts the text is learnt at once");
        Run.lstm("train", text, "--local-steps", 20)
                .failed(Lstm.USAGE, "--local-steps needs --workers: in how many parts the text is learnt at once");
        Run.lstm("train", text, "--spark", "local[2]", "--workers", 0)
                .failed(Lstm.USAGE, "expected from 1 to 10,000 workers, found 0");
        Run.lstm("train", text, "--spark", "local[2]", "--workers", 2, "--local-steps", 0)
                .failed(Lstm.USAGE, "expected 1 local step or more, found 0");
        Run.lstm("train", text, "--spark", "local[2]", "--workers", 2, "--time", "1m")
                .failed(Lstm.USAGE, "--time is for one machine, whose clock sets the learning rate");
        Run.lstm("train", text, "--spark", "local[2]", "--workers", 2, "--records", "line")
                .failed(Lstm.USAGE, "the records of a list are shuffled by one machine alone");
        Run.lstm("train", "-", "--spark", "local[2]", "--workers", 2)
                .failed(Lstm.USAGE, "standard input (-) is of this machine alone");
        Run.lstm("train", text, "--spark", "local[2]", "--workers", 2)
                .failed(
                        Lstm.FAILED,
                        "this build of lstm trains on one machine alone: make spark builds one that trains on many");
    }

    @Test
    void whoWantsNoProgressHearsWhatCameOfItAndNothingElse() {
        Run.train(text, "--out", out, "--steps", 12);
        Run run = Run.train(text, "--out", out, "--steps", 12, "--val-every", 5, "--progress", "none");

        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("kept the earlier " + out + " as " + out + ".1.bak"),
                        line -> assertThat(line).matches("100%  epoch .*  best val \\S+ \\(\\S+ bpc\\)"),
                        line -> assertThat(line).isEqualTo("saved " + out));
        Path hopeless = Hopeless.checkpoint(text, folder.resolve("hopeless.safetensors"));
        Run failing =
                Run.lstm("train", text, "--out", out, "--steps", 12, "--progress", "none", "--init-from", hopeless);
        assertThat(failing.code()).isEqualTo(Lstm.FAILED);
        assertThat(failing.err().lines().filter(line -> line.startsWith("diverged at step ")))
                .hasSize(3);
        assertThat(failing.err()).contains("lstm: the training diverged at step 1: the loss is NaN, though");
    }

    @Test
    void theCurrentFolderNamesTheCheckpointButStandsInNone() {
        String folderName = String.valueOf(Path.of("").toAbsolutePath().getFileName());
        assertThat(TrainingFiles.defaultTarget(".")).isEqualTo(Path.of("checkpoints", folderName + ".safetensors"));
        assertThat(TrainingFiles.defaultTarget("a/..")).isEqualTo(TrainingFiles.defaultTarget("."));
        assertThat(TrainingFiles.defaultTarget("src/my.txt")).isEqualTo(Path.of("checkpoints/my.safetensors"));
    }

    @Test
    void aLiveViewThatCannotBeIsPlain() {
        Run run = Run.train(text, "--out", out, "--steps", 12, "--progress", "live");
        assertThat(run.err()).contains("plain lines instead\n100%  epoch ").doesNotContain("\033");
    }

    @Test
    void theSameSeedGivesTheSameBytesWithAnyNumberOfThreads() {
        Path other = folder.resolve("other");
        Run.train(text, "-o", out, "--steps", 7, "--dropout", 0.3, "--threads", 1);
        Run.train(text, "-o", other, "--steps", 7, "--dropout", 0.3, "--threads", 3);
        assertThat(out).hasSameBinaryContentAs(other);

        Run.train(text, "-o", other, "--steps", 7, "--dropout", 0.3, "--seed", 2);
        assertThat(mismatch(out, other)).isNotNegative();
    }

    @ParameterizedTest
    @EnumSource
    void everyCellIsTrainedResumedShownSampledAndEvaluated(Cell cell) {
        Run train = Run.train(text, "-o", out, "--cell", cell.label(), "--steps", 3);
        assertThat(train.err()).contains("\n" + cell.label() + " 2 x 6, ");
        Run.train(text, "-o", out, "--resume", "--steps", 5);
        assertThat(Checkpoint.load(out).training()).contains("\"step\":5,");

        assertThat(Run.lstm("info", out).out()).contains(cell.label() + " 2 x 6, ");
        assertThat(Run.lstm("sample", out, "-n", 20).out()).hasSizeGreaterThanOrEqualTo(20);
        assertThat(Run.lstm("eval", out, text).out()).contains("nats");
        assertThat(Run.lstm("sample", out, "-n", 20, "--kernel", "ojalgo").err())
                .isEmpty();
    }

    @Test
    void embeddedTokensAreTrainedResumedAndSampled() {
        Run apart = Run.train(text, "-o", out, "--embedding", 9, "--steps", 3);
        assertThat(apart.err()).contains("\nlstm 2 x 6, embedding 9, dropout ");
        goOnAndSample("--embedding", 9);

        Run tied = Run.train(text, "-o", out, "--tie", "--steps", 3);
        assertThat(tied.err()).contains("\nlstm 2 x 6, tied embedding, dropout ");
        assertThat(Checkpoint.load(out).weights()).doesNotContainKey("embedding.weight");
        goOnAndSample("--tie");
        Run.lstm("train", text, "-o", out, "--resume", "--embedding", 9)
                .failed(Lstm.USAGE, "--embedding is 9, but the checkpoint's model has 6");
    }

    @ParameterizedTest
    @EnumSource
    void aModelThatAttendsToItsPastIsTrainedResumedAndSampled(Cell cell) {
        Run run = Run.train(text, "-o", out, "--cell", cell.label(), "--attention", 7, "--steps", 3);
        assertThat(run.err()).contains("\n" + cell.label() + " 2 x 6, attention to 7, dropout ");
        goOnAndSample("--attention", 7);
        assertThat(Run.lstm("info", out).out()).contains(" 2 x 6, attention to 7, ");
        assertThat(Run.lstm("eval", out, text).out()).contains("nats");
        Run.lstm("train", text, "-o", out, "--resume", "--attention", 9)
                .failed(Lstm.USAGE, "--attention is 9, but the checkpoint's model has 7");
    }

    @Test
    void aTiedEmbeddingTellsHowManyUnitsThereAre() {
        Path longer = Texts.file(folder, "longer.txt", 900);
        Run run = Run.lstm(
                "train",
                longer,
                "-o",
                out,
                "--tie",
                "--embedding",
                8,
                "--layers",
                1,
                "--batch",
                2,
                "--seq-length",
                5,
                "--steps",
                1);
        assertThat(run.succeeded().err()).contains("\nlstm 1 x 8, tied embedding");
        Run.lstm("train", longer, "-o", folder.resolve("x"), "--tie", "--embedding", 8, "--hidden", 9, "--steps", 1)
                .failed(Lstm.USAGE, "an embedding of 9, like the layers, to be tied, found 8");
    }

    private void goOnAndSample(Object... words) {
        Object[] all = Stream.concat(Stream.of(text, "-o", out, "--resume", "--steps", 5), Stream.of(words))
                .toArray();
        Run.train(all);
        assertThat(Checkpoint.load(out).training()).contains("\"step\":5,");
        assertThat(Run.lstm("sample", out, "-n", 20).succeeded().out()).hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void ofAnOptionGivenTwiceTheLastCounts() {
        Run run = Run.train(text, "-o", out, "--steps", 7, "--steps", 2, "--threads", 2, "--threads", 1);
        assertThat(run.err()).contains("step 2 ");
        assertThat(Checkpoint.load(out).training()).contains("\"step\":2,");
    }

    @Test
    void theOjalgoKernelTrainsAsWell() {
        Run run = Run.train(text, "-o", out, "--steps", 3, "--kernel", "ojalgo");

        assertThat(run.err()).doesNotContain("slow");
        assertThat(Checkpoint.load(out).training()).contains("\"step\":3,");
    }

    @Test
    void withoutValidationTheLastWeightsAreSaved() {
        Run run = Run.train(text, "-o", out, "--steps", 3, "--val", 0);

        assertThat(run.err())
                .contains("600 characters to learn from, 0 held out")
                .doesNotContain("  val ");
        Checkpoint checkpoint = Checkpoint.load(out);
        Map<String, Tensor> last = checkpoint.trainingTensors();
        assertThat(checkpoint.weights())
                .isNotEmpty()
                .allSatisfy((name, best) -> assertThat(last)
                        .hasEntrySatisfying(
                                name,
                                tensor -> assertThat(tensor.toStore().data).isEqualTo(best.data)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 6, 20, 24})
    void aShortTextShrinksTheWindowsAndSaysSo(int characters) {
        Path tiny = Texts.file(folder, "tiny.txt", characters);
        Run run = Run.train(tiny, "-o", out, "--steps", 2);

        assertThat(run.err()).contains("the text is short: training on ").contains("instead of 4 x 5");
        assertThat(out).isNotEmptyFile();
    }

    @Test
    void aTextOfOneCharacterOrNoneIsTooShort() {
        Run.lstm("train", Texts.write(folder.resolve("one"), "a"), "-o", out).failed(1, "1 character", "at least 2");
        Run.lstm("train", Texts.write(folder.resolve("none"), ""), "-o", out).failed(1, "none", "empty");
        assertThat(out).doesNotExist();
    }

    @Test
    void aTimeEndsTheTraining() {
        Run.train(text, "-o", out, "--time", "0.001s", "--epochs", 1_000_000);

        assertThat(Checkpoint.load(out).training()).contains("\"seconds\":0.001");
    }

    @Test
    void aTimeAloneChoosesTheModel() throws IOException {
        Path book = Texts.file(folder, "book.txt", 60_000);
        Run run = Run.lstm("train", book, "-o", out, "--time", "0.001s").succeeded();

        // Without the time it were 256 units.
        assertThat(run.err())
                .contains(" billion operations a second here: 32 units a layer suit the time and the text");
        assertThat(Checkpoint.load(out).config().hidden()).isEqualTo(32);
    }

    @Test
    void whatIsLeftOpenSuitsTheText() throws IOException {
        Path book = Texts.file(folder, "book.txt", 60_000);
        ModelConfig config = trained(book, "--steps", 1);

        assertThat(config.hidden()).isEqualTo(256);
        assertThat(config.weightDropout()).isGreaterThan(config.dropout());
        assertThat(config.dropout()).isPositive();
        // So that a training that is resumed for more steps goes on exactly.
        assertThat(trained(book, "--steps", 2)).isEqualTo(config);
    }

    @Test
    void whoChoosesADropoutMeansNoOther() throws IOException {
        assertThat(trained(text, "--steps", 1, "--dropout", 0.25).weightDropout())
                .isZero();
        assertThat(trained(text, "--steps", 1, "--weight-dropout", 0.25).weightDropout())
                .isEqualTo(0.25f);
    }

    private ModelConfig trained(Path book, Object... options) throws IOException {
        Object[] words = Stream.concat(Stream.of("train", book, "-o", out), Stream.of(options))
                .toArray();
        Run.lstm(words).succeeded();
        return Checkpoint.load(out).config();
    }

    @Test
    void filesFoldersAndStandardInputAreOneText() throws IOException {
        Path books = Files.createDirectories(folder.resolve("books/a"));
        Texts.write(books.resolve("2.txt"), "bcbcbcbc");
        Texts.write(books.resolve("1.txt"), "abababab");
        Run parts = Run.piped("dededede", Run.trainWords(books, "-", "-o", out, "--steps", 2));

        Path whole = folder.resolve("whole");
        Run.train(Texts.write(folder.resolve("w.txt"), "ababababbcbcbcbcdededede"), "-o", whole, "--steps", 2);
        parts.succeeded();
        assertThat(trainingOf(out)).contains("\"name\":\"a, stdin\"");
        assertThat(trainingOf(out).replace("a, stdin", "w.txt")).isEqualTo(trainingOf(whole));
        // Behind the headers, whose lengths differ by that of the name.
        byte[] numbers = Files.readAllBytes(whole);
        assertThat(tail(out, numbers.length / 2)).isEqualTo(tail(whole, numbers.length / 2));
    }

    private static String trainingOf(Path checkpoint) {
        return Checkpoint.load(checkpoint).training();
    }

    private static byte[] tail(Path file, int length) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
    }

    @Test
    void bytesAreLearntFromWhatIsNotText() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {0, -1, -2, 0, 10, -1, 0, -2, -1, 0, 3, 0});
        Run.lstm("train", binary, "-o", out).failed(1, binary + " is not UTF-8", "0xFF", "offset 1", "--bytes");
        assertThat(out).doesNotExist();

        Run.train(binary, "-o", out, "--steps", 2, "--bytes");
        assertThat(Checkpoint.load(out).vocabulary().unit()).isEqualTo(Unit.BYTE);
    }

    @Test
    void aCheckpointThatIsThereIsKept() throws IOException {
        Texts.write(out, "precious");
        Run first = Run.train(text, "-o", out, "--steps", 1);
        assertThat(first.err()).contains("kept the earlier " + out + " as " + out + ".1.bak");
        byte[] before = Files.readAllBytes(out);
        Run.train(text, "-o", out, "--steps", 2);

        assertThat(folder.resolve("out.safetensors.1.bak")).hasContent("precious");
        assertThat(folder.resolve("out.safetensors.2.bak")).hasBinaryContent(before);
    }

    @Test
    void weightsAreTakenFromACheckpointAndNewCharactersAreNamed() throws IOException {
        Run.train(text, "-o", out, "--steps", 3);
        byte[] before = Files.readAllBytes(out);
        Path more = Texts.write(folder.resolve("more.txt"), Texts.characters(100) + "Xé".repeat(20));
        Path next = folder.resolve("next");
        Run run = Run.lstm("train", more, "-o", next, "--init-from", out, "--steps", 2)
                .succeeded();

        assertThat(run.err()).contains("new to the model: 'X', U+00E9 (é)");
        assertThat(out).hasBinaryContent(before);
        Checkpoint checkpoint = Checkpoint.load(next);
        assertThat(checkpoint.config().hidden()).isEqualTo(6);
        assertThat(checkpoint.vocabulary().symbols().subList(24, 26)).containsExactly("X", "é");
        assertThat(checkpoint.training()).contains("\"step\":2,");
    }

    @Test
    void anotherShapeThanTheCheckpointsIsRefused() {
        Run.train(text, "-o", out, "--steps", 1);

        for (String resume : List.of("--init-from=" + out, "--resume")) {
            Run.lstm("train", text, "-o", out, resume, "--hidden", 7).failed(2, "--hidden is 7", "has 6");
            Run.lstm("train", text, "-o", out, resume, "--layers", 1).failed(2, "--layers is 1", "has 2");
            Run.lstm("train", text, "-o", out, resume, "--bytes").failed(2, "--bytes", "characters");
        }
    }

    @Test
    void aTrainingThatDivergesGoesBackAndOn() {
        Path metrics = folder.resolve("course.jsonl");
        Run run = Run.train(
                text,
                "-o",
                out,
                "--steps",
                60,
                "--lr",
                "1e300",
                "--warmup",
                0,
                "--val-every",
                20,
                "--metrics",
                metrics);

        assertThat(run.err().lines().filter(line -> line.startsWith("diverged at step ")))
                .singleElement(STRING)
                .matches(
                        "diverged at step 2: the loss is .*; back to the model of step 0, and on with a learning rate of 0.01"
                                + " instead of 1E\\+300 \\(roll-back 1 of 3\\)");
        assertThat(metrics).content().contains("\"roll_back\":\"diverged at step 2: ");
        assertThat(Course.of(metrics).points()).extracting(Point::step).contains(20L, 40L, 60L);
        Run.lstm("sample", out, "-n", 20).succeeded();
        assertThat(Run.lstm("info", out).out()).contains("roll-backs     1, the last at step 1");
    }

    @Test
    void oneThatDivergesAgainAndAgainEndsWithAdviceAndAWholeCheckpoint() {
        Path hopeless = Hopeless.checkpoint(text, folder.resolve("hopeless.safetensors"));
        Run run = Run.lstm("train", text, "-o", out, "--steps", 50, "--init-from", hopeless);

        run.failedAfterNotes(1, "diverged at step", "--lr");
        assertThat(Checkpoint.load(out).canResume()).isTrue();
    }

    @Test
    void samplesAreShownOnStandardErrorWhileItLearns() {
        Run run = Run.train(text, "-o", out, "--steps", 4, "--sample-every", 2);

        assertThat(run.err())
                .containsSubsequence("--- sample at step 2\n", "\n---\n", "--- sample at step 4\n", "\n---\n");
        assertThat(run.out()).isEmpty();
        Path quiet = folder.resolve("quiet");
        Run.train(text, "-o", quiet, "--steps", 4);
        assertThat(out).hasSameBinaryContentAs(quiet);
    }

    @Test
    void noFileThatIsReadIsWrittenOver() throws IOException {
        byte[] before = Files.readAllBytes(text);
        Path same = folder.resolve("../" + folder.getFileName() + "/fox.txt");
        Run.lstm("train", text, "-o", same).failed(2, "--out", "the text itself");
        Run.lstm("train", text, "-o", out, "--metrics", same).failed(2, "--metrics", "the text itself");
        Run.lstm("train", text, "-o", out, "--metrics", out).failed(2, "--metrics", "a checkpoint's file");
        Run.lstm("train", text, "-o", out, "--metrics", "m", "--init-from", "m").failed(2, "--metrics");

        assertThat(text).hasBinaryContent(before);
        assertThat(files()).containsExactly("fox.txt");
    }

    @Test
    void whatIsWrittenIsNoTextForTheOneThatGoesOn() throws IOException {
        Path texts = Files.createDirectory(folder.resolve("texts"));
        Texts.file(texts, "fox.txt", 600);
        Path made = texts.resolve("checkpoints/texts.safetensors");
        Run.lstm("train", texts, "-o", made, "--metrics", texts.resolve("m")).failed(2, "--metrics", "outside of it");
        Run.lstm("train", texts, "-o", texts.resolve("model")).failed(2, "--out", "outside of it");
        Run.train(texts, "-o", made, "--steps", 3);
        Run.train(texts, "-o", made, "--steps", 3);
        assertThat(Path.of(made + ".1.bak")).isNotEmptyFile();

        Run.train(texts, "-o", made, "--steps", 6, "--resume");
    }

    @Test
    void whereNoCheckpointCanBeWrittenNothingIsTrained() {
        Path through = text.resolve("x.safetensors");
        for (Path impossible : List.of(folder, through)) {
            Run run = Run.lstm(Run.trainWords(text, "-o", impossible, "--time", "1h"));
            run.failedAfterNotes(1, "cannot write " + impossible + ": ");
        }
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        Path missing = folder.resolve("missing.txt");
        Path empty = Texts.write(folder.resolve("empty"), "");
        Run.lstm("train", missing).failed(1, "no such file or directory: " + missing);
        Run.lstm("train", Files.createDirectory(folder.resolve("hollow"))).failed(1, "holds no files");
        Run.lstm("train", "-", "-").failed(1, "standard input (-) is named twice");
        Run.lstm("train", "").failed(1, "the name of a text is empty");
        Run.lstm("train", "a\0b").failed(1, "not the name of a file");
        Run.lstm("train", text, "-o", out, "--resume").failed(1, "nothing to resume: " + out);
        Run.lstm("train", text, "-o", out, "--init-from", missing).failed(1, "cannot read " + missing);
        Run.lstm("train", text, "-o", out, "--init-from", folder).failed(1, "cannot read " + folder);
        Run.lstm("train", text, "-o", out, "--init-from", empty).failed(1, empty + " is not a checkpoint");
        Run.lstm("train", text, "-o", text.resolve("x"), "--resume").failed(1, "nothing to resume");
        assertThat(out).doesNotExist();
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long mismatch(Path one, Path other) {
        try {
            return Files.mismatch(one, other);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
