package lstm.repl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lstm.text.Symbols;
import lstm.text.TerminalText;

/**
 * The REPL behind a pipe: every line is a text to go on with or a command; texts with what follows go to standard output, each
 * ended by a newline, and nothing else does.
 */
public final class PipedRepl {

    private final Session session;
    private final Commands commands;
    private final BufferedReader in;
    private final PrintStream out;
    private final boolean spelledOut;
    private final PrintStream err;
    private TerminalText shown = new TerminalText();
    private boolean failed;

    /** A REPL between these streams; the input is UTF-8. To a terminal, control characters are spelled out. */
    public PipedRepl(Session session, InputStream in, PrintStream out, boolean outIsTerminal, PrintStream err) {
        this.session = session;
        this.commands = new Commands(session, out::checkError, false);
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
        spelledOut = outIsTerminal;
        this.err = err;
    }

    /**
     * Serves every line until the input ends, {@code :quit}, or nobody reads any more.
     *
     * @return whether every line could be served
     */
    public boolean run() throws IOException {
        for (String line = in.readLine(); line != null && !out.checkError(); line = in.readLine()) {
            try {
                if (!serve(line)) {
                    break;
                }
            } catch (RuntimeException e) {
                failed = true;
                err.println("lstm: " + TerminalText.line(String.valueOf(e.getMessage())));
            }
        }
        return !failed;
    }

    private boolean serve(String line) {
        if (Lines.hasText(line)) {
            write(line);
            return true;
        }
        Outcome outcome = commands.run(line);
        if (outcome.said().length() > 0) {
            err.println(outcome.said());
        }
        switch (outcome.then()) {
            case COMPLETION -> complete(outcome.text());
            case NEXT -> {
                if (outcome.text().length > 0) {
                    err.println(TerminalText.show(session.text(outcome.text())));
                }
            }
            case END -> {}
        }
        return outcome.then() != Outcome.Then.END;
    }

    private void write(String line) {
        String text = Lines.text(line);
        int[] beginning = Lines.goesOn(line) ? session.goOn(text) : session.begin(text);
        List<Integer> unknown = session.unknown(text);
        if (!unknown.isEmpty()) {
            err.println("left out: " + Symbols.describe(session.vocabulary().unit(), unknown));
        }
        complete(beginning);
    }

    private void complete(int[] beginning) {
        shown = new TerminalText();
        for (int token : beginning) {
            write(token);
        }
        session.complete(this::write, out::checkError);
        out.println();
    }

    private void write(int token) {
        if (spelledOut) {
            out.print(shown.show(session.vocabulary(), token));
            return;
        }
        byte[] bytes = session.vocabulary().bytes(token);
        out.write(bytes, 0, bytes.length);
    }
}
