package lstm.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import lstm.text.Corpus;
import lstm.text.Sources;
import lstm.text.TextException;
import lstm.text.Tokens;
import lstm.text.Unit;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HadoopTextsTest {

    private static final String ALL_LENGTHS = "\uFEFFa\u00E9\u20AC\uD83D\uDE00 z\r\n\u0000";

    @TempDir
    Path folder;

    private final Configuration configuration = new Configuration();
    private final List<String> notes = new ArrayList<>();

    private List<TextPart> parts(Unit unit, long bytes, Object... arguments) {
        return HadoopTexts.parts(
                IntStream.range(0, arguments.length)
                        .mapToObj(i -> arguments[i].toString())
                        .toList(),
                configuration,
                unit,
                notes::add,
                bytes);
    }

    /** The whole, as it would be after the first pass. */
    private ClusterTokens tokens(List<TextPart> parts, Corpus corpus) {
        long[] before = new long[parts.size() + 1];
        for (int i = 0; i < parts.size(); i++) {
            PartSummary summary = PartSummary.of(
                    parts.get(i), configuration, corpus.vocabulary().unit());
            assertThat(summary.fault()).isNull();
            before[i + 1] = before[i] + summary.count();
        }
        return new ClusterTokens(
                parts, before, corpus.vocabulary(), new SerializableConfiguration(configuration), "digest");
    }

    private Corpus corpus(Unit unit, Object... arguments) {
        List<String> names = IntStream.range(0, arguments.length)
                .mapToObj(i -> arguments[i].toString())
                .toList();
        return Corpus.read(Sources.of(names, new ByteArrayInputStream(new byte[0])), unit);
    }

    private static int[] list(Tokens tokens) {
        return IntStream.range(0, (int) tokens.size()).map(tokens::get).toArray();
    }

    @ParameterizedTest
    @EnumSource(Unit.class)
    void partsOfAnySizeAreTheWhole(Unit unit) throws IOException {
        Path one = Files.writeString(folder.resolve("one.txt"), ALL_LENGTHS.repeat(5));
        Path other = Files.writeString(folder.resolve("other.txt"), "b\u20AC".repeat(7));
        Corpus corpus = corpus(unit, one, other);
        for (int bytes = 1; bytes < 20; bytes++) {
            List<TextPart> parts = parts(unit, bytes, one, other);

            assertThat(list(tokens(parts, corpus)))
                    .as("parts of %d bytes", bytes)
                    .isEqualTo(list(corpus.tokens()));
        }
    }

    @Test
    void aSliceIsReadFromThePartsThatItIsIn() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), ALL_LENGTHS.repeat(9));
        Corpus corpus = corpus(Unit.CHARACTER, text);
        ClusterTokens whole = tokens(parts(Unit.CHARACTER, 7, text), corpus);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            long from = random.nextLong(whole.size() + 1);
            long to = random.nextLong(from, whole.size() + 1);
            long inner = random.nextLong(to - from + 1);

            assertThat(list(whole.slice(from, to)))
                    .isEqualTo(list(corpus.tokens().slice(from, to)));
            assertThat(list(whole.slice(from, to).slice(inner, to - from)))
                    .isEqualTo(list(corpus.tokens().slice(from + inner, to)));
        }
    }

    @Test
    void aDirectoryIsReadAsOnOneMachine() throws IOException {
        Files.createDirectories(folder.resolve("texts/deep"));
        Files.writeString(folder.resolve("texts/b.txt"), "second");
        Files.writeString(folder.resolve("texts/a.txt"), "first");
        Files.writeString(folder.resolve("texts/deep/c.txt"), "third");
        Files.writeString(folder.resolve("texts/.hidden"), "hidden");
        Files.writeString(folder.resolve("texts/_fourth"), "fourth");
        Files.writeString(folder.resolve("texts/model.safetensors"), "no text");
        Files.write(folder.resolve("texts/picture"), new byte[] {'P', 'N', 'G', 0, 1, 2, (byte) 0xFF});
        Path texts = folder.resolve("texts");
        Corpus corpus = corpus(Unit.CHARACTER, texts);

        assertThat(list(tokens(parts(Unit.CHARACTER, 3, texts), corpus))).isEqualTo(list(corpus.tokens()));
        assertThat(notes).containsExactly("left out a file that is no text");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 100})
    void whatIsNotUtf8IsRefusedAsOnOneMachine(int bytes) throws IOException {
        SplittableRandom random = new SplittableRandom(bytes);
        for (int i = 0; i < 100; i++) {
            byte[] text = ALL_LENGTHS.repeat(3).getBytes(StandardCharsets.UTF_8);
            text[random.nextInt(3, text.length)] = (byte) random.nextInt(256);
            Path file = Files.write(folder.resolve("text"), text);
            String expected = fault(file);
            List<String> found = parts(Unit.CHARACTER, bytes, file).stream()
                    .map(part ->
                            PartSummary.of(part, configuration, Unit.CHARACTER).fault())
                    .filter(fault -> fault != null)
                    .map(fault -> fault.replace(file.toUri().toString(), file.toString())
                            .replace("file:" + file, file.toString()))
                    .toList();
            if (expected == null) {
                assertThat(found).isEmpty();
            } else {
                assertThat(found).first().isEqualTo(expected);
            }
        }
    }

    private @Nullable String fault(Path file) {
        try {
            corpus(Unit.CHARACTER, file);
            return null;
        } catch (TextException e) {
            return e.getMessage();
        }
    }

    @Test
    void whatCannotBeReadIsOneClearLine() throws IOException {
        Files.createDirectories(folder.resolve("empty"));

        String nothing = folder.resolve("nothing").toString();
        assertNotRead(nothing, "no such file or directory: " + nothing);
        String empty = folder.resolve("empty").toString();
        assertNotRead(empty, "the directory " + empty + " holds no files");
        assertNotRead("a:b", "cannot read a:b: Hadoop knows no such address, and no file with a colon in its name");
        assertNotRead("hdfs://localhost:1/text", "cannot read hdfs://localhost:1/text: nothing answers there");
        assertNotRead("hdfs://host.invalid/text", "cannot read hdfs://host.invalid/text: there is no such host");
        assertNotRead("nosuch://host/text", "cannot read nosuch://host/text: No FileSystem for scheme \"nosuch\"");
        assertNotRead(
                "s3a://bucket/text",
                "cannot read s3a://bucket/text: this Spark has no library for addresses that begin with s3a:");
        assertThatThrownBy(() -> parts(Unit.CHARACTER, 9, ""))
                .isInstanceOf(TextException.class)
                .hasMessageStartingWith("cannot read : ");
    }

    private void assertNotRead(String address, String message) {
        assertThatThrownBy(() -> parts(Unit.CHARACTER, 9, address))
                .isInstanceOf(TextException.class)
                .hasMessage(message);
    }

    @Test
    void aTextThatIsChangedMeanwhileIsNotLearntFrom() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "abc".repeat(10));
        ClusterTokens tokens = tokens(parts(Unit.CHARACTER, 7, text), corpus(Unit.CHARACTER, text));
        Files.writeString(text, "abx".repeat(10));
        assertThatThrownBy(tokens::read).isInstanceOf(TextException.class).hasMessageContaining("was changed while");
        Files.writeString(text, "abc".repeat(2));
        assertThatThrownBy(tokens::read).isInstanceOf(TextException.class).hasMessageContaining("was changed while");
    }
}
