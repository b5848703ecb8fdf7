package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts of every kind are learnt and read, or refused in one line that says where, and what to do. */
class TextKindsTest {

    private static final String PROSE = "The ferry was late.\nSo were we all, all of us.\n".repeat(20);

    @TempDir
    private static Path folder;

    private static Path model;

    @BeforeAll
    static void learn() throws IOException {
        Path text = Files.writeString(folder.resolve("prose.txt"), PROSE);
        model = folder.resolve("model.safetensors");
        Run.train(text, "-o", model, "--steps", 2);
    }

    static Stream<Arguments> good() {
        return Stream.of(
                Arguments.of("two characters", "ab", 2, 2),
                Arguments.of("three characters", "abc", 3, 3),
                Arguments.of("one symbol", "a".repeat(500), 500, 1),
                Arguments.of("NULs", "abc\0def\0\0".repeat(50), 450, 7),
                Arguments.of("controls", "\u0001\u001b[31m\u007f\u0085".repeat(50), 400, 8),
                Arguments.of("carriage returns", "one\rtwo\r".repeat(50), 400, 6),
                Arguments.of("both line ends", "one\r\ntwo\n".repeat(50), 450, 7),
                Arguments.of("a mark at the start", "\ufeff" + "ab".repeat(100), 200, 2),
                Arguments.of("marks in the middle", "\ufeffab\ufeff".repeat(100), 399, 3),
                Arguments.of("emoji and what joins them", "👨‍👩‍👧é".repeat(100), 600, 5));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void textIsLearntAsItIs(String name, String text, int characters, int symbols) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Path learnt = folder.resolve(name + ".safetensors");
        String notes = Run.train(file, "-o", learnt, "--steps", 2, "--val", 0).err();
        assertThat(notes).contains(characters + " characters to learn from, 0 held out, " + symbols + " different\n");

        Run eval = Run.lstm("eval", learnt, file, "--json").succeeded();
        assertThat(eval.out()).startsWith("{\"chars\":" + (characters - 1) + ",");
        Run.lstm("score", learnt, file).succeeded();
        Run.lstm("neurons", learnt, file).succeeded();
        Run.lstm("sample", learnt, "-n", 20).succeeded();
    }

    private static byte[] bytes(String text, String charset) {
        return text.getBytes(Charset.forName(charset));
    }

    static Stream<Arguments> bad() {
        byte[] broken = (PROSE + "\u00e9" + PROSE).getBytes(StandardCharsets.ISO_8859_1);
        return Stream.of(
                Arguments.of("latin1", broken, "is not UTF-8: byte 0xE9 at offset " + PROSE.length() + " ", "--bytes"),
                Arguments.of(
                        "picture", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0}, "byte 0x89 at offset 0 ", "--bytes"),
                Arguments.of("utf16", bytes(PROSE, "UTF-16LE"), "looks like UTF-16LE", "iconv -f UTF-16LE -t UTF-8"),
                Arguments.of("utf16 marked", bytes(PROSE, "UTF-16"), "is UTF-16BE", "iconv -f UTF-16BE -t UTF-8"),
                Arguments.of("utf32", bytes(PROSE, "UTF-32BE"), "looks like UTF-32BE", "iconv -f UTF-32BE -t UTF-8"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void whatIsNoUtf8IsRefusedByEveryCommandAndLearntAsBytes(String name, byte[] text, String what, String advice)
            throws IOException {
        Path file = Files.write(folder.resolve(name), text);
        Path none = folder.resolve("none.safetensors");
        for (Run refused : List.of(
                Run.lstm(Run.trainWords(file, "-o", none)),
                Run.lstm("eval", model, file),
                Run.lstm("neurons", model, file),
                Run.lstm("gradients", model, file),
                Run.lstm("baseline", file))) {
            refused.failed(Lstm.FAILED, file.toString(), what, advice);
        }
        assertThat(Run.lstm("score", model, file).err()).contains(what, advice).hasLineCount(1);
        assertThat(none).doesNotExist();
        Run.train(file, "-o", folder.resolve("bytes.safetensors"), "--bytes", "--steps", 2, "--val", 0);
    }

    @Test
    void nothingAndOneCharacterAreTooLittle() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "");
        Path one = Files.writeString(folder.resolve("one"), "a");
        Run.lstm(Run.trainWords(empty)).failed(Lstm.FAILED, "nothing to read in " + empty + ": it is empty");
        Run.lstm(Run.trainWords(one)).failed(Lstm.FAILED, "the text has 1 character, and learning needs at least 2");
        for (Path file : List.of(empty, one)) {
            Run.lstm("eval", model, file).failed(Lstm.FAILED, "expected at least 2 characters");
            Run.lstm("baseline", file).failed(Lstm.FAILED, "nothing ");
            Run.lstm("score", model, file).succeeded();
        }
    }

    @Test
    void theFilesOfAFolderThatAreNoTextAreNamedByWhoReadsIt() throws IOException {
        Path texts = Files.createDirectory(folder.resolve("texts"));
        Files.writeString(texts.resolve("a.txt"), PROSE);
        Files.write(texts.resolve("b.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0});
        Files.createSymbolicLink(texts.resolve("loop"), texts);
        for (Run read : List.of(
                Run.train(texts, "-o", folder.resolve("texts.safetensors"), "--steps", 1),
                Run.lstm("eval", model, texts),
                Run.lstm("score", model, texts),
                Run.lstm("neurons", model, texts),
                Run.lstm("baseline", texts))) {
            assertThat(read.succeeded().err())
                    .contains("left out a file that is no text: " + texts.resolve("b.png") + "\n");
        }
    }

    /** As from {@code mkfifo}, or in the shell's {@code lstm train <(command)}. */
    @Test
    void aPipeWithANameIsRead() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        CompletableFuture<Path> writer = CompletableFuture.supplyAsync(() -> Texts.write(pipe, PROSE));
        String notes = Run.train(pipe, "-o", folder.resolve("pipe.safetensors"), "--steps", 1, "--val", 0)
                .err();
        assertThat(notes).contains(PROSE.length() + " characters to learn from");
        writer.join();
    }
}
