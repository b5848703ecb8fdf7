package lstm.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A corpus that changes, shrinks or disappears while it is read. */
class SnapshotStreamTest {

    private static final int SIZE = 5 * SymbolReader.BLOCK;

    @TempDir
    Path directory;

    private Path file;
    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("log.txt"), "a".repeat(SIZE));
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    }

    @FunctionalInterface
    private interface Change {
        void make() throws IOException;
    }

    /** How many characters are read of a file that changes behind the first. */
    private int readWhile(Change change) throws IOException {
        Sources sources = Sources.of(List.of(file.toString()), InputStream.nullInputStream(), notes::add);
        try (SymbolStream stream = new SymbolStream(sources, Unit.CHARACTER)) {
            int count = stream.read() == 'a' ? 1 : 0;
            change.make();
            while (stream.read() >= 0) {
                count++;
            }
            return count;
        }
    }

    @Test
    void aFileThatStaysIsReadWhole() throws IOException {
        assertThat(readWhile(() -> {})).isEqualTo(SIZE);
        assertThat(notes).isEmpty();
    }

    @Test
    void aFileThatLosesItsEndIsRefused() {
        assertThatThrownBy(() -> readWhile(() -> truncate(SIZE - 1234)))
                .isInstanceOf(TextException.class)
                .hasMessage(
                        file + " became shorter while it was read, by 1,234 bytes; try again once nobody writes to it");
        assertThat(notes).isEmpty();
    }

    @Test
    void aFileThatIsEmptiedIsRefused() {
        assertThatThrownBy(() -> readWhile(() -> truncate(0)))
                .isInstanceOf(TextException.class)
                .hasMessageContaining(" became shorter while it was read, by 327,680 bytes;");
    }

    private void truncate(long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    @Test
    void aFileThatIsWrittenOverIsRefused() {
        assertThatThrownBy(() -> readWhile(() -> {
                    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        channel.write(ByteBuffer.wrap(new byte[] {'b'}), SIZE / 2);
                    }
                }))
                .isInstanceOf(TextException.class)
                .hasMessage(file + " was written to while it was read; try again once nobody writes to it");
    }

    @Test
    void ofALogThatGrowsIsTakenWhatWasThere() throws IOException {
        int read = readWhile(() -> Files.writeString(file, "b".repeat(SIZE), StandardOpenOption.APPEND));
        assertThat(read).isEqualTo(SIZE);
        assertThat(notes).containsExactly(file + " became longer while it was read; what was there at first is taken");
    }

    @Test
    void aFileThatDisappearsIsReadToItsEnd() throws IOException {
        assertThat(readWhile(() -> Files.delete(file))).isEqualTo(SIZE);
        assertThat(notes).isEmpty();
    }

    @Test
    void aFileThatIsReplacedIsReadToItsEnd() throws IOException {
        Path other = Files.writeString(directory.resolve("other.txt"), "b");
        int read = readWhile(() -> Files.move(other, file, StandardCopyOption.REPLACE_EXISTING));
        assertThat(read).isEqualTo(SIZE);
        assertThat(notes).isEmpty();
    }

    @Test
    void bytesComeOneByOneAsWell() throws IOException {
        try (InputStream in = new SnapshotStream(file, () -> {})) {
            assertThat(in.available()).isEqualTo(SIZE);
            assertThat(in.read()).isEqualTo('a');
            assertThat(in.available()).isEqualTo(SIZE - 1);
            assertThat(in.skip(SIZE)).isEqualTo(SIZE - 1);
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read(new byte[0])).isZero();
        }
    }
}
