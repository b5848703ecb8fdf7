package lstm.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import lstm.kernel.Workers;

/**
 * How far a backward pass has come: the gradient of a layer's weights can be computed as soon as all shards have left that layer,
 * while some are at work below it; what was summed in parts can be added up as soon as the last of them is there.
 */
final class BackwardProgress {

    private final Workers workers;
    private final List<Milestone> layers = new ArrayList<>();
    private final List<Milestone> all = new ArrayList<>();

    /** Of so many layers, counting the output layer, which is the last one. */
    BackwardProgress(Workers workers, int layers, int shards) {
        this.workers = workers;
        for (int i = 0; i < layers; i++) {
            this.layers.add(milestone(shards));
        }
    }

    /** Another milestone of every pass, that so many tasks reach. */
    Milestone milestone(int tasks) {
        Milestone milestone = new Milestone(tasks);
        all.add(milestone);
        return milestone;
    }

    /** Before a pass. */
    void begin() {
        for (Milestone milestone : all) {
            milestone.reached.set(0);
        }
    }

    /** A shard has left a layer. */
    void leave(int layer) {
        if (layers.get(layer).reach()) {
            workers.announce();
        }
    }

    /** Waits until all shards have left a layer. */
    void await(int layer) {
        workers.await(layers.get(layer).complete);
    }

    /** What is done as soon as a number of tasks are. */
    static final class Milestone {

        private final int tasks;
        private final AtomicInteger reached = new AtomicInteger();
        // Kept, so that a pass allocates nothing.
        private final BooleanSupplier complete = this::isComplete;

        private Milestone(int tasks) {
            this.tasks = tasks;
        }

        private boolean isComplete() {
            return reached.get() == tasks;
        }

        /** A task is done; returns whether it is the last one, which sees what the others wrote. */
        boolean reach() {
            return reached.incrementAndGet() == tasks;
        }
    }
}
