package lstm.cluster;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import lstm.text.SymbolReader;
import lstm.text.TextException;
import lstm.text.Unit;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * What a part of a text is made of.
 *
 * @param symbols that stand in it, sorted
 * @param count of all
 * @param digest SHA-256 of all
 * @param fault why it cannot be read; null where it can
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PartSummary(
        int[] symbols, long count, byte[] digest, @Nullable String fault) implements Serializable {

    private static final int BLOCK = 1 << 16;

    /** Reads a part. What is wrong with it is told and not thrown: the cluster would try again and again. */
    static PartSummary of(TextPart part, Configuration configuration, Unit unit) {
        try (SymbolReader reader = part.open(configuration, unit)) {
            BitSet symbols = new BitSet();
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            long count = 0;
            for (int symbol = reader.read(); symbol >= 0; symbol = reader.read()) {
                symbols.set(symbol);
                count++;
                block.putInt(symbol);
                if (!block.hasRemaining()) {
                    digest.update(block.flip());
                    block.clear();
                }
            }
            digest.update(block.flip());
            return new PartSummary(symbols.stream().toArray(), count, digest.digest(), null);
        } catch (TextException e) {
            return new PartSummary(new int[0], 0, new byte[0], OneLine.of(e));
        } catch (IOException e) {
            return new PartSummary(new int[0], 0, new byte[0], OneLine.of(TextPart.unreadable(part.file(), e)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
