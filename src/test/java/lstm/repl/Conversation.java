package lstm.repl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.terminal.impl.PosixPtyTerminal;
import org.jline.utils.ScreenTerminal;
import org.jline.utils.ScreenTerminalOutputStream;
import org.jline.utils.WCWidth;
import org.jspecify.annotations.Nullable;

/** A person at a terminal: types, and waits for what the screen shows, for half a minute at most. */
final class Conversation implements AutoCloseable {

    static final String TAB = "\t";
    static final String ENTER = "\r";
    static final String CTRL_C = "\u0003";
    static final String CTRL_D = "\u0004";
    static final String UP = "\u001bOA";
    static final String LEFT = "\u001bOD";
    static final String RIGHT = "\u001bOC";
    static final String CTRL_RIGHT = "\u001b[1;5C";
    static final String CTRL_F = "\u0006";
    static final String ALT_ENTER = "\u001b\r";
    static final String PASTE_BEGINS = "\u001b[200~";
    static final String PASTE_ENDS = "\u001b[201~";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int ROWS = 30;
    /** Bright black, in the emulator's twelve bits. */
    private static final int GREY = 0x888;

    /** How the terminal gets what is typed. */
    private interface Keyboard {
        void press(byte[] keys) throws IOException;
    }

    private final Terminal terminal;
    private final Keyboard keyboard;
    private final ScreenTerminal screen;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final Thread repl;
    private @Nullable Throwable failure;

    private Conversation(Session session, Path history, String type, int columns, boolean colours, boolean pty)
            throws IOException {
        screen = new ScreenTerminal(columns, ROWS);
        OutputStream emulator =
                new ScreenTerminalOutputStream(screen, StandardCharsets.UTF_8, OutputStream.nullOutputStream());
        OutputStream wire = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                synchronized (screen) {
                    sent.write(b);
                    emulator.write(b);
                    screen.notifyAll();
                }
            }

            @Override
            public void flush() throws IOException {
                synchronized (screen) {
                    emulator.flush();
                }
            }
        };
        if (pty) {
            PipedOutputStream keys = new PipedOutputStream();
            keyboard = typed -> {
                keys.write(typed);
                keys.flush();
            };
            terminal = TerminalBuilder.builder()
                    .name("test")
                    .type(type)
                    .system(false)
                    .exec(false)
                    .encoding(StandardCharsets.UTF_8)
                    .streams(new PipedInputStream(keys, 1 << 20), wire)
                    .size(Size.of(columns, ROWS))
                    .build();
        } else {
            LineDisciplineTerminal disciplined = new LineDisciplineTerminal("test", type, wire, StandardCharsets.UTF_8);
            keyboard = disciplined::processInputBytes;
            terminal = disciplined;
        }
        terminal.setSize(Size.of(columns, ROWS));
        repl = new Thread(
                () -> {
                    try {
                        new Repl(session, terminal, history, colours).run();
                    } catch (Throwable e) {
                        failure = e;
                    }
                },
                "repl");
        repl.setDaemon(true);
        repl.start();
    }

    /** In a terminal of 80 columns, at the first prompt. */
    static Conversation begin(Session session, Path history) throws IOException {
        return begin(session, history, "xterm", 80, true);
    }

    static Conversation begin(Session session, Path history, String type, int columns, boolean colours)
            throws IOException {
        return begin(new Conversation(session, history, type, columns, colours, false));
    }

    /** In a pseudo-terminal of the system's. */
    static Conversation inPty(Session session, Path history) throws IOException {
        return begin(new Conversation(session, history, "xterm-256color", 80, true, true));
    }

    private static Conversation begin(Conversation conversation) {
        conversation.awaitLast(">");
        return conversation;
    }

    boolean isPty() {
        return terminal instanceof PosixPtyTerminal;
    }

    void type(String... keys) throws IOException {
        for (String key : keys) {
            keyboard.press(key.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Types a line when there is an empty prompt: before, the terminal itself would echo it into what is shown. */
    void enter(String line) throws IOException {
        awaitLast(">");
        type(line, ENTER);
    }

    /** What the process gets where its terminal does not read Ctrl-C itself. */
    void interrupt() {
        terminal.raise(Terminal.Signal.INT);
    }

    /** The window gets another width, and the program its signal. */
    void resize(int columns) {
        synchronized (screen) {
            screen.setSize(Size.of(columns, ROWS));
        }
        terminal.setSize(Size.of(columns, ROWS));
        terminal.raise(Terminal.Signal.WINCH);
    }

    /** Waits until a line of the screen is this one. */
    void awaitLine(String line) {
        await("the line '" + line + "'", shown -> shown.lines().anyMatch(line::equals));
    }

    /** Waits until the last line of the screen with anything in it is this one. */
    void awaitLast(String line) {
        await("the last line '" + line + "'", shown -> shown.equals(line) || shown.endsWith("\n" + line));
    }

    void await(String what, Predicate<String> condition) {
        awaitTrue(what, () -> condition.test(screen()));
    }

    /** Waits until so many bytes have been sent to the terminal since the beginning. */
    void awaitSent(int bytes) {
        awaitTrue(bytes + " bytes", () -> sent.size() >= bytes);
    }

    private interface Condition {
        boolean holds();
    }

    private void awaitTrue(String what, Condition condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        synchronized (screen) {
            while (!condition.holds()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("waited in vain for " + what + "; the screen shows\n" + screen());
                }
                try {
                    screen.wait(left);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    /** What stands in grey, or faint where there is no grey: what nobody has typed. */
    String grey() {
        return cells(cell -> ScreenTerminal.cellDim(cell)
                || (ScreenTerminal.cellHasForeground(cell) && ScreenTerminal.cellForeground(cell) == GREY));
    }

    /** What is underlined. */
    String underlined() {
        return cells(ScreenTerminal::cellUnderline);
    }

    /** Waits until this, and no more, stands in grey behind the cursor. */
    void awaitGhost(String text) {
        awaitTrue("the ghost '" + text + "'", () -> ghost().equals(text));
    }

    /** Waits until the line with the cursor has this before the cursor. */
    void awaitTyped(String text) {
        awaitTrue("the typed '" + text + "'", () -> aroundCursor()[0].equals(text));
    }

    private String ghost() {
        String behind = aroundCursor()[1];
        String grey = grey();
        return grey.isEmpty() || grey.startsWith(behind) ? grey : "not behind the cursor: " + grey;
    }

    /** Of the line that the cursor is in. */
    private String[] aroundCursor() {
        synchronized (screen) {
            int columns = screen.getColumns();
            long[] cells = new long[columns * screen.getRows()];
            int[] cursor = new int[2];
            screen.dump(cells, cursor);
            StringBuilder before = new StringBuilder();
            StringBuilder behind = new StringBuilder();
            for (int x = 0; x < columns; x++) {
                (x < cursor[0] ? before : behind).append(shown(cells[cursor[1] * columns + x]));
            }
            return new String[] {before.toString(), behind.toString().stripTrailing()};
        }
    }

    /** The characters of the last lines that are so; of those above, the banner is faint. */
    private String cells(LongPredicate so) {
        synchronized (screen) {
            int columns = screen.getColumns();
            long[] cells = new long[columns * screen.getRows()];
            screen.dump(cells, new int[2]);
            StringBuilder text = new StringBuilder();
            for (int i = prompt() * columns; i < cells.length; i++) {
                text.append(so.test(cells[i]) ? shown(cells[i]) : "");
            }
            return text.toString();
        }
    }

    /** The last line that begins with a prompt. */
    private int prompt() {
        String[] lines = screen().split("\n", -1);
        int line = lines.length - 1;
        while (line > 0 && !lines[line].startsWith(">")) {
            line--;
        }
        return line;
    }

    private static String shown(long cell) {
        int codePoint = ScreenTerminal.cellCodePoint(cell);
        return codePoint == 0 ? "" : Character.toString(codePoint);
    }

    /** What a person sees: lines without blanks at their ends, up to the last that has something in it. */
    String screen() {
        synchronized (screen) {
            int columns = screen.getColumns();
            long[] cells = new long[columns * screen.getRows()];
            screen.dump(cells, new int[2]);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < cells.length; i++) {
                int codePoint = ScreenTerminal.cellCodePoint(cells[i]);
                boolean isSecondHalf = i > 0 && WCWidth.wcwidth(ScreenTerminal.cellCodePoint(cells[i - 1])) == 2;
                text.append(isSecondHalf ? "" : Character.toString(codePoint == 0 ? ' ' : codePoint));
                if (i % columns == columns - 1) {
                    text.setLength(text.toString().stripTrailing().length());
                    text.append('\n');
                }
            }
            return text.toString().replaceAll("[ ]+\n", "\n").stripTrailing();
        }
    }

    /** All that was sent to the terminal. */
    String sent() {
        synchronized (screen) {
            return sent.toString(StandardCharsets.UTF_8);
        }
    }

    /** Waits until the REPL has ended by itself. */
    void awaitEnd() {
        try {
            repl.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (repl.isAlive()) {
            throw new AssertionError("the REPL has not ended; the screen shows\n" + screen());
        }
        if (failure != null) {
            throw new AssertionError("the REPL has failed", failure);
        }
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
