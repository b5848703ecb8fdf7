package lstm.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {

    @TempDir
    Path directory;

    @Test
    void theFilesOfADirectoryAreReadInTheOrderOfTheirPaths() throws IOException {
        for (String file : List.of("b.txt", "Z.txt", "a/2.txt", "a/10.txt", "a.txt", "é.txt", "a/c/d.txt")) {
            write(file);
        }
        assertThat(names(directory.toString()))
                .containsExactly("Z.txt", "a.txt", "a/10.txt", "a/2.txt", "a/c/d.txt", "b.txt", "é.txt");
    }

    @Test
    void hiddenFilesAndDirectoriesAreLeftOut() throws IOException {
        write(".hidden.txt");
        write(".git/config");
        write("a/.b/c.txt");
        write("seen.txt");
        assertThat(names(directory.toString())).containsExactly("seen.txt");
    }

    @Test
    void checkpointsAndThoseThatAreKeptAreLeftOut() throws IOException {
        write("checkpoints/a.safetensors");
        write("checkpoints/a.safetensors.1.bak");
        write("checkpoints/a.safetensors.12.bak");
        write("a.safetensors.txt");
        write("notes.1.bak");
        assertThat(names(directory.toString())).containsExactly("a.safetensors.txt", "notes.1.bak");
    }

    @Test
    void whatIsNamedIsReadEvenIfHidden() throws IOException {
        write(".git/config");
        assertThat(names(directory.resolve(".git").toString())).containsExactly(".git/config");
        assertThat(names(directory.resolve(".git/config").toString())).containsExactly(".git/config");
    }

    @Test
    void linksToFilesAreFollowedAndCyclesAreNot() throws IOException {
        write("a/file.txt");
        Files.createSymbolicLink(directory.resolve("a/link.txt"), directory.resolve("a/file.txt"));
        Files.createSymbolicLink(directory.resolve("a/cycle"), directory);
        Files.createSymbolicLink(directory.resolve("a/broken"), directory.resolve("nowhere"));
        assertThat(names(directory.toString())).containsExactly("a/file.txt", "a/link.txt");
    }

    @Test
    void aNamedLinkToADirectoryIsFollowed() throws IOException {
        write("a/file.txt");
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("a"));
        assertThat(names(link.toString())).containsExactly("link/file.txt");
    }

    @Test
    void argumentsKeepTheirOrder() throws IOException {
        write("a.txt");
        write("b/1.txt");
        write("b/2.txt");
        assertThat(names(
                        directory.resolve("b").toString(),
                        "-",
                        directory.resolve("a.txt").toString()))
                .containsExactly("b/1.txt", "b/2.txt", "standard input", "a.txt");
    }

    @Test
    void ofManyTextsThreeAreNamed() throws IOException {
        for (int i = 0; i < 5; i++) {
            write(i + ".txt");
        }
        assertThat(Sources.of(List.of(directory.toString()), InputStream.nullInputStream()))
                .hasToString(directory.resolve("0.txt") + ", " + directory.resolve("1.txt") + ", "
                        + directory.resolve("2.txt") + " and 2 more");
    }

    @Test
    void theNameOfATextTellsNothingOfItsPlace() throws IOException {
        write("deep/a.txt");
        write("deep/down/b.txt");
        List<String> arguments = List.of(
                directory.resolve("deep/a.txt").toString(),
                directory.resolve("deep/down/../down").toString(),
                "-",
                directory.resolve("deep/a.txt").toString());

        assertThat(sources(arguments.subList(0, 1)).name()).isEqualTo("a.txt");
        assertThat(sources(arguments.subList(0, 3)).name()).isEqualTo("a.txt, down, stdin");
        assertThat(sources(arguments).name()).isEqualTo("a.txt, down, stdin and 1 more");
        assertThat(Sources.name(".")).isEqualTo(".");
        assertThat(Sources.name("a/..")).isEqualTo(".");
        assertThat(Sources.name("..")).isEqualTo("..");
        assertThat(Sources.name("/")).isEqualTo("/");
    }

    private static Sources sources(List<String> arguments) {
        return Sources.of(arguments, InputStream.nullInputStream());
    }

    @Test
    void whatIsMissingIsNamed() {
        Path missing = directory.resolve("missing.txt");
        assertThatThrownBy(() -> names(missing.toString()))
                .isInstanceOf(TextException.class)
                .hasMessage("no such file or directory: " + missing);
    }

    @Test
    void whatIsMissingIsNamedBeforeAnythingIsRead() throws IOException {
        write("there.txt");
        Path missing = directory.resolve("missing.txt");
        assertThatThrownBy(() -> sources(List.of(directory.resolve("there.txt").toString(), missing.toString())))
                .isInstanceOf(TextException.class)
                .hasMessage("no such file or directory: " + missing);
    }

    @Test
    void aFileThatVanishesIsNamed() throws IOException {
        write("gone.txt");
        Path gone = directory.resolve("gone.txt");
        Sources sources = Sources.of(List.of(gone.toString()), InputStream.nullInputStream());
        Files.delete(gone);
        assertThatThrownBy(() -> Corpus.read(sources, Unit.CHARACTER))
                .isInstanceOf(TextException.class)
                .hasMessage("no such file or directory: " + gone);
    }

    @Test
    void aPathThroughAFileIsNamed() throws IOException {
        write("file.txt");
        Path through = directory.resolve("file.txt/more");
        assertThatThrownBy(() -> names(through.toString()))
                .isInstanceOf(TextException.class)
                .hasMessageContaining(through.toString())
                .hasMessageNotContaining("Exception");
    }

    @Test
    void aFileThatMustNotBeReadIsNamed() throws IOException {
        write("secret.txt");
        Path secret = directory.resolve("secret.txt");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(secret), "root may read everything");
        assertThatThrownBy(() -> names(secret.toString()))
                .isInstanceOf(TextException.class)
                .hasMessage("permission denied: " + secret);
    }

    @Test
    void aFailureIsPutInWordsThatNameTheFile() {
        assertThat(Sources.unreadable("a.txt", new AccessDeniedException("a.txt")))
                .hasMessage("permission denied: a.txt");
        assertThat(Sources.unreadable("a.txt", new FileSystemException("a.txt", null, "Is a directory")))
                .hasMessage("cannot read a.txt: Is a directory");
        assertThat(Sources.unreadable("a.txt", new EOFException()))
                .hasMessage("cannot read a.txt: java.io.EOFException");
    }

    @Test
    void aDirectoryWithoutFilesIsNamed() throws IOException {
        write(".hidden");
        Files.createDirectories(directory.resolve("a/b"));
        assertThatThrownBy(() -> names(directory.toString()))
                .isInstanceOf(TextException.class)
                .hasMessage("the directory " + directory + " holds no files");
    }

    @Test
    void ofADirectoryWhatIsNoTextIsLeftOutAndNamed() throws IOException {
        write("a.txt");
        write("z.txt");
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13};
        for (String file : List.of("b.png", "c.png", "d.png", "zz.png")) {
            Files.write(directory.resolve(file), picture);
        }
        List<String> notes = new ArrayList<>();
        Sources sources = Sources.of(List.of(directory.toString()), InputStream.nullInputStream(), notes::add);

        Corpus corpus = Corpus.read(sources, Unit.CHARACTER);
        assertThat(new Tokenizer(corpus.vocabulary()).decode(TestTexts.list(corpus.tokens())))
                .isEqualTo("a.txtz.txt");
        assertThat(notes)
                .containsExactly("left out 4 files that are no text: " + directory.resolve("b.png") + ", "
                        + directory.resolve("c.png") + ", " + directory.resolve("d.png") + " and 1 more");

        assertThat(Corpus.read(sources, Unit.BYTE).tokens().size()).isEqualTo(10 + 4 * picture.length);
        assertThat(notes).hasSize(1);

        Sources named = Sources.of(List.of(directory + "/b.png"), InputStream.nullInputStream(), notes::add);
        assertThatThrownBy(() -> Corpus.read(named, Unit.CHARACTER))
                .hasMessageContaining("b.png is not UTF-8: byte 0x89");
    }

    @Test
    void ofADirectoryTextInAnotherEncodingIsRefused() throws IOException {
        write("a.txt");
        Files.writeString(directory.resolve("b.txt"), "Grüße", StandardCharsets.ISO_8859_1);
        Sources sources = Sources.of(List.of(directory.toString()), InputStream.nullInputStream());
        assertThatThrownBy(() -> Corpus.read(sources, Unit.CHARACTER)).hasMessageContaining("b.txt is not UTF-8");
    }

    @Test
    void aDirectoryOfPicturesHoldsNoText() throws IOException {
        Files.write(directory.resolve("b.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0});
        Sources sources = Sources.of(List.of(directory.toString()), InputStream.nullInputStream());
        assertThatThrownBy(() -> Corpus.read(sources, Unit.CHARACTER))
                .isInstanceOf(TextException.class)
                .hasMessage("nothing to read in " + directory.resolve("b.png") + ": it is no text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/dev/../dev/urandom"})
    void aDeviceWithoutEndIsRefused(String device) {
        assertThatThrownBy(() -> names(device))
                .isInstanceOf(TextException.class)
                .hasMessageContaining(" never ends; name a text");
    }

    @Test
    void standardInputCanBeNamedOnce() {
        assertThatThrownBy(() -> names("-", "-"))
                .isInstanceOf(TextException.class)
                .hasMessage("standard input (-) is named twice, and can be read once");
    }

    @Test
    void noTextAtAllIsRefused() {
        assertThatThrownBy(SourcesTest::namesOfNothing)
                .isInstanceOf(TextException.class)
                .hasMessageStartingWith("no text is named;");
    }

    private static List<String> namesOfNothing() {
        return List.of(Sources.of(List.of(), InputStream.nullInputStream()).toString());
    }

    @ParameterizedTest
    @CsvSource({"'', the name of a text is empty;", "'a\0b', not the name of a file:"})
    void whatIsNoFileNameIsRefused(String argument, String message) {
        assertThatThrownBy(() -> names(argument))
                .isInstanceOf(TextException.class)
                .hasMessageStartingWith(message);
    }

    private void write(String file) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, file);
    }

    /** The names of the texts, relative to the directory. */
    private List<String> names(String... arguments) {
        Sources sources = Sources.of(List.of(arguments), InputStream.nullInputStream());
        List<String> names = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            try (SymbolReader reader = sources.open(i, Unit.BYTE, null)) {
                names.add(reader.name().replace(directory + "/", ""));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return names;
    }
}
