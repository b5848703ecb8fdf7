package lstm.inspect;

/**
 * Means, variances and covariances of some variables with others in one pass, in double: the updates of Welford (1962), which
 * lose nothing where a mean is large beside its deviation.
 */
final class Comoments {

    private final double[] meanX;
    private final double[] squareX;
    private final double[] deviation;
    private final double[] meanY;
    private final double[] squareY;
    private final double[][] product;
    private long count;

    /** Of so many variables x with every one of so many y. */
    Comoments(int xs, int ys) {
        meanX = new double[xs];
        squareX = new double[xs];
        deviation = new double[xs];
        meanY = new double[ys];
        squareY = new double[ys];
        product = new double[ys][xs];
    }

    /** Takes one more observation into account. */
    void add(float[] x, double[] y) {
        count++;
        double share = 1.0 / count;
        for (int i = 0; i < meanX.length; i++) {
            double d = x[i] - meanX[i];
            deviation[i] = d;
            meanX[i] += d * share;
            squareX[i] += d * (x[i] - meanX[i]);
        }
        for (int j = 0; j < meanY.length; j++) {
            double d = y[j] - meanY[j];
            meanY[j] += d * share;
            double after = y[j] - meanY[j];
            squareY[j] += d * after;
            addProduct(deviation, after, product[j]);
        }
    }

    private static void addProduct(double[] x, double factor, double[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] += factor * x[i];
        }
    }

    /** How many observations there were. */
    long count() {
        return count;
    }

    double meanX(int x) {
        return meanX[x];
    }

    double meanY(int y) {
        return meanY[y];
    }

    double deviationX(int x) {
        return Math.sqrt(squareX[x] / count);
    }

    double deviationY(int y) {
        return Math.sqrt(squareY[y] / count);
    }

    double covariance(int x, int y) {
        return product[y][x] / count;
    }
}
