package lstm.live;

import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;

/**
 * Lines that stand at the end of what a terminal shows, and are replaced in their place; other lines can be put above them.
 *
 * <p>Between two calls the cursor waits at the beginning of the row below them, so that whatever ends the process leaves the
 * prompt there. What a terminal of another size has made of the lines is reckoned as those do that wrap them anew.
 */
final class Screen {

    /** Makes lines for a size; none of them as wide as that is. */
    interface Content {
        List<AttributedString> lines(int columns, int rows);
    }

    private final Terminal terminal;
    private Size size;
    private Display display;
    private List<AttributedString> drawn = List.of();
    private @Nullable Boolean echoed;
    private boolean hushed;
    private boolean left;

    Screen(Terminal terminal) {
        this.terminal = terminal;
        size = terminal.getSize();
        display = display();
    }

    /** Whether lines can be replaced in such a terminal: it has a size, and the cursor goes up. */
    static boolean isPossible(Terminal terminal) {
        Size size = terminal.getSize();
        return size.getColumns() > 0
                && size.getRows() > 0
                && !Terminal.TYPE_DUMB.equals(terminal.getType())
                && terminal.getStringCapability(Capability.parm_up_cursor) != null
                && terminal.getStringCapability(Capability.clr_eos) != null;
    }

    private Display display() {
        Display fresh = new Display(terminal, false);
        fresh.resize(size);
        return fresh;
    }

    /** Whether the terminal has another size than when the lines were drawn. */
    synchronized boolean isResized() {
        return !terminal.getSize().equals(size);
    }

    /** Replaces the lines; sends only what has changed. */
    synchronized void draw(Content content) {
        if (left) {
            return;
        }
        Size now = terminal.getSize();
        if (now.getColumns() <= 0 || now.getRows() <= 0) {
            return; // a window that is just being closed
        }
        if (!now.equals(size)) {
            erase(now);
        }
        List<AttributedString> lines = content.lines(size.getColumns(), size.getRows());
        if (!lines.equals(drawn)) {
            show(lines);
        }
        terminal.flush();
    }

    private void show(List<AttributedString> lines) {
        terminal.puts(Capability.carriage_return); // something may have been typed
        terminal.puts(Capability.exit_am_mode); // a character may be wider than we think
        terminal.writer().flush(); // the display has a way of its own to the terminal
        List<AttributedString> rows = new ArrayList<>();
        for (AttributedString line : lines) {
            rows.add(
                    hasRoomBelow()
                            ? AttributedString.join(AttributedString.EMPTY, line, AttributedString.NEWLINE)
                            : line);
        }
        if (hasRoomBelow()) {
            rows.add(AttributedString.EMPTY);
        }
        display.update(rows, size.cursorPos(rows.size() - 1, 0), false);
        terminal.puts(Capability.enter_am_mode);
        drawn = lines;
    }

    private boolean hasRoomBelow() {
        return size.getRows() > 1;
    }

    /** Puts a text above the lines. */
    synchronized void above(String text) {
        List<AttributedString> again = drawn;
        erase(terminal.getSize());
        terminal.writer().print(text);
        // At another size the lines may not fit; the next drawing brings them.
        if (!again.isEmpty() && again.size() < size.getRows() && again.stream().allMatch(this::fits)) {
            show(again);
        }
        terminal.flush();
    }

    /** Prints a text where the cursor is, whatever has become of the lines. */
    void print(String text) {
        terminal.writer().print(text);
        terminal.flush();
    }

    private boolean fits(AttributedString line) {
        return line.columnLength() < size.getColumns();
    }

    /** Leaves the lines where they are, and the terminal as it was, for good: whatever would be drawn later is not. */
    synchronized void leave() {
        left = true;
        if (!drawn.isEmpty() && !hasRoomBelow()) {
            terminal.writer().println();
        }
        if (echoed != null) {
            terminal.echo(echoed);
        }
        terminal.flush();
        forget();
    }

    /** The lines are no longer where they were, for others have written to the terminal meanwhile. */
    synchronized void forget() {
        drawn = List.of();
        size = terminal.getSize();
        display = display();
        hushed = false;
    }

    /** Has the terminal not show what is typed, which would spoil the lines, until they are left. */
    synchronized void hush() {
        if (hushed || left) {
            return;
        }
        boolean before = terminal.echo(false);
        if (echoed == null) { // later it may be what we have set
            echoed = before;
        }
        hushed = true;
    }

    private void erase(Size now) {
        int rows = 0;
        for (AttributedString line : drawn) {
            rows += Math.max(1, (line.columnLength() + now.getColumns() - 1) / Math.max(1, now.getColumns()));
        }
        rows = Math.min(hasRoomBelow() ? rows : rows - 1, now.getRows() - 1);
        terminal.puts(Capability.carriage_return);
        if (rows > 0) {
            terminal.puts(Capability.parm_up_cursor, rows);
        }
        terminal.puts(Capability.clr_eos);
        terminal.writer().flush();
        drawn = List.of();
        size = now;
        display = display();
    }
}
