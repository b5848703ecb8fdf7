package lstm.plot;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What of the vertical axis is shown.
 *
 * <p>In its first steps a training falls from guessing to single letters. Shown whole, that would take most of the picture,
 * and what curves differ in would be a hair: so the first hundredths of a curve, and of the horizontal axis, may leave the
 * picture. Losses of more than one power of ten are shown by their logarithms.
 *
 * @param low at the bottom
 * @param high at the top
 * @param logarithmic whether the axis is
 */
record LossRange(double low, double high, boolean logarithmic) {

    private static final double BEGINNING = 0.03;
    private static final double LOGARITHMIC = 12;
    private static final double MARGIN = 0.05;
    /** Below these spans there are numbers a twentieth, and a two-hundredth, apart at the axis. */
    private static final double TENTHS = 1.2;

    private static final double HUNDREDTHS = 0.12;
    /** Of a curve that is level. */
    private static final double LEAST_SPAN = 0.02;

    /** The range for curves, of which at least one has a point. */
    static LossRange of(List<Curve> curves) {
        double end = curves.stream()
                .flatMapToDouble(curve -> DoubleStream.of(curve.x()))
                .max()
                .orElse(0);
        double[] later = curves.stream()
                .flatMapToDouble(curve -> IntStream.range(0, curve.x().length)
                        .filter(i -> isLater(curve, i, end))
                        .mapToDouble(i -> curve.y()[i]))
                .toArray();
        double low = DoubleStream.of(later).min().orElse(0);
        double high = DoubleStream.of(later).max().orElse(1);
        if (low > 0 && high / low > LOGARITHMIC) {
            return new LossRange(low / (1 + MARGIN), high * (1 + MARGIN), true);
        }
        double margin = MARGIN * Math.max(high - low, LEAST_SPAN);
        return new LossRange(Math.max(0, low - margin), high + margin, false);
    }

    /** Where a loss stands, from 0 at the bottom to 1 at the top; NaN where there is none. */
    double share(double loss) {
        return logarithmic
                ? (Math.log(loss) - Math.log(low)) / (Math.log(high) - Math.log(low))
                : (loss - low) / (high - low);
    }

    /** As many decimals as the numbers at the axis need, all alike. */
    String pattern() {
        double span = high - low;
        return logarithmic ? "0.0##" : span < HUNDREDTHS ? "0.000" : span < TENTHS ? "0.00" : "0.0";
    }

    private static boolean isLater(Curve curve, int i, double end) {
        int points = curve.x().length;
        return i == points - 1 || (i >= BEGINNING * points - 1 && curve.x()[i] >= BEGINNING * end);
    }
}
