package lstm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointLockTest {

    @TempDir
    private Path folder;

    private Path target = Path.of("");
    private Path lockFile = Path.of("");

    @BeforeEach
    void nameTheFiles() {
        target = folder.resolve("x.safetensors");
        lockFile = folder.resolve(".x.safetensors.lock");
    }

    @Test
    void oneHasItAtATimeAndNothingIsLeft() {
        CheckpointLock first = CheckpointLock.take(target);
        try {
            assertThat(lockFile).exists();
            assertThatThrownBy(() -> CheckpointLock.take(target))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessage("another training (process "
                            + ProcessHandle.current().pid() + ") saves to " + target
                            + "; wait for its end, or name another file");
            CheckpointLock.take(folder.resolve("y.safetensors")).close();
        } finally {
            first.close();
        }
        assertThat(folder).isEmptyDirectory();
        CheckpointLock.take(target).close();
    }

    @Test
    void aFileOfTwoNamesHasOneLock() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("x.safetensors"));
        CheckpointLock first = CheckpointLock.take(link);
        try {
            assertThat(lockFile).exists();
            assertThatThrownBy(() -> CheckpointLock.take(target)).hasMessageContaining("another training");
        } finally {
            first.close();
        }
    }

    @Test
    void aProcessThatWasKilledLeavesNone() throws Exception {
        Process other = process(Holder.class);
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("taken");
            assertThatThrownBy(() -> CheckpointLock.take(target)).hasMessageContaining("(process " + other.pid() + ")");
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertThat(lockFile).exists();

        CheckpointLock.take(target).close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatGoesTakesTheLockWithIt() throws IOException {
        Path deep = Files.createDirectory(folder.resolve("deep"));
        CheckpointLock lock = CheckpointLock.take(deep.resolve("x"));
        Files.delete(deep.resolve(".x.lock"));
        Files.delete(deep);
        lock.close();

        assertThat(folder).isEmptyDirectory();
    }

    /** They take it and give it back as fast as they can, each while others open its file, wait, and remove it. */
    @Test
    void whateverTheOrderNoTwoProcessesHaveIt() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(process(Contender.class));
        }
        try {
            for (Process process : processes) {
                assertThat(process.inputReader().readLine()).isEqualTo("alone " + Contender.ROUNDS + " times");
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
        assertThat(folder).isEmptyDirectory();
    }

    private Process process(Class<?> main) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        target.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Trainings that begin and end. */
    static final class Contender {

        static final int ROUNDS = 150;

        private Contender() {}

        public static void main(String[] args) throws IOException {
            Path target = Path.of(args[0]);
            Path mark = target.resolveSibling("mark");
            int taken = 0;
            while (taken < ROUNDS) {
                try {
                    CheckpointLock lock = CheckpointLock.take(target);
                    try {
                        Files.createFile(mark); // fails where another has it too
                        Files.delete(mark);
                        taken++;
                    } finally {
                        lock.close();
                    }
                } catch (CheckpointException e) {
                    Thread.onSpinWait(); // another has it
                }
            }
            System.out.println("alone " + taken + " times");
        }
    }

    /** A training that is going on. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] args) throws Exception {
            CheckpointLock lock = CheckpointLock.take(Path.of(args[0]));
            try {
                System.out.println("taken");
                // Until the test ends it, or has itself ended and closed the pipe.
                int unused = System.in.read();
            } finally {
                lock.close();
            }
        }
    }
}
