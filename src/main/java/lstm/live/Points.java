package lstm.live;

/**
 * Points of a curve, from left to right.
 *
 * @param x steps
 * @param y losses, as many
 */
@SuppressWarnings("ArrayRecordComponent") // made anew for every drawing, never compared
record Points(double[] x, double[] y) {

    static final Points NONE = new Points(new double[0], new double[0]);

    int size() {
        return x.length;
    }

    boolean isEmpty() {
        return x.length == 0;
    }

    double lastX() {
        return x[x.length - 1];
    }
}
