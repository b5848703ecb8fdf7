package lstm.train;

/** A training that cannot begin or go on; the message is one line that says why and what to do. */
public final class TrainingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the line for the user. */
    public TrainingException(String message) {
        super(message);
    }

    /** A checkpoint holds a tensor that no training can go on from. */
    public static TrainingException ofTensor(String trainingTensor, String fault) {
        return new TrainingException("the checkpoint cannot be resumed: its tensor training." + trainingTensor + " "
                + fault + "; use --init-from to start from its weights");
    }
}
