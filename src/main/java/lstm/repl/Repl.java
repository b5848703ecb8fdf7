package lstm.repl;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import lstm.text.Symbols;
import lstm.text.TerminalText;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * The REPL in a terminal.
 *
 * <p>What follows stands behind the typed text, repeated in bold, so that the whole reads as one text.
 */
public final class Repl {

    static final String PROMPT = "> ";
    /** Tokens at the end of a text that are shown when it stands somewhere else. */
    private static final int SHOWN = 400;
    // JLine tells of terminals it cannot open; the dumb one that it then takes is answer enough.
    private static final Logger JLINE = Logger.getLogger("org.jline");

    private final Session session;
    private final Commands commands;
    private final Terminal terminal;
    private final GhostReader reader;
    private final boolean dumb;
    private final boolean styled;
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private TerminalText display = new TerminalText();

    Repl(Session session, Terminal terminal, @Nullable Path history, boolean colours) {
        this.session = session;
        this.terminal = terminal;
        dumb = isDumb(terminal);
        styled = colours && !dumb;
        commands = new Commands(session, interrupted::get, styled);
        reader = LineReaders.reader(terminal, session, commands, history, colours);
    }

    /**
     * Talks to the person at the process's terminal until they leave.
     *
     * @param history file of the lines typed, kept between runs; null for none
     * @param colours whether the person wants any
     */
    public static void run(Session session, @Nullable Path history, boolean colours) throws IOException {
        JLINE.setLevel(Level.OFF);
        try (Terminal terminal = open()) {
            if (isDumb(terminal)) { // JLine leaves it to the process that Ctrl-C is typed there
                Signals.register("INT", () -> terminal.raise(Terminal.Signal.INT));
            }
            new Repl(session, terminal, history, colours).run();
        }
    }

    private static Terminal open() throws IOException {
        // Without the commands that JLine would run, each some ten milliseconds, unless nothing else works.
        Terminal terminal = builder().exec(false).build();
        if (isDumb(terminal) && !Terminal.TYPE_DUMB.equals(System.getenv("TERM"))) {
            terminal.close();
            return builder().build();
        }
        return terminal;
    }

    private static TerminalBuilder builder() {
        // Not asked how it counts emoji: a terminal that does not answer, or shows the question, would spoil the start.
        return TerminalBuilder.builder().system(true).dumb(true).graphemeCluster(false);
    }

    static boolean isDumb(Terminal terminal) {
        return terminal.getType().startsWith(Terminal.TYPE_DUMB);
    }

    void run() {
        terminal.handle(Terminal.Signal.INT, signal -> interrupted.set(true));
        say(session.model().name() + ": Enter goes on, " + (reader.showsGhost() ? "Right takes the grey, " : "")
                + "Tab offers words, :help");
        boolean goesOn = true;
        while (goesOn) {
            try {
                goesOn = serve(readLine());
            } catch (UserInterruptException e) {
                leaveLine(); // Ctrl-C at the prompt clears the line, and that is all
            } catch (EndOfFileException e) {
                leaveLine();
                break;
            } catch (RuntimeException e) {
                say("lstm: " + TerminalText.line(String.valueOf(e.getMessage())));
            }
        }
        reader.close();
        terminal.flush();
    }

    private String readLine() {
        try {
            return reader.readLine(PROMPT);
        } finally {
            reader.rest();
        }
    }

    /** In a dumb terminal JLine stays behind the prompt; elsewhere it has gone to a new line. */
    private void leaveLine() {
        if (dumb) {
            say("");
        }
    }

    private boolean serve(String line) {
        interrupted.set(false);
        if (Lines.hasText(line)) {
            write(line);
            return true;
        }
        Outcome outcome = commands.run(line);
        if (outcome.said().length() > 0) {
            say(outcome.said());
        }
        if (outcome.then() == Outcome.Then.COMPLETION) {
            complete(() -> show(outcome.text()));
        } else if (outcome.text().length > 0) {
            show(outcome.text());
            terminal.writer().println();
            terminal.flush();
        }
        return outcome.then() != Outcome.Then.END;
    }

    private void write(String line) {
        String text = Lines.text(line);
        boolean goesOn = text.isEmpty() || Lines.goesOn(line);
        if (goesOn) {
            session.goOn(text);
        } else {
            session.begin(text);
            display = new TerminalText();
        }
        List<Integer> unknown = session.unknown(text);
        if (!unknown.isEmpty()) {
            say("left out: " + Symbols.describe(session.vocabulary().unit(), unknown));
        }
        complete(() -> print(new AttributedString(TerminalText.show(text), AttributedStyle.BOLD)));
    }

    private void complete(Runnable beginning) {
        boolean echo = terminal.echo(false); // what is typed meanwhile shows at the next prompt, not in the text
        try {
            beginning.run();
            session.complete(this::write, interrupted::get);
        } finally {
            terminal.echo(echo);
            terminal.writer().println();
            terminal.flush();
        }
    }

    /** The end of a text in bold; nothing where there is none. */
    private void show(int[] text) {
        if (text.length == 0) {
            return;
        }
        display = new TerminalText();
        StringBuilder end = new StringBuilder(text.length > SHOWN ? "…" : "");
        IntStream.of(text)
                .skip(Math.max(0, text.length - SHOWN))
                .forEach(token -> end.append(display.show(session.vocabulary(), token)));
        print(new AttributedString(end, AttributedStyle.BOLD));
    }

    private void write(int token) {
        terminal.writer().print(display.show(session.vocabulary(), token));
        terminal.flush();
    }

    private void say(String line) {
        say(new AttributedString(line, AttributedStyle.DEFAULT.faint()));
    }

    private void say(AttributedString lines) {
        print(lines);
        terminal.writer().println();
        terminal.flush();
    }

    private void print(AttributedString text) {
        if (styled) {
            text.print(terminal);
        } else {
            terminal.writer().print(text);
        }
    }
}
