package lstm.repl;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/**
 * Takes a command up to the cursor as one word, and of a text none: prose has no quotes to match and no words to escape, and what
 * completes it stands behind it.
 */
final class WholeLineParser implements Parser {

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        return new Line(line, cursor);
    }

    private record Line(String line, int cursor) implements CompletingParsedLine {

        @Override
        public String word() {
            String typed = line.substring(0, cursor);
            return Lines.hasText(typed) ? "" : typed;
        }

        @Override
        public int wordCursor() {
            return word().length();
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word());
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor();
        }

        @Override
        public int rawWordLength() {
            return wordCursor();
        }
    }
}
