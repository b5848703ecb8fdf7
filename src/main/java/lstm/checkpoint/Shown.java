package lstm.checkpoint;

import java.util.Collection;
import java.util.stream.Collectors;

/** Text from outside made fit for an error line: it must not break the line, drive the terminal or fill it. */
public final class Shown {

    private static final int LIMIT = 60;
    private static final int NAMES = 3;

    private Shown() {}

    /** In single quotes, the beginning of it where it is long. */
    public static String quoted(String text) {
        return "'" + shortened(text) + "'";
    }

    /** The beginning of what is long, which is no name of anything we know. */
    public static String shortened(String text) {
        return text.length() <= LIMIT ? text : text.substring(0, text.offsetByCodePoints(0, LIMIT / 2)) + "...";
    }

    /** The first few of many names, each no longer than a line can take. */
    static String some(String separator, Collection<String> names) {
        String first = names.stream().limit(NAMES).map(Shown::shortened).collect(Collectors.joining(separator));
        return names.size() > NAMES ? first + separator + "..." : first;
    }

    /** Whether every surrogate in the text has its partner, so that UTF-8 can hold it. */
    static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }
}
