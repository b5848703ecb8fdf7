package lstm.model;

import java.util.List;
import java.util.Locale;

/** What a unit of a layer computes at every step, all of it between -1 and 1. */
public enum Activation {
    /** Tanh of the cell state, as the output gate lets it through. */
    CELL,
    /** The hidden state, which is the unit's output. */
    HIDDEN,
    /** How much of the candidate enters the cell state of an LSTM. */
    INPUT,
    /** How much of an LSTM's cell state is kept. */
    FORGET,
    /** What may enter the cell state of an LSTM, or the hidden state of a GRU. */
    CANDIDATE,
    /** How much of an LSTM's cell state is let through. */
    OUTPUT,
    /** How much of the recurrent product enters the candidate of a GRU. */
    RESET,
    /** How much of a GRU's hidden state is kept. */
    UPDATE;

    /** Those of a kind of cell; the first is its memory. */
    public static List<Activation> of(Cell cell) {
        return switch (cell) {
            case LSTM, PEEPHOLE -> List.of(CELL, HIDDEN, INPUT, FORGET, CANDIDATE, OUTPUT);
            case GRU -> List.of(HIDDEN, RESET, UPDATE, CANDIDATE);
            case RNN -> List.of(HIDDEN);
        };
    }

    /** Whether it is a gate, between 0 and 1. */
    public boolean isGate() {
        return switch (this) {
            case INPUT, FORGET, OUTPUT, RESET, UPDATE -> true;
            case CELL, HIDDEN, CANDIDATE -> false;
        };
    }

    /** The name in options and files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return label();
    }
}
