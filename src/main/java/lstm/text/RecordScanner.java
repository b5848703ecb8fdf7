package lstm.text;

/** Finds the records of a list, symbol by symbol. */
final class RecordScanner {

    private final int newlinesBetween;
    /** Since the last symbol that shows; before the first one as many as it takes. */
    private int newlines;

    /**
     * A scanner before the first symbol.
     *
     * @throws IllegalArgumentException where the text is no list
     */
    RecordScanner(Records records) {
        if (records == Records.NONE) {
            throw new IllegalArgumentException("a text that is no list has no records");
        }
        newlinesBetween = records.separator().length();
        newlines = newlinesBetween;
    }

    /**
     * Reads a symbol: whether it is the first of a record that shows. The record begins where this symbol's line does.
     */
    boolean begins(int symbol) {
        if (!shows(symbol)) {
            newlines = Math.min(newlinesBetween, newlines + (symbol == '\n' ? 1 : 0));
            return false;
        }
        boolean begins = newlines == newlinesBetween;
        newlines = 0;
        return begins;
    }

    /** Whether a line that holds this symbol is not blank. */
    static boolean shows(int symbol) {
        return symbol != '\n' && symbol != ' ' && symbol != '\t' && symbol != '\r';
    }
}
