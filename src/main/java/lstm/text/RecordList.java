package lstm.text;

import java.util.Arrays;

/**
 * A text in memory that is a list: its records, to be put into any order. Beside the text it keeps 8 bytes a record.
 */
public final class RecordList {

    private final Corpus corpus;
    private final int[] separator;
    private long[] begins = new long[256];
    private int size;

    /**
     * Finds the records of a text.
     *
     * @throws TextException where it has fewer than two
     * @throws IllegalArgumentException where the kind is none
     */
    public RecordList(Corpus corpus, Records kind) {
        this.corpus = corpus;
        RecordScanner scanner = new RecordScanner(kind);
        Vocabulary vocabulary = corpus.vocabulary();
        long lineBegin = 0;
        for (long i = 0; i < corpus.tokens().size(); i++) {
            int symbol = vocabulary.codePoint(corpus.tokens().get(i));
            if (scanner.begins(symbol)) {
                add(lineBegin);
            }
            lineBegin = symbol == '\n' ? i + 1 : lineBegin;
        }
        if (size < 2) {
            throw new TextException("--records " + kind + " expects a list of two or more records, each "
                    + (kind == Records.LINE ? "on a line of its own" : "parted from the next by a blank line")
                    + ", and the text has " + (size == 0 ? "none" : "one"));
        }
        separator = new Tokenizer(vocabulary).encode(kind.separator(), Unknown.ERROR);
    }

    private void add(long begin) {
        begins = size == begins.length ? Arrays.copyOf(begins, 2 * size) : begins;
        begins[size++] = begin;
    }

    /** How many records there are. */
    public int size() {
        return size;
    }

    /** A copy of these records, by their places in the list, with a separator before each and behind the last. */
    public Tokens joined(int[] records) {
        TokenBuffer joined = new TokenBuffer();
        for (int record : records) {
            add(joined, separator);
            long end = end(record);
            for (long i = begins[record]; i < end; i++) {
                joined.add(corpus.tokens().get(i));
            }
        }
        add(joined, separator);
        return joined;
    }

    private static void add(TokenBuffer buffer, int[] tokens) {
        for (int token : tokens) {
            buffer.add(token);
        }
    }

    /** Behind the last symbol of a record that shows. */
    private long end(int record) {
        long end = record + 1 < size ? begins[record + 1] : corpus.tokens().size();
        while (!RecordScanner.shows(
                corpus.vocabulary().codePoint(corpus.tokens().get(end - 1)))) {
            end--;
        }
        return end;
    }
}
