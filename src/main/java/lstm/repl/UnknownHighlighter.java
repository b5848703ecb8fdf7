package lstm.repl;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lstm.text.Unit;
import lstm.text.Vocabulary;
import org.jline.reader.LineReader;
import org.jline.reader.impl.DefaultHighlighter;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Marks in a line what the model has never seen. */
final class UnknownHighlighter extends DefaultHighlighter {

    private final Session session;
    private final AttributedStyle style;

    UnknownHighlighter(Session session, AttributedStyle style) {
        this.session = session;
        this.style = style;
    }

    @Override
    public AttributedString highlight(LineReader reader, String line) {
        AttributedString plain = super.highlight(reader, line);
        String unknown = Lines.hasText(line) ? unknown(Lines.text(line)) : "";
        return unknown.isEmpty()
                ? plain
                : new AttributedStringBuilder()
                        .append(plain)
                        .styleMatches(Pattern.compile("[" + unknown + "]"), style)
                        .toAttributedString();
    }

    /** As the inside of a character class; without control characters, which stand in the line as two others. */
    private String unknown(String text) {
        Vocabulary vocabulary = session.vocabulary();
        return text.codePoints()
                .distinct()
                .filter(symbol -> !Character.isISOControl(symbol) && !isKnown(vocabulary, symbol))
                .mapToObj(symbol -> String.format("\\x{%x}", symbol))
                .collect(Collectors.joining());
    }

    private static boolean isKnown(Vocabulary vocabulary, int codePoint) {
        if (vocabulary.unit() == Unit.CHARACTER) {
            return vocabulary.token(codePoint) >= 0;
        }
        byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            if (vocabulary.token(Byte.toUnsignedInt(b)) < 0) {
                return false;
            }
        }
        return true;
    }
}
