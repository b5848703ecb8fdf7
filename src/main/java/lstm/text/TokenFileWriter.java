package lstm.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** Writes the tokens of a {@link TokenFile}, none of which it needs to know before. */
final class TokenFileWriter {

    private static final int BLOCK = 1 << 20;

    private final FileChannel channel;
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    private final CRC32C checksum = new CRC32C();
    private final long[] counts = new long[3];
    private int run;

    /** Begins at the beginning of a channel. */
    TokenFileWriter(FileChannel channel) throws IOException {
        this.channel = channel;
        write(ByteBuffer.wrap(TokenFile.MAGIC));
    }

    /** One more. */
    void add(int token) throws IOException {
        while (run < 2 && token >>> (8 << run) != 0) {
            run++;
        }
        if (block.remaining() < 1 << run) {
            flush();
        }
        switch (run) {
            case 0 -> block.put((byte) token);
            case 1 -> block.putChar((char) token);
            default -> block.putInt(token);
        }
        counts[run]++;
    }

    private void flush() throws IOException {
        block.flip();
        checksum.update(block.duplicate());
        write(block);
        block.clear();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Ends the file. */
    TokenFile finish(Unit unit, byte[] identity, long textBytes, int[] symbols) throws IOException {
        flush();
        return TokenFile.finish(channel, unit, identity, textBytes, counts.clone(), symbols, (int) checksum.getValue());
    }
}
