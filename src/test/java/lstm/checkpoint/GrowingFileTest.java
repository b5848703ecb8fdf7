package lstm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingFileTest {

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("x");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void recordsComeBehindWhatIsThereOrInItsPlace() throws IOException {
        Files.writeString(file, "old\n");
        try (GrowingFile grows = GrowingFile.open(file, true)) {
            grows.add(bytes("a\n"));
            assertThat(file).hasContent("old\na\n");
            grows.add(bytes("b\n"));
        }
        assertThat(file).hasContent("old\na\nb\n");

        try (GrowingFile grows = GrowingFile.open(file, false)) {
            grows.add(bytes("new\n"));
        }
        assertThat(file).hasContent("new\n");
    }

    @Test
    void aLinkIsFollowedAlsoToNothing() throws IOException {
        Files.createSymbolicLink(file, Path.of("y"));
        try (GrowingFile grows = GrowingFile.open(file, false)) {
            grows.add(bytes("a"));
        }

        assertThat(file).isSymbolicLink();
        assertThat(folder.resolve("y")).hasContent("a");
    }

    @Test
    void twoDoNotWriteOneFile() throws IOException {
        try (GrowingFile grows = GrowingFile.open(file, false)) {
            grows.add(bytes("precious"));
            assertThatThrownBy(() -> GrowingFile.open(file, false)).hasMessageEndingWith("another training writes it");
        }
        assertThat(file).hasContent("precious");

        GrowingFile.open(file, true).close();
    }

    @Test
    void whatCannotBeOpenedIsTold() throws IOException {
        assertThatThrownBy(() -> GrowingFile.open(folder, true)).hasMessageEndingWith("it is a directory");
        assertThatThrownBy(() -> GrowingFile.open(file.resolve("y"), true)).isInstanceOf(NoSuchFileException.class);
        Files.createFile(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        assumeTrue(!Files.isWritable(file), "root may write everything");
        assertThatThrownBy(() -> GrowingFile.open(file, true)).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void aFullDeviceLosesWhatStillWaitsAtTheEnd() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        GrowingFile grows = GrowingFile.open(full, false);

        assertThatThrownBy(() -> grows.add(bytes("a"))).isInstanceOf(IOException.class);
        assertThatThrownBy(grows::close).isInstanceOf(IOException.class);
    }
}
