package lstm.inspect;

import lstm.text.Tokens;
import lstm.text.Unit;
import lstm.text.Utf8;
import lstm.text.Vocabulary;

/**
 * A text as a model reads it, token by token, and as people do, character by character: of a byte model every byte belongs to a
 * character, so that both know what brackets and capitals are.
 *
 * @param vocabulary of the model
 * @param tokens the text
 */
public record InspectedText(Vocabulary vocabulary, Tokens tokens) {

    /** How many tokens there are. */
    public long size() {
        return tokens.size();
    }

    /** The character that the i-th token is, or is a byte of; {@link Utf8#REPLACEMENT} where a byte is in none. */
    public int codePoint(long i) {
        if (vocabulary.unit() == Unit.CHARACTER) {
            return symbol(i);
        }
        long start = start(i);
        int end = end(start);
        return Utf8.codePoint(at -> symbol(start + at), 0, Utf8.length(at -> symbol(start + at), 0, end));
    }

    /** Whether a character begins at the i-th token. */
    public boolean begins(long i) {
        return vocabulary.unit() == Unit.CHARACTER || start(i) == i;
    }

    /** Where the character of a byte begins; characters in UTF-8 do not overlap. */
    private long start(long i) {
        for (long start = Math.max(0, i - Utf8.LONGEST + 1); start < i; start++) {
            long first = start;
            if (start + Utf8.length(at -> symbol(first + at), 0, end(start)) > i) {
                return start;
            }
        }
        return i;
    }

    private int end(long start) {
        return (int) Math.min(Utf8.LONGEST, size() - start);
    }

    private int symbol(long i) {
        return vocabulary.codePoint(tokens.get(i));
    }
}
