package lstm.live;

import java.util.Arrays;

/** A curve of any length in little memory: where there are too many points, each two neighbours become their mean. */
final class Series {

    private final double[] x;
    private final double[] y;
    private int size;
    private long perPoint = 1;
    private double sumX;
    private double sumY;
    private long open;

    /** Keeps at most so many points, an even number. */
    Series(int most) {
        x = new double[most];
        y = new double[most];
    }

    void add(double atX, double atY) {
        sumX += atX;
        sumY += atY;
        open++;
        if (open < perPoint) {
            return;
        }
        if (size == x.length) {
            halve();
            return; // the open point is half as long as the others are now
        }
        x[size] = sumX / open;
        y[size] = sumY / open;
        size++;
        sumX = 0;
        sumY = 0;
        open = 0;
    }

    private void halve() {
        size /= 2;
        double left = x[0];
        for (int i = 0; i < size; i++) {
            x[i] = (x[2 * i] + x[2 * i + 1]) / 2;
            y[i] = (y[2 * i] + y[2 * i + 1]) / 2;
        }
        x[0] = left; // so that the curve begins where it began
        perPoint *= 2;
    }

    /** Forgets what lies behind a place. */
    void cutBehind(double lastX) {
        while (size > 0 && x[size - 1] > lastX) {
            size--;
        }
        sumX = 0;
        sumY = 0;
        open = 0;
    }

    /** The curve so far, with the point at its end that is still open. */
    Points points() {
        int all = open > 0 ? size + 1 : size;
        double[] xs = Arrays.copyOf(x, all);
        double[] ys = Arrays.copyOf(y, all);
        if (open > 0) {
            xs[size] = sumX / open;
            ys[size] = sumY / open;
        }
        return new Points(xs, ys);
    }
}
