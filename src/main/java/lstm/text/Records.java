package lstm.text;

import java.util.Locale;

/**
 * How a text that is a list, such as names, log lines or recipes, is parted into its records.
 *
 * <p>White space at the end of a line and lines of nothing else are part of what parts: a record begins with its first
 * line that holds anything, indentation included, and ends with its last character that shows.
 */
public enum Records {
    /** The text is no list. */
    NONE(0),
    /** Every line that is not blank is a record. */
    LINE(1),
    /** Blank lines part the records. */
    BLANK_LINE(2);

    private final int newlines;

    Records(int newlines) {
        this.newlines = newlines;
    }

    /** What stands between two records, and before the first: newlines; empty where the text is no list. */
    public String separator() {
        return "\n".repeat(newlines);
    }

    /** The name in options and checkpoints. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The kind of a label.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Records fromLabel(String label) {
        for (Records records : values()) {
            if (records.label().equals(label)) {
                return records;
            }
        }
        throw new IllegalArgumentException(
                "unknown kind of records \"" + label + "\": expected line, blank-line or none");
    }

    @Override
    public String toString() {
        return label();
    }
}
