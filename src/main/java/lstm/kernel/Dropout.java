package lstm.kernel;

import org.ojalgo.matrix.store.R032Store;

/** Dropout masks from a counter: an element's fate depends on the key and its place alone, not on who asks when. */
final class Dropout {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private Dropout() {}

    static void mask(long key, float dropout, R032Store mask, Columns columns) {
        int rows = mask.getRowDim();
        float kept = 1 / (1 - dropout);
        for (int j = 0; j < columns.count(); j++) {
            int at = columns.at(j) * rows;
            for (int i = at; i < at + rows; i++) {
                mask.data[i] = uniform(key + i * GOLDEN_GAMMA) < dropout ? 0 : kept;
            }
        }
    }

    /** SplitMix64's finalizer (Steele, Lea and Flood, 2014), its upper 24 bits as a float in [0, 1). */
    private static float uniform(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return ((z ^ (z >>> 31)) >>> 40) * 0x1p-24f;
    }
}
