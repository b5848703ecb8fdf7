package lstm.model;

/** A model that foresees nothing, for its weights are so large that a sum of them overflows; the message is one line that says so. */
public final class OverflowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OverflowException() {
        super("the model's weights are so large that what it foresees is not a number; train it anew");
    }
}
