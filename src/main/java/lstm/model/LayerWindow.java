package lstm.model;

import java.util.Arrays;
import java.util.List;
import lstm.kernel.CellStep;
import lstm.kernel.Columns;
import lstm.kernel.Kernel;
import lstm.kernel.StateGradients;
import org.jspecify.annotations.Nullable;
import org.ojalgo.matrix.store.R032Store;

/** A layer's activations in a window of T steps x B streams, allocated once. */
final class LayerWindow {

    /** What only training needs; with dropout a mask and its product, H x T*B. */
    record Training(StateGradients gradients, @Nullable Dropped dropped) {}

    record Dropped(float share, R032Store mask, R032Store output) {}

    private final int steps;
    private final CellStep cell;
    private final List<R032Store> states;
    private final @Nullable Training training;

    private LayerWindow(RecurrentLayer layer, int streams, int steps, @Nullable Training training) {
        this.steps = steps;
        this.training = training;
        int columns = Math.multiplyExact(streams, steps);
        cell = layer.newStep(matrix(layer.hidden(), Math.addExact(columns, streams)), columns);
        states = cell.states();
    }

    /** Activations for forward passes alone. */
    static LayerWindow forReading(RecurrentLayer layer, int streams, int steps) {
        return new LayerWindow(layer, streams, steps, null);
    }

    /** Activations for forward and backward passes. */
    static LayerWindow forTraining(RecurrentLayer layer, int streams, int steps, float dropout) {
        int h = layer.hidden();
        int columns = Math.multiplyExact(streams, steps);
        Dropped dropped = dropout == 0 ? null : new Dropped(dropout, matrix(h, columns), matrix(h, columns));
        StateGradients gradients = new StateGradients(matrix(h, columns), matrix(h, streams));
        return new LayerWindow(layer, streams, steps, new Training(gradients, dropped));
    }

    int steps() {
        return steps;
    }

    /** The states, the gates and what else the layer's cell keeps of every step. */
    CellStep cell() {
        return cell;
    }

    Training training() {
        if (training == null) {
            throw new IllegalStateException("this window is not for training");
        }
        return training;
    }

    /** What the layer above reads. */
    LayerInput.Hidden output() {
        if (training == null) {
            return new LayerInput.Hidden(cell.hidden(), cell.streams(), null);
        }
        Dropped dropped = training.dropped;
        R032Store dHidden = training.gradients.dHidden();
        return dropped == null
                ? new LayerInput.Hidden(cell.hidden(), cell.streams(), dHidden)
                : new LayerInput.Hidden(dropped.output, 0, dHidden);
    }

    /** Copies a shard's states before one step to where those before another one stand; T is the block behind the last step. */
    void copyStates(Shard shard, int from, int to) {
        Columns source = shard.step(from);
        for (int i = 0; i < states.size(); i++) {
            R032Store state = states.get(i);
            int rows = state.getRowDim();
            int target = shard.step(to).first() * rows;
            System.arraycopy(state.data, source.first() * rows, state.data, target, source.width() * rows);
        }
    }

    void drop(Kernel kernel, long key, Shard shard) {
        if (training != null && training.dropped != null) {
            Dropped dropped = training.dropped;
            kernel.dropoutMask(key, dropped.share, dropped.mask, shard.all());
            kernel.multiplyElements(cell.hidden(), shard.next(), dropped.mask, dropped.output, shard.all());
        }
    }

    /** Takes dHidden, so far the gradient by the dropped output, back through the mask, and clears what is carried. */
    void beginBackward(Kernel kernel, Shard shard) {
        Training t = training();
        if (t.dropped != null) {
            R032Store dHidden = t.gradients.dHidden();
            kernel.multiplyElements(dHidden, shard.all(), t.dropped.mask, dHidden, shard.all());
        }
        R032Store dCarried = t.gradients.dCarried();
        int rows = dCarried.getRowDim();
        Columns first = shard.step(0);
        Arrays.fill(dCarried.data, first.first() * rows, first.end() * rows, 0f);
    }

    /** The matrices whose blocks of B columns are states: hidden, then, where there is one, cell state. */
    List<R032Store> states() {
        return states;
    }

    /** Room for activations; ojAlgo makes an empty matrix, without a word, of one that does not fit into an array. */
    static R032Store matrix(int rows, long columns) {
        if (rows * columns > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException("a window of " + columns + " columns with " + rows
                    + " rows is too large; take a smaller --batch, --seq-length, --hidden or --attention");
        }
        return R032Store.FACTORY.make(rows, columns);
    }
}
