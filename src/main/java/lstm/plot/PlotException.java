package lstm.plot;

/** A picture that cannot be drawn or written; the message is one line that says what is wrong, where, and what to do. */
public final class PlotException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the line for the user. */
    public PlotException(String message) {
        super(message);
    }

    /** With the line for the user and what was behind it. */
    public PlotException(String message, Throwable cause) {
        super(message, cause);
    }
}
