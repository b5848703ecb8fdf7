package lstm.text;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Symbols in the words of messages; what would not show, or would upset a terminal, is spelled out. */
public final class Symbols {

    private static final int SHOWN = 5;

    private Symbols() {}

    /** A code point for people: {@code 'e'}, {@code U+00E9 (é)}, {@code U+000A (newline)}. */
    public static String describe(int codePoint) {
        if (codePoint > ' ' && codePoint < 0x7F && codePoint != '\'') {
            return "'" + Character.toString(codePoint) + "'";
        }
        String number = String.format("U+%04X", codePoint);
        String name = name(codePoint);
        return name.isEmpty() ? number : number + " (" + name + ")";
    }

    /** The first few of many code points for people. */
    public static String describe(List<Integer> codePoints) {
        return describe(Unit.CHARACTER, codePoints);
    }

    /** A code point, or a byte as {@code 0xE9}, for people. */
    public static String describe(Unit unit, int symbol) {
        return unit == Unit.CHARACTER ? describe(symbol) : String.format("0x%02X", symbol);
    }

    /** The first few of many symbols for people. */
    public static String describe(Unit unit, List<Integer> symbols) {
        String first = symbols.stream()
                .limit(SHOWN)
                .map(symbol -> describe(unit, symbol))
                .collect(Collectors.joining(", "));
        int more = symbols.size() - SHOWN;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    private static String name(int codePoint) {
        return switch (codePoint) {
            case '\n' -> "newline";
            case '\r' -> "carriage return";
            case '\t' -> "tab";
            case 0xFEFF -> "byte-order mark";
            default -> isPrintable(codePoint) ? Character.toString(codePoint) : unicodeName(codePoint);
        };
    }

    /** The code point's name in Unicode, in small letters; empty where this version of Java knows none. */
    public static String unicodeName(int codePoint) {
        String name = Character.getName(codePoint);
        return name == null ? "" : name.toLowerCase(Locale.ROOT);
    }

    /** A code point as it is where it can be seen, else as {@code \\u000a}; a space is itself. */
    public static String plain(int codePoint) {
        return codePoint == ' ' || isPrintable(codePoint)
                ? Character.toString(codePoint)
                : String.format("\\u%04x", codePoint);
    }

    /** The same, but a newline as people write it: {@code \n}. */
    public static String inLine(int codePoint) {
        return codePoint == '\n' ? "\\n" : plain(codePoint);
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK -> false;
            default -> true;
        };
    }
}
