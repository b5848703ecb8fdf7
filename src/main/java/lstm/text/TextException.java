package lstm.text;

/** A text that cannot be used; the message is one line that says what is wrong, where, and what to do. */
public final class TextException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the line for the user. */
    public TextException(String message) {
        super(message);
    }

    /** With the line for the user and what was behind it. */
    public TextException(String message, Throwable cause) {
        super(message, cause);
    }
}
