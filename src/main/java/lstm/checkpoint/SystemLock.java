package lstm.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;

/** What became of the wish for a lock on a file; the system lets go of a dead process's locks. */
public enum SystemLock {

    /** It is held until the channel is closed, or another of this process's on that file. */
    TAKEN,
    /** Another process has it, or this one on another channel. */
    REFUSED,
    /** It is a pipe or a device, or its file system, such as that of some networks, knows no locks. */
    UNKNOWN;

    /** Asks for a lock, and does not wait for it. */
    public static SystemLock on(FileChannel channel) {
        try {
            FileLock lock = channel.tryLock();
            return lock == null ? REFUSED : TAKEN;
        } catch (OverlappingFileLockException e) {
            return REFUSED;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
