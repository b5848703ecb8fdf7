package lstm.ngram;

/** Bits that tell how many of them are set before a place, at once (Jacobson, 1989). */
final class RankedBits {

    private final long[] words;
    /** Set bits before each word. */
    private final int[] before;

    RankedBits(long size) {
        words = new long[(int) (size / Long.SIZE + 1)];
        before = new int[words.length];
    }

    void set(int i) {
        words[i / Long.SIZE] |= 1L << i;
    }

    /** To be called once, when all bits are set. */
    void count() {
        for (int w = 1; w < words.length; w++) {
            before[w] = before[w - 1] + Long.bitCount(words[w - 1]);
        }
    }

    /** How many bits from {@code from} to {@code to} - 1 are set. */
    int between(int from, int to) {
        return rank(to) - rank(from);
    }

    private int rank(int i) {
        int word = i / Long.SIZE;
        // 1L << i shifts by i modulo 64.
        return before[word] + Long.bitCount(words[word] & ((1L << i) - 1));
    }
}
