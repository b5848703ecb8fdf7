package lstm.bench;

import java.util.List;
import lstm.model.Cell;

/**
 * The size of a training that is measured.
 *
 * @param cell the recurrent layer
 * @param hidden H
 * @param layers L
 * @param batch B
 * @param steps T
 * @param attention N, 0 for none
 */
record Shape(Cell cell, int hidden, int layers, int batch, int steps, int attention) {

    /** The rows of the tables: LSTMs, the last of no power of two, the other cells, and attention. */
    static final List<Shape> ROWS = List.of(
            new Shape(Cell.LSTM, 128, 2, 50, 50),
            new Shape(Cell.LSTM, 256, 2, 50, 100),
            new Shape(Cell.LSTM, 512, 2, 64, 100),
            new Shape(Cell.LSTM, 1024, 1, 64, 100),
            new Shape(Cell.LSTM, 200, 2, 37, 61),
            new Shape(Cell.PEEPHOLE, 256, 2, 50, 100),
            new Shape(Cell.GRU, 256, 2, 50, 100),
            new Shape(Cell.RNN, 256, 2, 50, 100),
            new Shape(Cell.LSTM, 256, 2, 50, 100, 100));

    private Shape(Cell cell, int hidden, int layers, int batch, int steps) {
        this(cell, hidden, layers, batch, steps, 0);
    }

    /** Reads HIDDEN LAYERS BATCH SEQ. */
    static Shape parse(String[] args, int first) {
        return new Shape(
                Cell.LSTM,
                Integer.parseInt(args[first]),
                Integer.parseInt(args[first + 1]),
                Integer.parseInt(args[first + 2]),
                Integer.parseInt(args[first + 3]));
    }

    /** The same size of another kind. */
    Shape of(Cell other, int outputs) {
        return new Shape(other, hidden, layers, batch, steps, outputs);
    }

    /** Whether a peer can be asked for it: a plain LSTM. */
    boolean isPlain() {
        return cell == Cell.LSTM && attention == 0;
    }

    /** What {@link #parse} reads. */
    List<String> arguments() {
        return List.of("" + hidden, "" + layers, "" + batch, "" + steps);
    }

    @Override
    public String toString() {
        String memory = attention > 0 ? ", N " + attention : "";
        return cell.label() + " " + layers + " x " + hidden + memory + ", B " + batch + ", T " + steps;
    }
}
