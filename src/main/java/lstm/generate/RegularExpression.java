package lstm.generate;

import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.RegExp;

/**
 * The usual notation of regular expressions, in Lucene's: where that understands something else or nothing by it, it is
 * translated, or refused.
 */
final class RegularExpression {

    /** What may stand behind a backslash beside signs: classes of characters, which Lucene has, too. */
    private static final String CLASSES = "dDwWsS";

    private static final String QUANTIFIERS = "*+?}";

    private final String given;
    private final StringBuilder translated = new StringBuilder();
    private int at;

    private RegularExpression(String given) {
        this.given = given;
    }

    /**
     * An automaton over code points of the texts that match as a whole.
     *
     * @throws IllegalArgumentException in one line, where it is no expression, or one of a kind that no automaton follows
     */
    static Automaton automaton(String expression) {
        try {
            return new RegExp(new RegularExpression(expression).translate(), RegExp.NONE).toAutomaton(Language.WORK);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected a regular expression, found '" + expression + "': " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("the expression is nested too deep; take a simpler one", e);
        }
    }

    private String translate() {
        int end = given.length();
        boolean inClass = false;
        boolean quantified = false;
        at = given.startsWith("^") ? 1 : 0; // the whole text matches anyway
        while (at < end) {
            char c = given.charAt(at++);
            boolean reluctant = c == '?' && quantified; // as a whole the same texts match
            quantified = !inClass && !reluctant && QUANTIFIERS.indexOf(c) >= 0;
            if (c == '\\') {
                escape();
            } else if (inClass) {
                inClass = c != ']';
                put(c);
            } else if (c == '[') {
                inClass = true;
                put(c);
            } else if (!reluctant && (c != '$' || at < end)) {
                outsideClass(c);
            }
        }
        return translated.toString();
    }

    private void outsideClass(char c) {
        if (c == '.') {
            translated.append("[^\n]");
        } else if (c == '(' && given.startsWith("?", at)) {
            if (!given.startsWith("?:", at)) {
                throw new IllegalArgumentException("nothing but (?: may begin with (? here");
            }
            translated.append('(');
            at += 2;
        } else if (c == '^' || c == '$') {
            throw new IllegalArgumentException("the whole text has to match, so that " + c
                    + " can only stand at its ends; write \\" + c + " for the character");
        } else {
            put(c);
        }
    }

    /** A quotation mark would quote, in a class too. */
    private void put(char c) {
        translated.append(c == '"' ? "\\\"" : String.valueOf(c));
    }

    private void escape() {
        if (at == given.length()) {
            throw new IllegalArgumentException("nothing follows the last \\");
        }
        char c = given.charAt(at++);
        switch (c) {
            case 'n' -> translated.append('\n');
            case 't' -> translated.append('\t');
            case 'r' -> translated.append('\r');
            default -> {
                if (Character.isLetterOrDigit(c) && CLASSES.indexOf(c) < 0) {
                    throw new IllegalArgumentException("\\" + c + " is not understood here");
                }
                translated.append('\\').append(c);
            }
        }
    }
}
