package lstm.train;

/** A training that cannot begin or go on; the message is one line that says why and what to do. */
public final class TrainingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the line for the user. */
    public TrainingException(String message) {
        super(message);
    }
}
