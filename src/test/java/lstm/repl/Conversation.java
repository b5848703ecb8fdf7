package lstm.repl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.utils.ScreenTerminal;
import org.jline.utils.ScreenTerminalOutputStream;
import org.jspecify.annotations.Nullable;

/** A person at a terminal: types, and waits for what the screen shows, for half a minute at most. */
final class Conversation implements AutoCloseable {

    static final String TAB = "\t";
    static final String ENTER = "\r";
    static final String CTRL_C = "\u0003";
    static final String CTRL_D = "\u0004";
    static final String UP = "\u001bOA";
    static final String LEFT = "\u001bOD";
    static final String PASTE_BEGINS = "\u001b[200~";
    static final String PASTE_ENDS = "\u001b[201~";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int ROWS = 30;

    private final LineDisciplineTerminal terminal;
    private final ScreenTerminal screen;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final Thread repl;
    private @Nullable Throwable failure;

    private Conversation(Session session, Path history, String type, int columns, boolean colours) throws IOException {
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
        terminal = new LineDisciplineTerminal("test", type, wire, StandardCharsets.UTF_8);
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
        Conversation conversation = new Conversation(session, history, type, columns, colours);
        conversation.awaitLast(">");
        return conversation;
    }

    void type(String... keys) throws IOException {
        for (String key : keys) {
            terminal.processInputBytes(key.getBytes(StandardCharsets.UTF_8));
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

    /** What a person sees: lines without blanks at their ends, up to the last that has something in it. */
    String screen() {
        synchronized (screen) {
            int columns = screen.getColumns();
            long[] cells = new long[columns * screen.getRows()];
            screen.dump(cells, new int[2]);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < cells.length; i++) {
                int codePoint = ScreenTerminal.cellCodePoint(cells[i]);
                text.appendCodePoint(codePoint == 0 ? ' ' : codePoint);
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
