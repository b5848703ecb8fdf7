package lstm.page;

import java.util.stream.Collectors;
import lstm.text.Symbols;

/** Texts as they may stand in a page and in its attributes, whatever they hold. */
final class Markup {

    private Markup() {}

    /** A text whose characters are none of HTML's; what would not show, or would turn the text around it, is spelled out. */
    static String escape(String text) {
        return text.codePoints().mapToObj(Markup::escape).collect(Collectors.joining());
    }

    private static String escape(int codePoint) {
        return switch (codePoint) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> shown(codePoint);
        };
    }

    /** A text as a page shows it. */
    static String shown(String text) {
        return text.codePoints().mapToObj(Markup::shown).collect(Collectors.joining());
    }

    private static String shown(int codePoint) {
        if (codePoint == '\r') {
            return ""; // the line break of a text with CRLF is the newline behind it
        }
        boolean drives = switch (Character.getType(codePoint)) {
            case Character.CONTROL -> codePoint != '\n' && codePoint != '\t';
            // Those that join letters, or part them, are part of how words are written.
            case Character.FORMAT -> codePoint != 0x200C && codePoint != 0x200D;
            case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
        return drives ? Symbols.plain(codePoint) : Character.toString(codePoint);
    }
}
