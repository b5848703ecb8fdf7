package lstm.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A span of time as people write it: 90s, 3m, 1h30m, 1.5h.
 *
 * @param seconds its length
 */
record TimeSpan(double seconds) {

    private static final Pattern PATTERN =
            Pattern.compile("(?:([0-9.]+)h)?(?:([0-9.]+)m)?(?:([0-9.]+)s?)?", Pattern.CASE_INSENSITIVE);

    static TimeSpan parse(String text) {
        Matcher matcher = PATTERN.matcher(text.strip());
        if (text.isBlank() || !matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a time; write 90s, 3m or 1h30m");
        }
        try {
            double seconds = 3600 * number(matcher.group(1)) + 60 * number(matcher.group(2)) + number(matcher.group(3));
            return new TimeSpan(seconds);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a time; write 90s, 3m or 1h30m", e);
        }
    }

    private static double number(String text) {
        return text == null ? 0 : Double.parseDouble(text);
    }

    /** For picocli. */
    static final class Converter implements ITypeConverter<TimeSpan> {
        @Override
        public TimeSpan convert(String text) {
            try {
                return parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
