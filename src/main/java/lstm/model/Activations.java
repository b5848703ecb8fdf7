package lstm.model;

import java.util.Objects;
import lstm.kernel.CellStep;
import lstm.kernel.GruStep;
import lstm.kernel.LstmStep;
import lstm.kernel.PeepholeStep;
import org.ojalgo.matrix.store.R032Store;

/**
 * What every unit of every layer computed in a window's last forward pass, to be read: a view that shows the next pass as soon
 * as there is one, and nothing of use behind a backward pass, which puts gradients in the gates' place.
 */
public final class Activations {

    /**
     * Where an activation stands: in these rows of a matrix.
     *
     * @param row the first of H
     * @param block of B columns that the first step stands in
     */
    private record Place(R032Store matrix, int row, int block) {}

    private final Window window;

    Activations(Window window) {
        this.window = window;
    }

    /** H. */
    public int units() {
        return window.layer(0).cell().hidden().getRowDim();
    }

    /**
     * Copies the H values of a layer, counted from 0, after a step of a stream into the array, from an index on.
     *
     * @throws IllegalArgumentException where the layer's cell has no such activation
     * @throws IndexOutOfBoundsException where there is no such layer, step or stream, or no room in the array
     */
    public void copy(int layer, Activation kind, int step, int stream, float[] into, int at) {
        Objects.checkIndex(step, window.steps());
        Objects.checkIndex(stream, window.streams());
        Place place = place(window.layer(layer).cell(), kind);
        int column = (step + place.block) * window.streams() + stream;
        int from = column * place.matrix.getRowDim() + place.row;
        System.arraycopy(place.matrix.data, from, into, at, units());
        if (kind == Activation.CELL) {
            for (int r = at; r < at + units(); r++) {
                into[r] = tanh(into[r]);
            }
        }
    }

    /** Not Math.tanh, which takes several times as long; the error of 2e-16 is none in a float. */
    private static float tanh(float x) {
        return (float) (1 - 2 / (Math.exp(2.0 * x) + 1));
    }

    private static Place place(CellStep cell, Activation kind) {
        if (kind == Activation.HIDDEN) {
            return new Place(cell.hidden(), 0, 1);
        }
        if (cell instanceof PeepholeStep peephole) {
            return place(peephole.lstm(), kind);
        }
        int h = cell.hidden().getRowDim();
        if (cell instanceof LstmStep lstm) {
            return switch (kind) {
                case CELL -> new Place(lstm.cell(), 0, 1);
                case INPUT -> new Place(lstm.gates(), 0, 0);
                case FORGET -> new Place(lstm.gates(), h, 0);
                case CANDIDATE -> new Place(lstm.gates(), 2 * h, 0);
                case OUTPUT -> new Place(lstm.gates(), 3 * h, 0);
                default -> throw none(kind);
            };
        }
        if (cell instanceof GruStep gru) {
            return switch (kind) {
                case RESET -> new Place(gru.gates(), 0, 0);
                case UPDATE -> new Place(gru.gates(), h, 0);
                case CANDIDATE -> new Place(gru.inputs(), 2 * h, 0);
                default -> throw none(kind);
            };
        }
        throw none(kind);
    }

    private static IllegalArgumentException none(Activation kind) {
        return new IllegalArgumentException("the cell has no activation \"" + kind + "\"");
    }
}
