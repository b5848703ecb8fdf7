package lstm.inspect;

/** Reads a text character by character, and tells what it knows by then. */
@FunctionalInterface
interface CharacterReader {

    /** Reads the next character. */
    double read(int codePoint);

    /** Whether a quotation in double marks is open. Single ones are apostrophes as well, and are left out. */
    final class Quotes implements CharacterReader {
        private static final int NONE = -1;

        private int closing = NONE;
        private int last;

        @Override
        public double read(int codePoint) {
            // A quotation of several paragraphs opens each of them anew and closes the last one only; and a mark that
            // is missing
            // would turn all that follows inside out.
            boolean blankLine = codePoint == '\n' && last == '\n';
            last = codePoint == '\r' ? last : codePoint;
            if (closing == NONE) {
                closing = closing(codePoint);
            } else if (codePoint == closing || blankLine) {
                closing = NONE;
            }
            return closing == NONE ? 0 : 1;
        }

        /** The mark that closes what this one opens. */
        private static int closing(int mark) {
            return switch (mark) {
                case '"' -> '"';
                case '\u201c' -> '\u201d'; // English
                case '\u201e' -> '\u201c'; // German
                case '\u00ab' -> '\u00bb'; // French
                case '\u00bb' -> '\u00ab'; // German, in books
                case '\u300c' -> '\u300d'; // Japanese
                default -> NONE;
            };
        }
    }

    /** How many brackets are open; one that closes none is left out. */
    final class Brackets implements CharacterReader {
        private int depth;

        @Override
        public double read(int codePoint) {
            if ("([{".indexOf(codePoint) >= 0) {
                depth++;
            } else if (")]}".indexOf(codePoint) >= 0) {
                depth = Math.max(0, depth - 1);
            }
            return depth;
        }
    }

    /** Characters since the line began. */
    final class LinePosition implements CharacterReader {
        private int position;

        @Override
        public double read(int codePoint) {
            position = codePoint == '\n' ? 0 : position + 1;
            return position;
        }
    }

    /** Blanks and tabs that the line began with so far. */
    final class Indent implements CharacterReader {
        private int indent;
        private boolean ended;

        @Override
        public double read(int codePoint) {
            if (codePoint == '\n') {
                indent = 0;
                ended = false;
            } else if (!ended && (codePoint == ' ' || codePoint == '\t')) {
                indent++;
            } else {
                ended = true;
            }
            return indent;
        }
    }

    /** Characters since the word began. */
    final class WordPosition implements CharacterReader {
        private int position;

        @Override
        public double read(int codePoint) {
            position = Character.isLetterOrDigit(codePoint) ? position + 1 : 0;
            return position;
        }
    }

    /** Whether a word begins. */
    final class WordStart implements CharacterReader {
        private final WordPosition position = new WordPosition();

        @Override
        public double read(int codePoint) {
            return position.read(codePoint) == 1 ? 1 : 0;
        }
    }
}
