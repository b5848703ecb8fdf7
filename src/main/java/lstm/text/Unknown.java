package lstm.text;

/** What to do with a symbol that the vocabulary lacks. */
public enum Unknown {
    /** Refuse the text and name the symbol. */
    ERROR,
    /** Leave the symbol out. */
    SKIP
}
