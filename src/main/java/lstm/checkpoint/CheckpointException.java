package lstm.checkpoint;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import lstm.text.TerminalText;

/**
 * A checkpoint that could not be read or written. The message is one line that names the file, says what was expected
 * and what was found, and what to do; control characters in it stand escaped, for parts of it come from the file.
 */
public final class CheckpointException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** In one line. */
    public CheckpointException(String message) {
        super(TerminalText.line(message));
    }

    private CheckpointException(String message, Throwable cause) {
        super(TerminalText.line(message), cause);
    }

    /** The failure of an action ({@code "read"}, {@code "write"}) on a file, in the words that a user knows. */
    public static CheckpointException of(String action, Path file, IOException cause) {
        String message = "cannot " + action + " " + file + ": " + reason(cause);
        if (cause instanceof FileSystemException system && system.getFile() != null) {
            Path culprit = file.getFileSystem().getPath(system.getFile()).toAbsolutePath();
            if (!culprit.equals(file.toAbsolutePath())) {
                message += " (" + culprit + ")";
            }
        }
        return new CheckpointException(message, cause);
    }

    /** A failure in words: the message of a java.nio exception is often the path alone. */
    public static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "no such file";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "a file is where a directory is needed";
        }
        if (cause instanceof ClosedByInterruptException) {
            return "interrupted";
        }
        String reason = cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
        return reason == null ? cause.toString() : reason;
    }
}
