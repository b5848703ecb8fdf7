package lstm.checkpoint;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The right to save to a checkpoint, which one process at a time has: a lock of the system's on {@code .name.lock} beside it.
 *
 * <p>The system lets go of a dead process's locks, so what a crash leaves is an empty file that hinders nobody. The lock cannot be
 * on the checkpoint, whose file is another after every save.
 *
 * <p>The file goes with its lock, so who has locked one has to make sure that it is still the one of that name, and without opening
 * it: a process loses all its locks on a file when it closes the file once. So the file is given the number of the process as its
 * length, of holes alone, and asked for it by name; that also tells others who it is that they wait for.
 */
public final class CheckpointLock implements AutoCloseable {

    private final Path file;
    private final @Nullable RandomAccessFile locked;

    private CheckpointLock(Path file, @Nullable RandomAccessFile locked) {
        this.file = file;
        this.locked = locked;
    }

    /**
     * Takes the right to save to a file in a folder that is there; where its file system has no locks, everybody has it.
     *
     * @throws CheckpointException in one line, where another process has it
     */
    public static CheckpointLock take(Path target) {
        try {
            Path real = AtomicFile.withoutLinks(target);
            Path file = real.resolveSibling("." + real.getFileName() + ".lock");
            while (true) {
                CheckpointLock lock = attempt(target, file);
                if (lock != null) {
                    return lock;
                }
            }
        } catch (IOException e) {
            throw CheckpointException.of("write", target, e);
        }
    }

    /** Null where the file that was locked has gone meanwhile, with the process that had it. */
    private static @Nullable CheckpointLock attempt(Path target, Path file) throws IOException {
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw new AccessDeniedException(file.toString()); // as another user left it
        }
        RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
        boolean keep = false;
        try {
            SystemLock lock = SystemLock.on(opened.getChannel());
            if (lock == SystemLock.REFUSED) {
                throw new CheckpointException("another training" + process(file) + " saves to " + target
                        + "; wait for its end, or name another file");
            }
            if (lock == SystemLock.UNKNOWN) {
                Files.deleteIfExists(file);
                return new CheckpointLock(file, null);
            }
            long process = ProcessHandle.current().pid();
            opened.setLength(process);
            keep = Files.exists(file) && Files.size(file) == process;
            return keep ? new CheckpointLock(file, opened) : null;
        } finally {
            if (!keep) {
                opened.close();
            }
        }
    }

    private static String process(Path file) {
        try {
            return " (process " + Files.size(file) + ")";
        } catch (IOException e) {
            return "";
        }
    }

    /** Gives the right back. */
    @Override
    public synchronized void close() {
        if (locked == null || !locked.getChannel().isOpen()) {
            return;
        }
        // The file first: once it is unlocked it may be another's.
        try (locked) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A file without a lock, in a folder that has gone or may no longer be written to, hinders nobody.
            return;
        }
    }
}
