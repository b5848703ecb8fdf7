package lstm.text;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.LongConsumer;

/**
 * SHA-256 of texts, byte by byte and text by text: by it files are known to be what they were.
 *
 * <p>Names and times are not in it: a copy is the same text, and a file that was put back with its old time is another.
 */
final class TextIdentity {

    private static final long BETWEEN_PROGRESS = 1 << 26;

    private final MessageDigest digest = newDigest();
    private final LongConsumer progress;
    private long length;
    private long told;
    private long total;

    /** Before the first text; how many bytes were read is told now and then. */
    TextIdentity(LongConsumer progress) {
        this.progress = progress;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** More of a text. */
    void add(byte[] block, int count) {
        digest.update(block, 0, count);
        length += count;
        total += count;
        if (total - told >= BETWEEN_PROGRESS) {
            told = total;
            progress.accept(total);
        }
    }

    /** The end of a text, which its length marks: where one ends and the next begins is part of the whole. */
    void endText() {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(length).flip());
        length = 0;
    }

    /** Marks a text whose beginning alone was read. */
    void leaveOut() {
        length = -1;
    }

    /** The hash of all texts, once. */
    byte[] value() {
        return digest.digest();
    }
}
