package lstm.cli;

import java.io.PrintStream;
import lstm.inspect.InspectedText;
import lstm.inspect.UnitTrace;
import lstm.model.Activation;

/** A form that a text and a unit's values are written in. */
interface UnitOutput extends UnitTrace.Sink {

    /** Colours, or bars below the lines. */
    static UnitOutput forPeople(PrintStream out, InspectedText text, UnitName unit, Activation kind, boolean painted) {
        String what =
                kind == Activation.CELL ? "tanh of the cell state" : kind.isGate() ? kind + " gate" : kind.label();
        String title = "unit " + unit + ", " + what;
        return painted
                ? new UnitPainting(out, DivergingScale.of(System.getenv("COLORTERM")), text, title, kind)
                : new UnitBars(out, text, title, kind);
    }

    /** Ends the last line, where it has no end of its own. */
    void finish();
}
