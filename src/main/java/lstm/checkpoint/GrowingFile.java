package lstm.checkpoint;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A file that grows by records, each in one piece: what of one got to a disk that is full is taken back, and it is written before
 * the next one, once there is room.
 */
public final class GrowingFile implements AutoCloseable {

    /** Bytes that wait; beyond, the oldest records are lost. */
    private static final int MOST_PENDING = 1 << 22;

    private final FileOutputStream out;
    private final Deque<byte[]> pending = new ArrayDeque<>();
    private long pendingBytes;

    private GrowingFile(FileOutputStream out) {
        this.out = out;
    }

    /**
     * Opens a file, or makes it; a pipe or a device will do.
     *
     * @param append whether its content stays
     * @throws IOException where it cannot be written, or another process has it open in this way
     */
    public static GrowingFile open(Path file, boolean append) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "it is a directory");
        }
        // Both say what is wrong better than the stream does.
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.createFile(file);
        } else if (Files.exists(file) && !Files.isWritable(file)) {
            throw new AccessDeniedException(file.toString());
        }
        // Not a channel, which an interrupt would close.
        FileOutputStream out = new FileOutputStream(file.toFile(), true);
        try {
            requireAlone(file, out.getChannel());
            if (!append && Files.isRegularFile(file)) {
                out.getChannel().truncate(0);
            }
            return new GrowingFile(out);
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }

    private static void requireAlone(Path file, FileChannel channel) throws IOException {
        if (SystemLock.on(channel) == SystemLock.REFUSED) {
            throw new FileSystemException(file.toString(), null, "another training writes it");
        }
    }

    /**
     * Appends a record.
     *
     * @throws IOException where it and perhaps others before it have to wait
     */
    public void add(byte[] record) throws IOException {
        pending.add(record);
        pendingBytes += record.length;
        while (pendingBytes > MOST_PENDING && pending.size() > 1) {
            pendingBytes -= pending.remove().length;
        }
        writePending();
    }

    private void writePending() throws IOException {
        while (!pending.isEmpty()) {
            byte[] record = pending.element();
            write(record);
            pending.remove();
            pendingBytes -= record.length;
        }
    }

    private void write(byte[] record) throws IOException {
        long before = out.getChannel().size();
        try {
            out.write(record);
        } catch (IOException e) {
            try {
                out.getChannel().truncate(before);
            } catch (IOException none) {
                e.addSuppressed(none); // a pipe or a device
            }
            throw e;
        }
    }

    /**
     * Closes the file.
     *
     * @throws IOException where records are lost
     */
    @Override
    public void close() throws IOException {
        try (out) {
            writePending();
        }
    }
}
