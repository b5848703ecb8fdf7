package lstm.live;

import java.util.OptionalInt;
import org.jline.nativ.CLibrary;
import org.jline.terminal.Size;
import org.jline.utils.WCWidth;

/** The columns of a terminal. */
public final class Columns {

    private Columns() {}

    /** How many a text takes, in which nothing moves the cursor: a Chinese character two, a combining mark none. */
    public static int of(String text) {
        return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
    }

    /** How many the terminal behind a file descriptor has; empty where it does not tell, or is none. */
    public static OptionalInt ofTerminal(int descriptor) {
        try {
            int columns = size(descriptor).getColumns();
            return columns > 0 ? OptionalInt.of(columns) : OptionalInt.empty();
        } catch (RuntimeException | LinkageError e) {
            return OptionalInt.empty(); // there is no native library for this machine, or nowhere to unpack it
        }
    }

    static Size size(int descriptor) {
        CLibrary.WinSize found = new CLibrary.WinSize();
        int failed = CLibrary.ioctl(descriptor, CLibrary.TIOCGWINSZ, found);
        return failed == 0 ? Size.of(found.ws_col, found.ws_row) : Size.of(0, 0);
    }
}
