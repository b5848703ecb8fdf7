package lstm.text;

import java.io.IOException;

/**
 * The N-grams of a corpus, all its runs of N tokens, to keep a model from writing one of them.
 *
 * <p>A Bloom filter (Bloom, 1970) in blocks of a cache line (Putze, Sanders and Singler, 2007) of a rolling hash: 2
 * bytes a token, and while it is built as many as the tokens need. A run of the corpus is always known. One that is not
 * is taken for known about once in 1,100 times, which does no harm: another token is drawn there, and what is promised,
 * that no N tokens of the corpus are written, stays true. An exact answer would take a suffix array, of 4 bytes a token
 * besides the text.
 */
public final class KnownGrams {

    /** A run sets one bit in each word of its block. */
    private static final int WORDS = 8;

    private static final int RUNS_PER_BLOCK = 32;
    /** That an array can hold. */
    private static final long MOST_BLOCKS = (Integer.MAX_VALUE - 8) / WORDS;

    private final int length;
    private final long[] words;

    /**
     * The runs of tokens in memory.
     *
     * @param length N
     * @throws IllegalArgumentException where it is below 1
     */
    public KnownGrams(Tokens tokens, int length) {
        if (length < 1) {
            throw new IllegalArgumentException("expected runs of 1 token or more, found " + length);
        }
        this.length = length;
        long runs = Math.max(0, tokens.size() - length + 1);
        words = new long[WORDS * (int) Math.min(MOST_BLOCKS, runs / RUNS_PER_BLOCK + 1)];
        Trail trail = trail();
        for (long i = 0; i < tokens.size(); i++) {
            int token = tokens.get(i);
            if (trail.full) {
                insert(trail.with(token));
            }
            trail.add(token);
        }
    }

    /**
     * Reads a corpus, once, for a model with this vocabulary. A symbol that it lacks is in no run that the model
     * writes.
     *
     * @throws TextException where a text cannot be read or is not UTF-8
     */
    public static KnownGrams read(Sources sources, Vocabulary vocabulary, int length) throws IOException {
        TokenBuffer tokens = new TokenBuffer();
        try (SymbolStream stream = new SymbolStream(sources, vocabulary.unit())) {
            for (int symbol = stream.read(); symbol >= 0; symbol = stream.read()) {
                int token = vocabulary.token(symbol);
                tokens.add(token < 0 ? vocabulary.size() : token);
            }
        }
        return new KnownGrams(tokens, length);
    }

    /** A text of which nothing is written yet. */
    public Trail trail() {
        return new Trail();
    }

    private void insert(long hash) {
        long bits = RollingHash.scattered(hash);
        long within = RollingHash.scattered(bits);
        int block = block(bits);
        for (int w = 0; w < WORDS; w++) {
            words[block + w] |= bit(within, w);
        }
    }

    private boolean contains(long hash) {
        long bits = RollingHash.scattered(hash);
        long within = RollingHash.scattered(bits);
        int block = block(bits);
        for (int w = 0; w < WORDS; w++) {
            if ((words[block + w] & bit(within, w)) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Where a run's block begins: its hash, as a share of 2^32, of all blocks (Lemire, 2019). */
    private int block(long bits) {
        return (int) (((bits >>> 32) * (words.length / WORDS)) >>> 32) * WORDS;
    }

    /** The bit of a word that six bits of the hash choose. */
    private static long bit(long within, int word) {
        return 1L << (within >>> (6 * word));
    }

    /** The end of a text that is being written, to which tokens are added; one thread at a time uses it. */
    public final class Trail {
        private final int[] last;
        private final long power = RollingHash.powerOfFirst(length - 1);
        /** Where the next token is put, in the place of the first one. */
        private int next;

        /** Whether there are the N - 1 tokens that a run begins with. */
        private boolean full = length == 1;

        private long hash = RollingHash.EMPTY;

        private Trail() {
            last = new int[length - 1];
        }

        private Trail(Trail other) {
            last = other.last.clone();
            next = other.next;
            full = other.full;
            hash = other.hash;
        }

        /** The same text, which goes on for itself. */
        public Trail copy() {
            return new Trail(this);
        }

        /** Whether this token, written next, would end a run of N tokens that stands in the corpus. All may be. */
        public boolean forbids(int token) {
            return full && contains(with(token));
        }

        /** Goes on with a token. */
        public void add(int token) {
            if (last.length == 0) {
                return;
            }
            long rest = full ? RollingHash.removeFirst(hash, last[next], power) : hash;
            hash = RollingHash.add(rest, token);
            last[next++] = token;
            if (next == last.length) {
                next = 0;
                full = true;
            }
        }

        /** Forgets the text. */
        public void clear() {
            next = 0;
            full = length == 1;
            hash = RollingHash.EMPTY;
        }

        private long with(int token) {
            return RollingHash.add(hash, token);
        }
    }
}
