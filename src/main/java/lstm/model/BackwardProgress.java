package lstm.model;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;
import lstm.kernel.Workers;

/**
 * How far the shards' backward passes have come: the gradient of a layer's weights can be computed as soon as all shards have
 * left that layer, while some are at work below it.
 */
final class BackwardProgress {

    private final Workers workers;
    private final AtomicIntegerArray shardsBehind;
    private final BooleanSupplier[] left;

    /** Of so many layers, counting the output layer, which is the last one. */
    BackwardProgress(Workers workers, int layers, int shards) {
        this.workers = workers;
        shardsBehind = new AtomicIntegerArray(layers);
        left = new BooleanSupplier[layers];
        for (int i = 0; i < layers; i++) {
            int layer = i;
            left[i] = () -> shardsBehind.get(layer) == shards;
        }
    }

    /** Before a pass. */
    void begin() {
        for (int i = 0; i < left.length; i++) {
            shardsBehind.set(i, 0);
        }
    }

    /** A shard has left a layer. */
    void leave(int layer) {
        shardsBehind.incrementAndGet(layer);
        workers.announce();
    }

    /** Waits until all shards have left a layer. */
    void await(int layer) {
        workers.await(left[layer]);
    }
}
