package lstm.text;

import java.io.IOException;
import java.util.Arrays;

/**
 * The records of a list, to tell those that a model has made up from those that it knows by heart.
 *
 * <p>It keeps a hash of 64 bits of each: a record of the list is always known, and one that is not is taken for known
 * once in 10^12 times, of ten million records. White space at the end does not count, see {@link Records}.
 */
public final class KnownRecords {

    private final Tokenizer tokenizer;
    private final Records kind;
    /** Sorted. */
    private final long[] hashes;

    private KnownRecords(Tokenizer tokenizer, Records kind, long[] hashes) {
        this.tokenizer = tokenizer;
        this.kind = kind;
        this.hashes = hashes;
    }

    /**
     * Reads a list of any size, once, for a model with this vocabulary. Records that hold unknown symbols are no
     * obstacle.
     *
     * @throws TextException where a text cannot be read or is not UTF-8
     * @throws IllegalArgumentException where the kind is none
     */
    public static KnownRecords read(Sources sources, Vocabulary vocabulary, Records kind) throws IOException {
        Hashes hashes = new Hashes(kind);
        try (SymbolStream stream = new SymbolStream(sources, vocabulary.unit())) {
            for (int symbol = stream.read(); symbol >= 0; symbol = stream.read()) {
                hashes.add(symbol);
            }
        }
        return new KnownRecords(new Tokenizer(vocabulary), kind, hashes.sorted());
    }

    /** Whether a text is one record of the list. */
    public boolean contains(String record) {
        return contains(tokenizer.symbols(record).toArray());
    }

    /** Whether tokens are one record of the list. */
    public boolean containsTokens(int[] record) {
        return contains(
                Arrays.stream(record).map(tokenizer.vocabulary()::codePoint).toArray());
    }

    private boolean contains(int[] symbols) {
        Hashes asked = new Hashes(kind);
        Arrays.stream(symbols).forEach(asked::add);
        long[] one = asked.sorted();
        return one.length == 1 && Arrays.binarySearch(hashes, one[0]) >= 0;
    }

    /** The hashes of the records in a stream of symbols. */
    private static final class Hashes {
        private final RecordScanner scanner;
        private long[] hashes = new long[16];
        private int count;
        /** From the beginning of the record, to its last symbol that shows, and of the line so far. */
        private long record;

        private long shown;
        private long line;

        Hashes(Records kind) {
            scanner = new RecordScanner(kind);
        }

        void add(int symbol) {
            if (scanner.begins(symbol)) {
                end();
                record = line;
                count++;
            }
            record = RollingHash.add(record, symbol);
            line = symbol == '\n' ? RollingHash.EMPTY : RollingHash.add(line, symbol);
            shown = RecordScanner.shows(symbol) ? record : shown;
        }

        private void end() {
            if (count > 0) {
                hashes = count > hashes.length ? Arrays.copyOf(hashes, 2 * hashes.length) : hashes;
                hashes[count - 1] = shown;
            }
        }

        long[] sorted() {
            end();
            long[] sorted = Arrays.copyOf(hashes, count);
            Arrays.sort(sorted);
            return sorted;
        }
    }
}
