package lstm.generate;

/** What bears on the next token of one text beside its probability: it follows the text, and changes the logits. */
public interface Rule {

    /** Changes the logits of the next token; negative infinity is one that may not follow. */
    void apply(float[] logits);

    /** Whether the text is complete before a token that was drawn, which is then no part of it. */
    default boolean endsBefore(int token) {
        return false;
    }

    /** Whether it also holds for a token that completes what the text ends before, and so is no part of it. */
    default boolean bindsTheEnd() {
        return false;
    }

    /** Reads a token of the beginning. */
    default void read(int token) {}

    /** Follows a token that was written. */
    void write(int token);

    /** The same rule at the same place of a text, which goes on for itself. */
    Rule copy();
}
