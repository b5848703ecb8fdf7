package lstm.live;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jline.terminal.Size;
import org.jline.utils.ScreenTerminal;
import org.jline.utils.ScreenTerminalOutputStream;

/** A terminal's screen: takes what is sent to it, shows what a person would see, and waits for that. */
public final class Emulator extends OutputStream {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** The view has lines not wrapped while it draws: ESC [ ? 7 l and ESC [ ? 7 h. */
    private static final long DRAWING_BEGINS = 0x1b_5b_3f_37_6cL;

    private static final long DRAWING_ENDS = 0x1b_5b_3f_37_68L;

    private final ScreenTerminal screen;
    private final OutputStream input;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private long last;
    private boolean drawing;

    /** An empty screen. */
    public Emulator(int columns, int rows) {
        screen = new ScreenTerminal(columns, rows);
        input = new ScreenTerminalOutputStream(screen, StandardCharsets.UTF_8, OutputStream.nullOutputStream());
    }

    @Override
    public void write(int b) throws IOException {
        synchronized (screen) {
            sent.write(b);
            input.write(b);
            input.flush();
            last = last << 8 | (b & 0xff);
            long command = last & 0xffffffffffL;
            drawing = command == DRAWING_BEGINS || (drawing && command != DRAWING_ENDS);
            if (!drawing) {
                screen.notifyAll();
            }
        }
    }

    /** Gives the screen another size; it cuts lines off, and wraps none anew. */
    public void resize(int columns, int rows) {
        synchronized (screen) {
            screen.setSize(Size.of(columns, rows));
        }
    }

    /** All that has been sent. */
    public String sent() {
        synchronized (screen) {
            return sent.toString(StandardCharsets.UTF_8);
        }
    }

    /** The lines that are seen, without blanks at their ends, up to the last that has something in it. */
    public String text() {
        synchronized (screen) {
            int columns = screen.getColumns();
            long[] cells = new long[columns * screen.getRows()];
            screen.dump(cells, new int[2]);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < cells.length; i++) {
                int codePoint = ScreenTerminal.cellCodePoint(cells[i]);
                text.appendCodePoint(codePoint == 0 ? ' ' : codePoint);
                text.append(i % columns == columns - 1 ? "\n" : "");
            }
            return text.toString()
                    .lines()
                    .map(String::stripTrailing)
                    .collect(Collectors.joining("\n"))
                    .stripTrailing();
        }
    }

    /** Column and row of the cursor. */
    public int[] cursor() {
        synchronized (screen) {
            int[] cursor = new int[2];
            screen.dump(new long[screen.getColumns() * screen.getRows()], cursor);
            return cursor;
        }
    }

    /** Waits until the text that is seen between two drawings is so, for a minute at most. */
    public void await(String what, Predicate<String> condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        synchronized (screen) {
            while (drawing || !condition.test(text())) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("waited in vain for " + what + "; the screen shows\n" + text());
                }
                try {
                    screen.wait(left);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }
}
