package lstm.live;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.nativ.CLibrary;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jspecify.annotations.Nullable;

/**
 * The terminal that standard error is, and nothing but that: it is only written to.
 *
 * <p>JLine's own terminals of the system read standard input, and know standard error as descriptor 2 only.
 */
public final class ErrorTerminal extends LineDisciplineTerminal {

    // JLine tells of terminals that it does not know.
    private static final Logger JLINE = Logger.getLogger("org.jline");
    /** The flag of c_lflag that has the same value in all Unix systems. */
    private static final long ECHO = 8;

    private final int descriptor;
    private final PrintStream stream;
    private final ByteArrayOutputStream pending;

    private ErrorTerminal(String type, int descriptor, PrintStream stream, ByteArrayOutputStream pending)
            throws IOException {
        super("standard error", type, pending, StandardCharsets.UTF_8);
        this.descriptor = descriptor;
        this.stream = stream;
        this.pending = pending;
    }

    /**
     * The terminal behind a file descriptor.
     *
     * @param type as in the environment's TERM
     * @param stream what writes to the descriptor
     * @return null where lines cannot be replaced in it, or it cannot be asked for its size
     */
    public static @Nullable ErrorTerminal open(@Nullable String type, int descriptor, PrintStream stream) {
        if (type == null || type.isEmpty() || type.startsWith(TYPE_DUMB)) {
            return null;
        }
        JLINE.setLevel(Level.OFF);
        try {
            ErrorTerminal terminal = new ErrorTerminal(type, descriptor, stream, new ByteArrayOutputStream());
            return Screen.isPossible(terminal) ? terminal : null;
        } catch (IOException | RuntimeException | LinkageError e) {
            return null; // there is no native library for this machine, or nowhere to unpack it
        }
    }

    @Override
    public Size getSize() {
        return Columns.size(descriptor);
    }

    @Override
    public boolean echo(boolean wanted) {
        CLibrary.Termios state = new CLibrary.Termios();
        if (CLibrary.tcgetattr(descriptor, state) != 0) {
            return wanted;
        }
        boolean before = (state.c_lflag & ECHO) != 0;
        if (before != wanted) {
            state.c_lflag ^= ECHO;
            CLibrary.tcsetattr(descriptor, CLibrary.TCSANOW, state);
        }
        return before;
    }

    /** Sends what was written since the last time in one piece, so that no half of a drawing is seen. */
    @Override
    public void flush() {
        super.flush();
        if (pending.size() > 0) {
            byte[] bytes = pending.toByteArray();
            pending.reset();
            stream.write(bytes, 0, bytes.length);
        }
    }
}
