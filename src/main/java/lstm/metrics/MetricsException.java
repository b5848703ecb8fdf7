package lstm.metrics;

import java.io.IOException;
import java.nio.file.Path;
import lstm.checkpoint.CheckpointException;

/** A course that cannot be read or written; the message is one line that says what is wrong, where, and what to do. */
public final class MetricsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the line for the user. */
    public MetricsException(String message) {
        super(message);
    }

    private MetricsException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The failure of an action, such as {@code "read"}, on a file. */
    static MetricsException of(String action, Path file, IOException cause) {
        return new MetricsException(
                String.valueOf(CheckpointException.of(action, file, cause).getMessage()), cause);
    }
}
