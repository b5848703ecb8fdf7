package lstm.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lstm.ngram.WittenBell;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Orders of n-grams, such as 5 or 1-6, for picocli. */
final class OrdersConverter implements ITypeConverter<OrdersConverter.Orders> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,3})(?:-(\\d{1,3}))?");

    /**
     * The orders from one to another.
     *
     * @param lowest the first
     * @param highest the last
     */
    record Orders(int lowest, int highest) {

        /** What is usual: behind it, texts of some megabytes have too few examples. */
        static final Orders DEFAULT = new Orders(1, 6);
    }

    @Override
    public Orders convert(String text) {
        Matcher matcher = FORM.matcher(text);
        if (matcher.matches()) {
            int lowest = Integer.parseInt(matcher.group(1));
            int highest = matcher.group(2) == null ? lowest : Integer.parseInt(matcher.group(2));
            if (lowest >= 1 && lowest <= highest && highest <= WittenBell.HIGHEST_ORDER) {
                return new Orders(lowest, highest);
            }
        }
        throw new TypeConversionException(
                "expected orders such as 5 or 1-6, from 1 to " + WittenBell.HIGHEST_ORDER + ", found '" + text + "'");
    }
}
