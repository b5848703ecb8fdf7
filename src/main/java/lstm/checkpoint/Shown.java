package lstm.checkpoint;

/** Text from outside made fit for an error line: it must not break the line, drive the terminal or fill it. */
final class Shown {

    private static final int LIMIT = 60;

    private Shown() {}

    /** In single quotes, the beginning of it where it is long. */
    static String quoted(String text) {
        if (text.length() <= LIMIT) {
            return "'" + text + "'";
        }
        return "'" + text.substring(0, text.offsetByCodePoints(0, LIMIT / 2)) + "...'";
    }

    /** Whether every surrogate in the text has its partner, so that UTF-8 can hold it. */
    static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }
}
