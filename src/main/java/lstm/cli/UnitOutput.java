package lstm.cli;

import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import lstm.inspect.InspectedText;
import lstm.inspect.UnitTrace;
import lstm.model.Activation;

/** A form that a text and a unit's values are written in, line by line. */
abstract class UnitOutput implements UnitTrace.Sink {

    private final PrintStream reader;
    /** Buffers what goes to the reader. */
    final PrintStream out;

    UnitOutput(PrintStream reader) {
        this.reader = reader;
        out = new PrintStream(new BufferedOutputStream(reader), false, StandardCharsets.UTF_8);
    }

    /** Colours, or bars below the lines. */
    static UnitOutput forPeople(Console console, InspectedText text, UnitName unit, Activation kind, boolean painted) {
        String what =
                kind == Activation.CELL ? "tanh of the cell state" : kind.isGate() ? kind + " gate" : kind.label();
        String title = "unit " + unit + ", " + what;
        PrintStream reader = console.out();
        return painted
                ? new UnitPainting(reader, DivergingScale.of(System.getenv("COLORTERM")), text, title, kind)
                : new UnitBars(reader, text, title, kind, console.columns().orElse(80));
    }

    /** Whether something stands in a line that has not ended. */
    abstract boolean isLineOpen();

    abstract void endLine();

    @Override
    public final boolean isFull() {
        out.flush();
        // The reader's stream itself: it keeps its errors from the one that buffers.
        return reader.checkError();
    }

    /** Ends the last line, where it has no end of its own. */
    final void finish() {
        if (isLineOpen()) {
            endLine();
        }
        out.flush();
    }
}
