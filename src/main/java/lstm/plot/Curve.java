package lstm.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import lstm.metrics.Course;
import lstm.metrics.Point;
import org.jspecify.annotations.Nullable;

/**
 * A line to draw.
 *
 * @param x by rising value, in the units of the horizontal axis
 * @param y the losses there
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Curve(double[] x, double[] y) {

    /** Training losses are smoothed over this share of the curve, so that what is left is no noise of single windows. */
    private static final int SMOOTHED_SHARES = 40;

    @FunctionalInterface
    interface Loss {
        @Nullable
        Double of(Point point);
    }

    /** The points of a course that have a place on the axis and a loss. */
    static Curve of(Course course, HorizontalAxis axis, Loss loss, double unit) {
        List<double[]> found = new ArrayList<>();
        for (Point point : course.points()) {
            Double x = axis.of(point);
            Double y = loss.of(point);
            if (x != null && y != null) {
                found.add(new double[] {x, y * unit});
            }
        }
        return new Curve(
                found.stream().mapToDouble(point -> point[0]).toArray(),
                found.stream().mapToDouble(point -> point[1]).toArray());
    }

    boolean isEmpty() {
        return x.length == 0;
    }

    /** The place of the lowest loss, the first of several. */
    OptionalInt best() {
        return IntStream.range(0, y.length).reduce((one, other) -> y[other] < y[one] ? other : one);
    }

    /** One point of this curve. */
    Curve only(int i) {
        return new Curve(new double[] {x[i]}, new double[] {y[i]});
    }

    /** With other units on the horizontal axis. */
    Curve inUnits(double size) {
        return new Curve(
                IntStream.range(0, x.length).mapToDouble(i -> x[i] / size).toArray(), y);
    }

    /** Means over the points around; at the beginning over as many before as behind, so that it stays as steep as it is. */
    Curve smoothed() {
        double[] sums = new double[y.length + 1];
        for (int i = 0; i < y.length; i++) {
            sums[i + 1] = sums[i] + y[i];
        }
        int reach = y.length / SMOOTHED_SHARES / 2;
        double[] smooth = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            int from = i - Math.min(reach, i);
            int to = Math.min(y.length, i + Math.min(reach, i) + 1);
            smooth[i] = (sums[to] - sums[from]) / (to - from);
        }
        return new Curve(x, smooth);
    }

    /** The loss at a place of the axis, on the line between two points; NaN outside of the curve. */
    double at(double place) {
        int found = Arrays.binarySearch(x, place);
        if (found >= 0) {
            return y[found];
        }
        int next = -found - 1;
        if (next == 0 || next == x.length) {
            return Double.NaN;
        }
        double share = (place - x[next - 1]) / (x[next] - x[next - 1]);
        return y[next - 1] + share * (y[next] - y[next - 1]);
    }

    /** Every so many points, the last and the best among them, where there are more than so many. */
    Curve thinned(int most) {
        if (x.length <= most) {
            return this;
        }
        int every = (x.length + most - 1) / most;
        int best = best().orElse(0);
        int[] kept = IntStream.range(0, x.length)
                .filter(i -> i % every == 0 || i == best || i == x.length - 1)
                .toArray();
        return new Curve(
                IntStream.of(kept).mapToDouble(i -> x[i]).toArray(),
                IntStream.of(kept).mapToDouble(i -> y[i]).toArray());
    }
}
