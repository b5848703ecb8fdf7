package lstm.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import lstm.live.Columns;
import lstm.text.TerminalText;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a run.
 *
 * @param in standard input
 * @param out standard output, for generated text and what was asked for
 * @param err standard error, for progress, notes and errors
 * @param outIsTerminal whether a person reads {@code out}
 * @param errIsTerminal whether a person reads {@code err}
 * @param interactive whether a person types and reads
 */
record Console(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        boolean interactive) {

    private static final String CLEAR_LINE = "\r\033[K";
    private static final String KEEP_TO_LINE = "\033[?7l";
    private static final String WRAP_LINES = "\033[?7h";

    static Console ofProcess() {
        return new Console(
                System.in,
                System.out,
                System.err,
                StandardStreams.outputIsTerminal(),
                StandardStreams.errorIsTerminal(),
                StandardStreams.interactive());
    }

    /** Of the terminal that standard output is; empty where it is none. */
    OptionalInt columns() {
        return outIsTerminal ? Columns.ofTerminal(StandardStreams.OUTPUT_DESCRIPTOR) : OptionalInt.empty();
    }

    /** Why standard output could not be written; null where it could, or where nobody reads on. */
    @Nullable
    IOException outFailure() {
        return out instanceof StandardOutput standard ? standard.failure() : null;
    }

    /** The same with another standard error. */
    Console withErr(PrintStream other) {
        return new Console(in, out, other, outIsTerminal, errIsTerminal, interactive);
    }

    /** The same with nobody to hear notes. */
    Console silent() {
        return withErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    /**
     * A line beside the text: what was done, or decided for the user. It takes the place of a line of progress. Control characters,
     * which the name of a file may hold, are spelled out.
     */
    void note(String line) {
        lines(TerminalText.line(line));
    }

    /** The same of several lines, as they are. */
    void lines(String lines) {
        err.println(errIsTerminal ? CLEAR_LINE + lines : lines);
    }

    /** A line of progress, which the next one takes the place of; only for a terminal, which cuts it at its edge. */
    void progress(String line) {
        err.print(CLEAR_LINE + KEEP_TO_LINE + line + WRAP_LINES);
    }

    /** Takes the line of progress away, where there may be one. */
    void endProgress() {
        if (errIsTerminal) {
            err.print(CLEAR_LINE);
        }
    }
}
