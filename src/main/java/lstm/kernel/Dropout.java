package lstm.kernel;

import org.ojalgo.matrix.store.R032Store;

/** Dropout masks from a counter: an element's fate depends on the key and its place alone, not on who asks when. */
final class Dropout {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final int BITS = 16;

    private Dropout() {}

    static void mask(long key, float dropout, R032Store mask, Columns columns) {
        int rows = mask.getRowDim();
        float kept = 1 / (1 - dropout);
        int limit = Math.min(Math.round(dropout * (1 << BITS)), (1 << BITS) - 1);
        for (int j = 0; j < columns.count(); j++) {
            mask(key, limit, kept, mask.data, columns.at(j) * rows, (columns.at(j) + 1) * rows);
        }
    }

    /** Four neighbours share a number, sixteen bits each: the numbers are what takes the time. */
    private static void mask(long key, int limit, float kept, float[] mask, int from, int to) {
        int i = from;
        for (; i < to && i % 4 != 0; i++) {
            mask[i] = element(number(key, i / 4), i % 4, limit, kept);
        }
        for (; i <= to - 4; i += 4) {
            long z = number(key, i / 4);
            mask[i] = element(z, 0, limit, kept);
            mask[i + 1] = element(z, 1, limit, kept);
            mask[i + 2] = element(z, 2, limit, kept);
            mask[i + 3] = element(z, 3, limit, kept);
        }
        for (; i < to; i++) {
            mask[i] = element(number(key, i / 4), i % 4, limit, kept);
        }
    }

    private static float element(long number, int part, int limit, float kept) {
        return ((number >>> (BITS * part)) & ((1 << BITS) - 1)) < limit ? 0 : kept;
    }

    /** SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long number(long key, int i) {
        long z = key + i * GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
