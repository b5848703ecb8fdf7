package lstm.generate;

/** Hears how texts come about, several at the same time; each has a number. */
public interface TextListener {

    /** What {@link #others} says where no predictions are wanted at all. */
    int NO_PREDICTIONS = -1;

    /** How many other tokens a {@link Prediction} shall name. */
    default int others() {
        return NO_PREDICTIONS;
    }

    /** A token was drawn, and may be part of what its text ends before; only where predictions are wanted. */
    default void drawn(long text, Prediction prediction) {}

    /** A token is certain to be the next of its text: the first that was drawn and not written yet. */
    void written(long text, int token);

    /**
     * A text is complete.
     *
     * @param stuck whether it ended because no token could follow
     */
    void ended(long text, boolean stuck);
}
