package lstm.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * One token of a text after another as a terminal may get it.
 *
 * <p>Control characters are spelled out: a model trained on escape sequences must not drive the terminal; so is what turns the
 * direction of the text up to the end of a line. Bytes are put
 * together to characters first, for a control character may come in two of them; what is no UTF-8 shows as U+FFFD.
 */
public final class TerminalText {

    private static final int LONGEST_CHARACTER = 4;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final ByteBuffer bytes = ByteBuffer.allocate(LONGEST_CHARACTER);
    private final CharBuffer characters = CharBuffer.allocate(LONGEST_CHARACTER);

    /** What a token adds: nothing where it is a byte in the middle of a character. */
    public String show(Vocabulary vocabulary, int token) {
        int symbol = vocabulary.codePoint(token);
        if (vocabulary.unit() == Unit.CHARACTER) {
            return show(symbol);
        }
        decoder.decode(bytes.put((byte) symbol).flip(), characters, false);
        bytes.compact();
        String text = characters.flip().toString();
        characters.clear();
        return show(text);
    }

    /** A text as a terminal may get it. */
    public static String show(String text) {
        return text.codePoints().mapToObj(TerminalText::show).collect(Collectors.joining());
    }

    /** The same in one line: also line breaks, tabs, and what changes the direction of the text are spelled out. */
    public static String line(String text) {
        return text.codePoints()
                .mapToObj(c -> drivesLine(c) ? String.format("\\u%04x", c) : Character.toString(c))
                .collect(Collectors.joining());
    }

    private static boolean drivesLine(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** Embeddings, overrides and isolates of Unicode's bidirectional algorithm. */
    private static boolean turnsDirection(int codePoint) {
        return (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }

    private static String show(int codePoint) {
        if (codePoint == '\r') {
            return ""; // the line break of a text with CRLF is the newline behind it
        }
        boolean drives = turnsDirection(codePoint)
                || (Character.getType(codePoint) == Character.CONTROL && codePoint != '\n' && codePoint != '\t');
        return drives ? Symbols.plain(codePoint) : Character.toString(codePoint);
    }
}
