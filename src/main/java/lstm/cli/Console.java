package lstm.cli;

import java.io.InputStream;
import java.io.PrintStream;

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

    static Console ofProcess() {
        return new Console(
                System.in,
                System.out,
                System.err,
                StandardStreams.outputIsTerminal(),
                StandardStreams.errorIsTerminal(),
                StandardStreams.interactive());
    }

    /** A line beside the text: what was done, or decided for the user. */
    void note(String line) {
        err.println(line);
    }
}
