package lstm.generate;

/** Pearson's test: whether counts may have been drawn from given probabilities. */
final class ChiSquared {

    /** Of a normal distribution: one test in thirty thousand goes beyond it by chance, and the seeds are fixed. */
    private static final double DEVIATIONS = 4;

    private ChiSquared() {}

    /** The statistic as a multiple of what it may be; above 1 the counts are of another distribution. */
    static double excess(long[] counts, double[] probabilities) {
        long draws = 0;
        for (long count : counts) {
            draws += count;
        }
        double statistic = 0;
        int degrees = -1;
        for (int i = 0; i < counts.length; i++) {
            double expected = probabilities[i] * draws;
            if (expected < 5) {
                continue; // too rare for the approximation; the caller looks at impossible ones
            }
            statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
            degrees++;
        }
        return degrees < 1 ? 0 : statistic / quantile(degrees);
    }

    /** Wilson and Hilferty's approximation (1931). */
    private static double quantile(int degrees) {
        double ninth = 2.0 / (9 * degrees);
        return degrees * Math.pow(1 - ninth + DEVIATIONS * Math.sqrt(ninth), 3);
    }
}
