package lstm.live;

/**
 * Points of a curve, from left to right.
 *
 * @param x steps
 * @param y losses, as many
 */
@SuppressWarnings("ArrayRecordComponent") // made anew for every drawing, never compared
record Points(double[] x, double[] y) {

    int size() {
        return x.length;
    }
}
