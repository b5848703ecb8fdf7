package lstm.batch;

/**
 * A place in a training.
 *
 * @param epoch passes over the text that are complete
 * @param window windows of this pass that are complete
 */
public record Cursor(long epoch, long window) {

    /** Where every training begins. */
    public static final Cursor START = new Cursor(0, 0);

    /**
     * Checks that neither is negative.
     *
     * @throws IllegalArgumentException where one is
     */
    public Cursor {
        if (epoch < 0 || window < 0) {
            throw new IllegalArgumentException("no place in a training: epoch " + epoch + ", window " + window);
        }
    }

    /** The place behind the next window; the start of the next epoch where this one has no more. */
    public Cursor next(long windowsPerEpoch) {
        return window + 1 < windowsPerEpoch ? new Cursor(epoch, window + 1) : new Cursor(epoch + 1, 0);
    }

    /** Whether the streams start again here, and with them the model's state. */
    public boolean startsEpoch() {
        return window == 0;
    }
}
