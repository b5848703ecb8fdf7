package lstm.live;

/** A running mean of losses in which older ones count ever less: that of one window jumps too much to be read. */
public final class SmoothedLoss {

    private static final double SMOOTHING = 0.95;

    private double sum;
    private double weight;

    /** Takes up the loss of one more step. */
    public void add(double loss) {
        sum = SMOOTHING * sum + (1 - SMOOTHING) * loss;
        weight = SMOOTHING * weight + (1 - SMOOTHING);
    }

    /** Whether there has been no step. */
    public boolean isEmpty() {
        return weight == 0;
    }

    /** The mean; NaN where there has been no step. */
    public double value() {
        return sum / weight;
    }
}
