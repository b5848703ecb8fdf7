package lstm.page;

import java.util.List;

/**
 * What a report shows of each model.
 *
 * @param temperatures of its samples
 * @param length of a sample in characters
 * @param seed of the samples
 */
public record ReportSettings(List<Double> temperatures, int length, long seed) {

    /** What a user gets who says nothing. */
    public static final ReportSettings DEFAULT = new ReportSettings(List.of(0.3, 0.6, 0.8, 1.0), 400, 1);

    private static final int LONGEST = 100_000;
    private static final int MOST_TEMPERATURES = 20;

    /**
     * Copies the temperatures and checks every number.
     *
     * @throws IllegalArgumentException where one is out of range
     */
    public ReportSettings {
        temperatures = List.copyOf(temperatures);
        if (temperatures.isEmpty() || temperatures.size() > MOST_TEMPERATURES) {
            throw new IllegalArgumentException(
                    "expected 1 to " + MOST_TEMPERATURES + " temperatures, found " + temperatures.size());
        }
        for (double temperature : temperatures) {
            if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("expected a temperature of 0 or more, found " + temperature);
            }
        }
        if (length < 1 || length > LONGEST) {
            throw new IllegalArgumentException("expected samples of 1 to " + LONGEST + " characters, found " + length);
        }
    }
}
