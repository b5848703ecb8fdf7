package lstm.text;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of numbers of 32 bits, the highest byte first. */
public final class NumberDigest {

    private static final int BLOCK = 1 << 16;

    private final MessageDigest sha256;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK);

    /** Of none yet. */
    public NumberDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** Reads one more number. */
    public void add(int number) {
        block.putInt(number);
        if (!block.hasRemaining()) {
            empty();
        }
    }

    /** The digest of all that were read; then it begins anew. */
    public byte[] digest() {
        empty();
        return sha256.digest();
    }

    private void empty() {
        sha256.update(block.flip());
        block.clear();
    }
}
