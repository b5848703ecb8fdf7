package lstm.repl;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import lstm.text.Symbols;
import lstm.text.Unit;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * The REPL in a terminal.
 *
 * <p>What follows stands behind the typed text, repeated in bold, so that the whole reads as one text. Control characters
 * that a model makes are shown spelled out: a model trained on escape sequences must not drive the terminal.
 */
public final class Repl {

    private static final String PROMPT = "> ";
    // JLine tells of terminals it cannot open; the dumb one that it then takes is answer enough.
    private static final Logger JLINE = Logger.getLogger("org.jline");

    private final Session session;
    private final Commands commands;
    private final Terminal terminal;
    private final LineReader reader;
    private final boolean styled;
    private final AtomicBoolean interrupted = new AtomicBoolean();

    Repl(Session session, Terminal terminal, Path history, boolean colours) {
        this.session = session;
        this.terminal = terminal;
        commands = new Commands(session);
        styled = colours && !terminal.getType().startsWith(Terminal.TYPE_DUMB);
        reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(new WholeLineParser())
                .completer(new ModelCompleter(session, commands))
                .variable(LineReader.HISTORY_FILE, history)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
                .option(LineReader.Option.AUTO_FRESH_LINE, true)
                .build();
    }

    /**
     * Talks to the person at the process's terminal until they leave.
     *
     * @param history file of the lines typed, kept between runs
     * @param colours whether the person wants any
     */
    public static void run(Session session, Path history, boolean colours) throws IOException {
        JLINE.setLevel(Level.OFF);
        try (Terminal terminal =
                TerminalBuilder.builder().system(true).dumb(true).build()) {
            new Repl(session, terminal, history, colours).run();
        }
    }

    void run() {
        terminal.handle(Terminal.Signal.INT, signal -> interrupted.set(true));
        say(session.model().name() + ": Enter goes on with your text, Tab shows continuations, :help tells the rest");
        boolean goesOn = true;
        while (goesOn) {
            try {
                goesOn = serve(reader.readLine(PROMPT));
            } catch (UserInterruptException e) {
                interrupted.set(false); // Ctrl-C at the prompt clears the line, and that is all
            } catch (EndOfFileException e) {
                break;
            } catch (RuntimeException e) {
                say("lstm: " + e.getMessage());
            }
        }
        terminal.flush();
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
        session.begin(text);
        List<Integer> unknown = session.unknown(text);
        if (!unknown.isEmpty()) {
            say("left out: " + Symbols.describe(session.vocabulary().unit(), unknown));
        }
        interrupted.set(false);
        print(text, AttributedStyle.BOLD);
        session.complete(this::write, interrupted::get);
        terminal.writer().println();
        terminal.flush();
        return true;
    }

    private void write(int token) {
        int symbol = session.vocabulary().codePoint(token);
        boolean drives = Character.getType(symbol) == Character.CONTROL && symbol != '\n' && symbol != '\t';
        if (drives && (symbol < 0x80 || session.vocabulary().unit() == Unit.CHARACTER)) {
            terminal.writer().print(Symbols.plain(symbol));
        } else if (session.vocabulary().unit() == Unit.BYTE) {
            writeRaw(token);
        } else {
            terminal.writer().print(Character.toString(symbol));
        }
        terminal.flush();
    }

    /** A byte of a character in UTF-8, which the terminal puts together. */
    private void writeRaw(int token) {
        try {
            terminal.flush();
            terminal.output().write(session.vocabulary().bytes(token));
        } catch (IOException e) {
            throw new IllegalStateException("the terminal is gone", e);
        }
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
