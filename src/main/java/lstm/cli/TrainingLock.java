package lstm.cli;

import java.nio.file.Path;
import lstm.checkpoint.CheckpointLock;

/** Keeps other trainings from a checkpoint, until it is closed or the process ends. */
final class TrainingLock implements AutoCloseable {

    private final CheckpointLock lock;
    private final AtExit atExit;

    /**
     * Of a checkpoint that will be written.
     *
     * @throws lstm.checkpoint.CheckpointException in one line, where another training has it
     */
    TrainingLock(Path target) {
        lock = CheckpointLock.take(target);
        atExit = new AtExit(lock::close);
    }

    /** Writes a checkpoint that no training has. */
    static void holding(Path target, Runnable work) {
        TrainingLock lock = new TrainingLock(target);
        try {
            work.run();
        } finally {
            lock.close();
        }
    }

    /** From now on a process that is ended saves first: until then no other may, and this is closed in time. */
    void outlastInterruption() {
        atExit.close();
    }

    @Override
    public void close() {
        lock.close();
        atExit.close();
    }
}
