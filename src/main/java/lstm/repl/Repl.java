package lstm.repl;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import lstm.text.Symbols;
import lstm.text.TerminalText;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Signals;

/**
 * The REPL in a terminal.
 *
 * <p>What follows stands behind the typed text, repeated in bold, so that the whole reads as one text.
 */
public final class Repl {

    private static final String PROMPT = "> ";
    // JLine tells of terminals it cannot open; the dumb one that it then takes is answer enough.
    private static final Logger JLINE = Logger.getLogger("org.jline");

    /** What of JLine's lists has a colour unless told otherwise. */
    private static final List<String> COLOURED = List.of(
            LineReader.COMPLETION_STYLE_STARTING,
            LineReader.COMPLETION_STYLE_DESCRIPTION,
            LineReader.COMPLETION_STYLE_LIST_STARTING,
            LineReader.COMPLETION_STYLE_LIST_DESCRIPTION,
            LineReader.COMPLETION_STYLE_LIST_BACKGROUND);

    private final Session session;
    private final Commands commands;
    private final Terminal terminal;
    private final LineReader reader;
    private final boolean dumb;
    private final boolean styled;
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private TerminalText display = new TerminalText();

    Repl(Session session, Terminal terminal, Path history, boolean colours) {
        this.session = session;
        this.terminal = terminal;
        commands = new Commands(session);
        dumb = isDumb(terminal);
        styled = colours && !dumb;
        reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("lstm")
                .parser(new WholeLineParser())
                .completer(new ModelCompleter(session, commands))
                .variable(LineReader.HISTORY_FILE, history)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
                // Every space counts: it is the model's text.
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, false)
                .option(LineReader.Option.HISTORY_REDUCE_BLANKS, false)
                .build();
        if (!styled) {
            COLOURED.forEach(style -> reader.setVariable(style, "fg:default"));
        }
    }

    /**
     * Talks to the person at the process's terminal until they leave.
     *
     * @param history file of the lines typed, kept between runs
     * @param colours whether the person wants any
     */
    public static void run(Session session, Path history, boolean colours) throws IOException {
        JLINE.setLevel(Level.OFF);
        // Not asked how it counts emoji: a terminal that does not answer, or shows the question, would spoil the start.
        try (Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .dumb(true)
                .graphemeCluster(false)
                .build()) {
            if (isDumb(terminal)) { // JLine leaves it to the process that Ctrl-C is typed there
                Signals.register("INT", () -> terminal.raise(Terminal.Signal.INT));
            }
            new Repl(session, terminal, history, colours).run();
        }
    }

    private static boolean isDumb(Terminal terminal) {
        return terminal.getType().startsWith(Terminal.TYPE_DUMB);
    }

    void run() {
        terminal.handle(Terminal.Signal.INT, signal -> interrupted.set(true));
        say(session.model().name() + ": Enter goes on with your text, Tab offers words, :help");
        boolean goesOn = true;
        while (goesOn) {
            try {
                goesOn = serve(reader.readLine(PROMPT));
            } catch (UserInterruptException e) {
                leaveLine(); // Ctrl-C at the prompt clears the line, and that is all
            } catch (EndOfFileException e) {
                leaveLine();
                break;
            } catch (RuntimeException e) {
                say("lstm: " + e.getMessage());
            }
        }
        terminal.flush();
    }

    /** In a dumb terminal JLine stays behind the prompt; elsewhere it has gone to a new line. */
    private void leaveLine() {
        if (dumb) {
            say("");
        }
    }

    private boolean serve(String line) {
        if (Lines.isCommand(line)) {
            Commands.Outcome outcome = commands.run(line);
            if (!outcome.text().isEmpty()) {
                say(outcome.text());
            }
            return outcome.goesOn();
        }
        String text = Lines.text(line);
        interrupted.set(false);
        session.begin(text);
        if (!text.isEmpty()) {
            display = new TerminalText();
        }
        List<Integer> unknown = session.unknown(text);
        if (!unknown.isEmpty()) {
            say("left out: " + Symbols.describe(session.vocabulary().unit(), unknown));
        }
        boolean echo = terminal.echo(false); // what is typed meanwhile shows at the next prompt, not in the text
        try {
            print(TerminalText.show(text), AttributedStyle.BOLD);
            session.complete(this::write, interrupted::get);
        } finally {
            terminal.echo(echo);
            terminal.writer().println();
            terminal.flush();
        }
        return true;
    }

    private void write(int token) {
        terminal.writer().print(display.show(session.vocabulary(), token));
        terminal.flush();
    }

    private void say(String line) {
        print(line, AttributedStyle.DEFAULT.faint());
        terminal.writer().println();
        terminal.flush();
    }

    private void print(String text, AttributedStyle style) {
        if (styled) {
            new AttributedStringBuilder()
                    .styled(style, text)
                    .toAttributedString()
                    .print(terminal);
        } else {
            terminal.writer().print(text);
        }
    }
}
