package lstm.checkpoint;

/** What is wrong with the content of a file, said without the file's name, which only the caller knows. */
final class FormatException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    FormatException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
