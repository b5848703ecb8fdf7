package lstm.cluster;

import java.io.IOException;
import java.io.Serializable;
import java.util.BitSet;
import lstm.text.NumberDigest;
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

    /** Reads a part. What is wrong with it is told and not thrown: the cluster would try again and again. */
    static PartSummary of(TextPart part, Configuration configuration, Unit unit) {
        try (SymbolReader reader = part.open(configuration, unit)) {
            BitSet symbols = new BitSet();
            NumberDigest digest = new NumberDigest();
            long count = 0;
            for (int symbol = reader.read(); symbol >= 0; symbol = reader.read()) {
                symbols.set(symbol);
                count++;
                digest.add(symbol);
            }
            return new PartSummary(symbols.stream().toArray(), count, digest.digest(), null);
        } catch (TextException e) {
            return new PartSummary(new int[0], 0, new byte[0], OneLine.of(e));
        } catch (IOException e) {
            return new PartSummary(new int[0], 0, new byte[0], OneLine.of(TextPart.unreadable(part.file(), e)));
        }
    }
}
