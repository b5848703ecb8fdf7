package lstm.generate;

/**
 * What divides the logits, from the first token of a text to its last: between them it changes evenly.
 *
 * @param first 0 always takes the likeliest token
 * @param last the same as the first where nothing changes
 */
public record Temperature(double first, double last) {

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException where one is out of range
     */
    public Temperature {
        check(first);
        check(last);
    }

    private static void check(double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("expected a temperature of 0 or more, found " + value);
        }
    }

    /** The same for every token. */
    public static Temperature of(double value) {
        return new Temperature(value, value);
    }

    /**
     * A number, or two with a colon between them.
     *
     * @throws IllegalArgumentException where it is neither
     */
    public static Temperature parse(String text) {
        int colon = text.indexOf(':');
        try {
            return colon < 0
                    ? of(Double.parseDouble(text))
                    : new Temperature(
                            Double.parseDouble(text.substring(0, colon)),
                            Double.parseDouble(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "expected a temperature such as 0.8, or two such as 0.4:1.2, found '" + text + "'", e);
        }
    }

    /** That of one of the tokens of a text, both counted from 0. */
    double at(long token, long length) {
        return length < 2 ? first : first + (last - first) * Math.min(1, token / (length - 1.0));
    }

    @Override
    public String toString() {
        return first == last ? String.valueOf(first) : first + ":" + last;
    }
}
