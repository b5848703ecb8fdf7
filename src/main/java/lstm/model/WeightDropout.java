package lstm.model;

import java.util.List;
import lstm.kernel.Columns;
import lstm.kernel.Kernel;
import lstm.kernel.Workers;

/** What a training drops of all layers' recurrent weights, shared out to the workers in blocks of columns. */
final class WeightDropout {

    private final List<RecurrentWeight> weights;
    private final float share;
    private final int hidden;
    private final Workers workers;
    private final int blocks;
    // Kept, so that a step allocates nothing.
    private final Workers.Task drop = this::drop;
    private final Workers.Task dropGradient = this::dropGradient;
    private long key;

    /** Makes room for what is dropped of weights with H columns. */
    WeightDropout(List<RecurrentWeight> weights, float share, int hidden, Workers workers) {
        this.weights = weights;
        this.share = share;
        this.hidden = hidden;
        this.workers = workers;
        blocks = Math.min(workers.count(), hidden);
        weights.forEach(RecurrentWeight::prepareDropping);
    }

    /** Chooses anew what is dropped. */
    void drop(long windowKey) {
        key = windowKey;
        workers.run(weights.size() * blocks, drop);
    }

    /** After a backward pass: takes the gradients through the masks. */
    void dropGradients() {
        workers.run(weights.size() * blocks, dropGradient);
    }

    private void drop(Kernel kernel, int i) {
        int layer = i / blocks;
        // The layers' outputs have keys of their own: a complement is none of them.
        weights.get(layer).drop(kernel, ~LanguageModel.layerKey(key, layer), share, columns(i % blocks));
    }

    private void dropGradient(Kernel kernel, int i) {
        weights.get(i / blocks).dropGradient(kernel, columns(i % blocks));
    }

    private Columns columns(int block) {
        return Columns.part(hidden, block, blocks);
    }
}
