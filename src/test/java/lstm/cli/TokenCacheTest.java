package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import lstm.text.Corpus;
import lstm.text.Sources;
import lstm.text.TextException;
import lstm.text.TokenStore;
import lstm.text.Unit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCacheTest {

    @TempDir
    Path folder;

    private Path text;
    private Path cache;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private TokenCache store;

    @BeforeEach
    void begin() throws IOException {
        text = Files.writeString(folder.resolve("my text.txt"), longText());
        cache = folder.resolve("cache/lstm");
        Console console = new Console(
                InputStream.nullInputStream(),
                Run.stream(new ByteArrayOutputStream()),
                Run.stream(err),
                false,
                false,
                false);
        store = new TokenCache(cache, 100_000, console);
    }

    private static String longText() {
        StringBuilder longText = new StringBuilder();
        new Random(1).ints(200_000, 'a', 'z').forEach(longText::appendCodePoint);
        return longText.toString();
    }

    private Corpus read(TokenStore where) {
        return Corpus.read(Sources.of(List.of(text.toString()), InputStream.nullInputStream()), Unit.CHARACTER, where);
    }

    private List<Path> kept() {
        try (Stream<Path> files = Files.list(cache)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aLongTextHasOneFileThatIsFoundAgain() throws IOException {
        String digest = read(TokenStore.NONE).tokens().digest();
        assertThat(read(store).tokens().digest()).isEqualTo(digest);
        assertThat(kept())
                .hasSize(1)
                .allMatch(file -> file.getFileName().toString().matches("my-text\\.txt-[0-9a-f]{16}\\.tokens"));
        assertThat(Files.getPosixFilePermissions(cache)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("the text is long for the "
                        + String.format(Locale.ROOT, "%,d", Runtime.getRuntime().maxMemory() >> 20)
                        + " MB that Java may take: its tokens go to " + kept().get(0) + "\n");

        Files.setLastModifiedTime(kept().get(0), FileTime.fromMillis(0));
        assertThat(read(store).tokens().digest()).isEqualTo(digest);
        assertThat(kept()).hasSize(1);
        assertThat(Files.getLastModifiedTime(kept().get(0)).toMillis()).isPositive();
    }

    @Test
    void thePipesTextHasAFileNoLongerThanItIsWritten() {
        Sources piped =
                Sources.of(List.of("-"), new ByteArrayInputStream(longText().getBytes(StandardCharsets.UTF_8)));
        Corpus corpus = Corpus.read(piped, Unit.CHARACTER, store);
        assertThat(kept()).isEmpty();
        assertThat(corpus.tokens().digest())
                .isEqualTo(read(TokenStore.NONE).tokens().digest());
    }

    @Test
    void whatNobodyUsesAndWhatAKillHasLeftGoes() throws IOException {
        read(store);
        Path used = kept().get(0);
        Path unused = Files.createFile(cache.resolve("old-0123456789abcdef.tokens"));
        Files.setLastModifiedTime(unused, FileTime.from(Instant.now().minus(Duration.ofDays(31))));
        Path left = Files.createFile(cache.resolve(".1.tokens.tmp"));
        Path another = Files.createFile(cache.resolve("notes.txt"));
        Files.writeString(text, "more", StandardOpenOption.APPEND);
        read(store);
        assertThat(unused).doesNotExist();
        assertThat(left).doesNotExist();
        assertThat(kept()).containsExactlyInAnyOrder(used, another);
    }

    @Test
    void aTextThatFailsLeavesNothing() throws IOException {
        Files.write(text, new byte[] {(byte) 0xFF}, StandardOpenOption.APPEND);
        assertThatThrownBy(() -> read(store)).isInstanceOf(TextException.class).hasMessageContaining("is not UTF-8");
        assertThat(kept()).isEmpty();
    }

    @Test
    void aFolderThatCannotBeMadeIsOneClearLine() throws IOException {
        Files.writeString(folder.resolve("cache"), "a file");
        assertThatThrownBy(() -> read(store))
                .isInstanceOf(TextException.class)
                .hasMessageStartingWith("cannot keep the tokens of the text in " + cache + ": ")
                .hasMessageEndingWith(
                        "; make room there, name another folder in XDG_CACHE_HOME, or allow Java more memory,"
                                + " such as LSTM_JAVA_OPTS=-Xmx8g")
                .hasMessageNotContaining("Exception");
    }

    /** A write fails there as it does on a disk that is full. */
    @Test
    void aFullDiskIsOneClearLine() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full));
        Sources sources = Sources.of(List.of(text.toString()), InputStream.nullInputStream());
        assertThatThrownBy(() -> store.write(sources, Unit.CHARACTER, channel -> {
                    try (FileChannel device = FileChannel.open(full, StandardOpenOption.WRITE)) {
                        device.write(ByteBuffer.allocate(1));
                    }
                    throw new AssertionError("the disk had room");
                }))
                .isInstanceOf(TextException.class)
                .hasMessageStartingWith(
                        "cannot keep the tokens of the text in " + cache + ": No space left on device; make");
        assertThat(kept()).isEmpty();
    }

    @Test
    void aTrainingFromTheCacheEndsWithTheBytesOfOneFromMemory() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path big = folder.resolve("big.txt");
        Files.writeString(big, longText().repeat(30));
        List<String> little = List.of("-Xmx40m", "-Duser.home=" + home);
        List<String> much = List.of("-Xmx400m", "-Duser.home=" + home);
        Object[] words = Run.trainWords("big.txt", "--progress", "none", "--steps");
        Child.run(folder, much, with(words, 6, "-o", "memory")).succeeded();
        assertThat(home.resolve(".cache")).doesNotExist();
        Child.run(folder, little, with(words, 6, "-o", "file")).succeeded();
        assertThat(home.resolve(".cache/lstm")).isNotEmptyDirectory();
        assertThat(folder.resolve("file")).hasSameBinaryContentAs(folder.resolve("memory"));

        Run resumed = Child.run(folder, little, with(words, 8, "-o", "memory", "--resume"));
        assertThat(resumed.succeeded().err()).doesNotContain("this is not the text");
    }

    private static Object[] with(Object[] words, Object... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray();
    }
}
