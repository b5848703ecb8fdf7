package lstm.model;

import java.util.Arrays;
import java.util.List;
import lstm.kernel.Columns;
import lstm.kernel.Kernel;
import org.jspecify.annotations.Nullable;
import org.ojalgo.matrix.store.R032Store;

/** A layer's activations in a window of T steps x B streams, allocated once. */
final class LayerWindow {

    /** What only training needs: dHidden H x T*B, dCell H x B, and with dropout a mask and its product, H x T*B. */
    record Training(
            R032Store dHidden, R032Store dCell, @Nullable Dropped dropped) {}

    record Dropped(float share, R032Store mask, R032Store output) {}

    private final int streams;
    private final int steps;
    private final R032Store gates;
    private final R032Store hidden;
    private final R032Store cell;
    private final R032Store tanhCell;
    private final List<R032Store> states;
    private final @Nullable Training training;

    private LayerWindow(int gateRows, int hiddenSize, int streams, int steps, @Nullable Training training) {
        this.streams = streams;
        this.steps = steps;
        this.training = training;
        int columns = Math.multiplyExact(streams, steps);
        gates = matrix(gateRows, columns);
        hidden = matrix(hiddenSize, columns + streams);
        cell = matrix(hiddenSize, columns + streams);
        tanhCell = matrix(hiddenSize, columns);
        states = List.of(hidden, cell);
    }

    /** Activations for forward passes alone. */
    static LayerWindow forReading(int gateRows, int hiddenSize, int streams, int steps) {
        return new LayerWindow(gateRows, hiddenSize, streams, steps, null);
    }

    /** Activations for forward and backward passes. */
    static LayerWindow forTraining(int gateRows, int hiddenSize, int streams, int steps, float dropout) {
        int columns = Math.multiplyExact(streams, steps);
        Dropped dropped =
                dropout == 0 ? null : new Dropped(dropout, matrix(hiddenSize, columns), matrix(hiddenSize, columns));
        Training training = new Training(matrix(hiddenSize, columns), matrix(hiddenSize, streams), dropped);
        return new LayerWindow(gateRows, hiddenSize, streams, steps, training);
    }

    int streams() {
        return streams;
    }

    int steps() {
        return steps;
    }

    /** Gates before, then after their activation, then their gradients: gate rows x T*B. */
    R032Store gates() {
        return gates;
    }

    /** H x (T+1)*B. */
    R032Store hidden() {
        return hidden;
    }

    /** H x (T+1)*B. */
    R032Store cell() {
        return cell;
    }

    /** tanh of the cell state behind every step, H x T*B. */
    R032Store tanhCell() {
        return tanhCell;
    }

    Training training() {
        if (training == null) {
            throw new IllegalStateException("this window is not for training");
        }
        return training;
    }

    /** What the layer above reads. */
    LayerInput output() {
        if (training == null) {
            return new LayerInput.Hidden(hidden, streams, null);
        }
        Dropped dropped = training.dropped;
        return dropped == null
                ? new LayerInput.Hidden(hidden, streams, training.dHidden)
                : new LayerInput.Hidden(dropped.output, 0, training.dHidden);
    }

    /** Moves the shard's state behind the last window to the front of this one. */
    void carryState(Shard shard) {
        for (int i = 0; i < states.size(); i++) {
            R032Store state = states.get(i);
            int rows = state.getRowDim();
            int from = shard.step(steps).first() * rows;
            System.arraycopy(
                    state.data,
                    from,
                    state.data,
                    shard.step(0).first() * rows,
                    shard.step(0).width() * rows);
        }
    }

    void drop(Kernel kernel, long key, Shard shard) {
        if (training != null && training.dropped != null) {
            Dropped dropped = training.dropped;
            kernel.dropoutMask(key, dropped.share, dropped.mask, shard.all());
            kernel.multiplyElements(hidden, shard.next(), dropped.mask, dropped.output, shard.all());
        }
    }

    /** Takes dHidden, so far the gradient by the dropped output, back through the mask, and clears dCell. */
    void beginBackward(Kernel kernel, Shard shard) {
        Training t = training();
        if (t.dropped != null) {
            kernel.multiplyElements(t.dHidden, shard.all(), t.dropped.mask, t.dHidden, shard.all());
        }
        int rows = t.dCell.getRowDim();
        Columns first = shard.step(0);
        Arrays.fill(t.dCell.data, first.first() * rows, first.end() * rows, 0f);
    }

    /** The matrices whose blocks of B columns are states: hidden, then cell state. */
    List<R032Store> states() {
        return states;
    }

    /** Room for activations; ojAlgo makes an empty matrix, without a word, of one that does not fit into an array. */
    static R032Store matrix(int rows, int columns) {
        if ((long) rows * columns > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException("a window of " + columns + " columns with " + rows
                    + " rows is too large; take a smaller --batch, --seq-length or --hidden");
        }
        return R032Store.FACTORY.make(rows, columns);
    }
}
