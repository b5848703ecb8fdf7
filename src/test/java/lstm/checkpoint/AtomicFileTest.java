package lstm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A save replaces a file whole or leaves it, and leaves nothing else. */
class AtomicFileTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("x");
    }

    @Test
    void aFileIsMadeWithItsDirectories() throws IOException {
        Path below = directory.resolve("a/b/x");
        AtomicFile.replace(below, text("new"));

        assertThat(below).hasContent("new");
        assertThat(names(below.resolveSibling(""))).containsExactly("x");
    }

    @Test
    void aFileIsReplaced() throws IOException {
        Files.writeString(file, "something much longer");
        AtomicFile.replace(file, text("new"));

        assertThat(file).hasContent("new");
        assertThat(names(directory)).containsExactly("x");
    }

    @Test
    void theOldContentStandsUntilTheNewOneIsWhole() throws IOException {
        Files.writeString(file, "old");
        AtomicFile.replace(file, channel -> {
            text("new").writeTo(channel);
            assertThat(file).hasContent("old");
            assertThat(names(directory)).hasSize(2).allMatch(name -> name.matches("x|\\.x\\.[0-9a-f]+\\.tmp"));
        });

        assertThat(file).hasContent("new");
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IOException("No space left on device"), new IllegalStateException("a bug"), new OutOfMemoryError());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureHalfWayLeavesTheOldFileAndNothingElse(Throwable failure) throws IOException {
        Files.writeString(file, "old");
        Throwable thrown = catchThrowable(() -> AtomicFile.replace(file, channel -> {
            text("half of the ne").writeTo(channel);
            AtomicFileTest.<IOException>sneak(failure);
        }));

        assertThat(thrown).isSameAs(failure);
        assertThat(file).hasContent("old");
        assertThat(names(directory)).containsExactly("x");
    }

    @Test
    void aDirectoryIsNotReplaced() throws IOException {
        Files.createDirectory(file);

        assertCannotWrite(file, "it is a directory");
        assertThat(names(directory)).containsExactly("x");
    }

    @Test
    void aFileIsNotADirectory() throws IOException {
        Files.writeString(file, "old");

        assertCannotWrite(file.resolve("y"), "a file is where a directory is needed (" + file + ")");
        assertThat(file).hasContent("old");
    }

    @Test
    void aPipeIsNotReplaced() throws Exception {
        // Not a device of the system's, which a fault in the code would replace for everybody.
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertCannotWrite(pipe, "it is not a regular file");
        assertThat(Files.exists(pipe) && !Files.isRegularFile(pipe)).isTrue();
    }

    @Test
    void aNameThatIsTooLongIsNamed() {
        Throwable thrown =
                catchThrowable(() -> SafetensorsFile.write(directory.resolve("x".repeat(300)), Map.of(), Map.of()));

        assertThat(thrown).isInstanceOf(CheckpointException.class).hasMessageStartingWith("cannot write " + directory);
        assertThat(names(directory)).isEmpty();
    }

    @Test
    void aFileOrDirectoryWithoutPermissionIsLeft() throws IOException {
        Files.writeString(file, "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        assumeTrue(!Files.isWritable(file), "root may write everything");

        assertCannotWrite(file, "permission denied");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        assertCannotWrite(directory.resolve("y"), "the directory may not be written to (" + directory + ")");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void aLinkStaysALinkAndItsFileIsReplaced() throws IOException {
        Path real = Files.createDirectory(directory.resolve("real")).resolve("y");
        Files.writeString(real, "old");
        Files.createSymbolicLink(directory.resolve("between"), Path.of("real/y"));
        Files.createSymbolicLink(file, Path.of("between"));
        AtomicFile.replace(file, text("new"));

        assertThat(file).isSymbolicLink().hasContent("new");
        assertThat(real).hasContent("new");
        assertThat(names(directory)).containsExactly("between", "real", "x");
        assertThat(names(real.resolveSibling(""))).containsExactly("y");
    }

    @Test
    void aLinkToNothingIsFilled() throws IOException {
        Files.createSymbolicLink(file, Path.of("missing/y"));
        AtomicFile.replace(file, text("new"));

        assertThat(file).isSymbolicLink();
        assertThat(directory.resolve("missing/y")).hasContent("new");
    }

    @Test
    void aLinkToADirectoryMayStandOnTheWay() throws IOException {
        Files.createDirectory(directory.resolve("real"));
        Files.createSymbolicLink(directory.resolve("link"), Path.of("real"));
        AtomicFile.replace(directory.resolve("link/x"), text("1"));
        AtomicFile.replace(directory.resolve("link/deeper/x"), text("2"));

        assertThat(directory.resolve("real/x")).hasContent("1");
        assertThat(directory.resolve("real/deeper/x")).hasContent("2");
    }

    @Test
    void linksInACircleAreNamed() throws IOException {
        Files.createSymbolicLink(file, Path.of("y"));
        Files.createSymbolicLink(directory.resolve("y"), Path.of("x"));

        assertCannotWrite(file, "too many symbolic links");
    }

    @Test
    void aNewFileHasTheUsersUmaskAndAnOldOneKeepsItsPermissions() throws IOException {
        Path ordinary = Files.createFile(directory.resolve("ordinary"));
        AtomicFile.replace(file, text("new"));
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(ordinary));

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        AtomicFile.replace(file, text("newer"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw----");
    }

    @Test
    void whatACrashLeftBehindGoesWithTheNextSave() throws IOException {
        for (String name : List.of(".x.0.tmp", ".x.12ab.tmp", ".x.tmp", ".x.y.12ab.tmp", ".y.12ab.tmp", "x.12ab.tmp")) {
            Files.writeString(directory.resolve(name), "half");
        }
        AtomicFile.replace(file, text("new"));

        assertThat(names(directory)).containsExactly(".x.tmp", ".x.y.12ab.tmp", ".y.12ab.tmp", "x", "x.12ab.tmp");
    }

    @Test
    void whatAnotherProcessIsWritingStays() throws Exception {
        Path temporary = directory.resolve(".x.12ab.tmp");
        Process other = lockingProcess(temporary);
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("locked");
            AtomicFile.replace(file, text("new"));
            assertThat(names(directory)).containsExactly(".x.12ab.tmp", "x");
        } finally {
            other.destroyForcibly().waitFor();
        }

        AtomicFile.replace(file, text("newer"));
        assertThat(names(directory)).containsExactly("x");
    }

    @Test
    void savesOfSeveralThreadsLeaveOneWholeFile() throws Exception {
        List<Thread> threads = Stream.of("a", "b", "c", "d")
                .map(letter -> new Thread(() -> {
                    for (int i = 0; i < 20; i++) {
                        saveUnchecked(letter.repeat(100_000));
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(Files.readString(file)).matches("a{100000}|b{100000}|c{100000}|d{100000}");
        assertThat(names(directory)).containsExactly("x");
    }

    @Test
    void anInterruptBeforeOrDuringASaveDoesNotLoseIt() throws IOException {
        AtomicInteger rounds = new AtomicInteger();
        Thread.currentThread().interrupt();
        AtomicFile.replace(file, channel -> {
            if (rounds.incrementAndGet() < 3) {
                Thread.currentThread().interrupt();
            }
            text("new").writeTo(channel);
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(rounds).hasValue(3);
        assertThat(file).hasContent("new");
        assertThat(names(directory)).containsExactly("x");
    }

    private void saveUnchecked(String content) {
        try {
            AtomicFile.replace(file, text(content));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertCannotWrite(Path target, String reason) {
        assertThatThrownBy(() -> SafetensorsFile.write(target, Map.of(), Map.of("t", Tensor.longs(1))))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("cannot write " + target + ": " + reason);
    }

    private static AtomicFile.Content text(String text) {
        return channel -> Chunks.write(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> names(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> String.valueOf(path.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable throwable) throws T {
        throw (T) throwable;
    }

    private static Process lockingProcess(Path file) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Locker.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Another process in the middle of a save. */
    static final class Locker {

        private Locker() {}

        public static void main(String[] args) throws Exception {
            FileChannel channel =
                    FileChannel.open(Path.of(args[0]), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                System.out.println("locked");
            }
            // Until the test ends it, or has itself ended and closed the pipe.
            int unused = System.in.read();
        }
    }
}
