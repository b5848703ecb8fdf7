package lstm.repl;

/** A command that cannot be obeyed; the message is one line for the user. */
final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }
}
