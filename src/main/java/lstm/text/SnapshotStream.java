package lstm.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A regular file as long as it was when it was opened; at its end the reader learns whether it stayed what it was.
 *
 * <p>It is read, never mapped: to a mapped file that shrinks, a process is killed as it reads on.
 */
final class SnapshotStream extends InputStream {

    private final Path file;
    private final SeekableByteChannel channel;
    private final BasicFileAttributes opened;
    private final long size;
    private final Runnable grown;
    private boolean ended;

    /**
     * Opens a file.
     *
     * @param grown is told at the end of a file that has become longer
     */
    SnapshotStream(Path file, Runnable grown) throws IOException {
        this.file = file;
        this.grown = grown;
        channel = Files.newByteChannel(file);
        opened = Files.readAttributes(file, BasicFileAttributes.class);
        size = channel.size();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        // Files of /proc have a size of 0 and go on to their end.
        long left = size == 0 ? count : size - channel.position();
        int read = channel.read(ByteBuffer.wrap(into, offset, (int) Math.min(count, left)));
        if (count > 0 && read <= 0 && !ended) {
            ended = true;
            check();
        }
        return count > 0 && read == 0 ? -1 : read;
    }

    /** What was read is a text that never was, where the file has lost its end or was written over. */
    private void check() throws IOException {
        long now = channel.size();
        if (now < size) {
            throw new TextException(String.format(
                    Locale.ROOT,
                    "%s became shorter while it was read, by %,d bytes; try again once nobody writes to it",
                    file,
                    size - now));
        }
        BasicFileAttributes attributes = attributes();
        // Another file of the same name, or none, is no change of this one.
        if (size == 0
                || attributes == null
                || !Objects.equals(attributes.fileKey(), opened.fileKey())
                || attributes.lastModifiedTime().equals(opened.lastModifiedTime())) {
            return;
        }
        if (now == size) {
            throw new TextException(file + " was written to while it was read; try again once nobody writes to it");
        }
        grown.run();
    }

    private @Nullable BasicFileAttributes attributes() {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public int available() throws IOException {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, size - channel.position()));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
