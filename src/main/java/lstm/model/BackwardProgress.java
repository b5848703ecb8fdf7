package lstm.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import lstm.kernel.Workers;

/**
 * How far a backward pass has come, last step first: the gradient of a layer's weights can be computed for the later half of the
 * steps as soon as all shards have come to the earlier one, and for all as soon as they have left that layer, while some are at
 * work below it; what was summed in parts can be added up as soon as the last of them is there.
 */
final class BackwardProgress {

    private final Workers workers;
    private final int steps;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Milestone> all = new ArrayList<>();

    /**
     * What shards pass in a layer.
     *
     * @param half of the steps
     * @param steps told of every step
     */
    private record Layer(Milestone half, Milestone end, IntConsumer steps) {}

    /** Of so many recurrent layers, with the output layer behind them, over so many steps. */
    BackwardProgress(Workers workers, int layers, int shards, int steps) {
        this.workers = workers;
        this.steps = steps;
        for (int i = 0; i <= layers; i++) {
            Milestone half = milestone(shards);
            this.layers.add(new Layer(half, milestone(shards), step -> pass(half, step)));
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

    /**
     * To be told by a shard of each step of a recurrent layer, last to first, as soon as the gates' gradients of it are there; a pass
     * that is to stop ends there.
     */
    IntConsumer steps(int layer) {
        return layers.get(layer).steps;
    }

    private void pass(Milestone half, int step) {
        workers.goOn();
        if (step == steps / 2) {
            reach(half);
        }
    }

    /** A shard has left a layer. */
    void leave(int layer) {
        if (isWhole(layer)) {
            reach(layers.get(layer).half);
        }
        reach(layers.get(layer).end);
    }

    /** Whether a layer has no halves: a step is not cut, nor is the output layer, which knows none. */
    private boolean isWhole(int layer) {
        return steps == 1 || layer == layers.size() - 1;
    }

    private void reach(Milestone milestone) {
        if (milestone.reach()) {
            workers.announce();
        }
    }

    /** Waits until all shards are through the later half of a layer's steps: T/2, rounded down, to T - 1. */
    void awaitLaterHalf(int layer) {
        workers.await(layers.get(layer).half.complete);
    }

    /** Waits until all shards have left a layer. */
    void await(int layer) {
        workers.await(layers.get(layer).end.complete);
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
