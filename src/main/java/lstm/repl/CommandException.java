package lstm.repl;

import lstm.text.TerminalText;

/** A command that cannot be obeyed; the message is one line for the user, in which nothing drives the terminal. */
final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(TerminalText.line(message));
    }
}
