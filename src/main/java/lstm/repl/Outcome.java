package lstm.repl;

import lstm.text.TerminalText;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/**
 * What a command did.
 *
 * @param said a line or more to show; may be empty
 * @param text a text that now stands somewhere else, to show up to there; may be empty
 * @param then what comes next
 */
record Outcome(AttributedString said, int[] text, Then then) {

    /** What a command is followed by. */
    enum Then {
        /** The next line. */
        NEXT,
        /** A continuation of the text. */
        COMPLETION,
        /** The end of the session. */
        END
    }

    private static final int[] NONE = {};

    /** In words, of which a terminal obeys none. */
    static Outcome say(String said) {
        return say(new AttributedString(TerminalText.show(said), AttributedStyle.DEFAULT.faint()));
    }

    static Outcome say(AttributedString said) {
        return new Outcome(said, NONE, Then.NEXT);
    }

    static Outcome show(int[] text) {
        return new Outcome(AttributedString.EMPTY, text, Then.NEXT);
    }

    static Outcome complete(int[] text) {
        return new Outcome(AttributedString.EMPTY, text, Then.COMPLETION);
    }

    static Outcome end() {
        return new Outcome(AttributedString.EMPTY, NONE, Then.END);
    }
}
