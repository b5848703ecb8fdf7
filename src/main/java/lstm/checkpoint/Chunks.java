package lstm.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * Whole buffers through channels, a piece at a time: for a buffer on the heap a channel takes native memory as large
 * as the piece, and keeps it.
 */
final class Chunks {

    private static final int SIZE = 1 << 17;

    private Chunks() {}

    /** Fills the array, or throws an {@link EOFException} if the channel ends before. */
    static void read(ReadableByteChannel channel, byte[] into) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into);
        while (buffer.position() < into.length) {
            buffer.limit(Math.min(buffer.position() + SIZE, into.length));
            if (channel.read(buffer) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
    }

    /** Writes what the buffer holds from its position to its limit. */
    static void write(WritableByteChannel channel, ByteBuffer buffer) throws IOException {
        int end = buffer.limit();
        while (buffer.position() < end) {
            buffer.limit(Math.min(buffer.position() + SIZE, end));
            channel.write(buffer);
        }
    }
}
