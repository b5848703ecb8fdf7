package lstm.cli;

import lstm.inspect.UnitTrace;

/** A form that a text and a unit's values are written in. */
interface UnitOutput extends UnitTrace.Sink {

    /** Ends the last line, where it has no end of its own. */
    void finish();
}
