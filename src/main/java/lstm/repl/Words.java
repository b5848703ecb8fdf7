package lstm.repl;

import lstm.text.Unit;
import lstm.text.Vocabulary;

/** What the tokens of a vocabulary are to somebody who types. */
record Words(Vocabulary vocabulary) {

    /** Whether a line can hold it. */
    boolean isTypeable(int token) {
        return !Character.isISOControl(vocabulary.codePoint(token)) || isInCharacter(token);
    }

    /** Letters, digits, apostrophes, and the bytes of anything beyond ASCII. */
    boolean isInWord(int token) {
        int symbol = vocabulary.codePoint(token);
        return Character.isLetterOrDigit(symbol) || symbol == '\'' || isInCharacter(token);
    }

    /** Whether it ends a sentence, where a space follows. */
    boolean isFullStop(int token) {
        int symbol = vocabulary.codePoint(token);
        return symbol == '.' || symbol == '!' || symbol == '?';
    }

    boolean isSpace(int token) {
        return Character.isWhitespace(vocabulary.codePoint(token)) && !isInCharacter(token);
    }

    /** Whether it is one of the bytes of a character beyond ASCII. */
    private boolean isInCharacter(int token) {
        return vocabulary.unit() == Unit.BYTE && vocabulary.codePoint(token) >= 0x80;
    }
}
