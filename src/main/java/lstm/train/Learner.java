package lstm.train;

import java.util.Map;
import java.util.function.BooleanSupplier;
import lstm.batch.Cursor;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What makes a model better: a step on this machine, or a round of steps on many. A {@link Trainer} asks it again and again, and
 * sees to all else.
 */
public interface Learner {

    /**
     * What was learnt from at once.
     *
     * @param steps that it took
     * @param characters that were predicted
     * @param loss their mean in nats
     * @param fault why it is not to be learnt from; null where nothing is known of any
     */
    record Pass(
            int steps,
            long characters,
            double loss,
            @Nullable String fault) {}

    /** How many steps are one pass over the text. */
    long stepsPerEpoch();

    /** How many steps a pass takes, but for the last of a training. */
    int stepsPerPass();

    /** Where in the text it stands. */
    Cursor place();

    /**
     * Reads on in the text and finds out how the weights should change, but leaves them as they are.
     *
     * @param step how many were taken before
     * @param rollBacks what the training has come through
     * @param stop asked often, by all threads
     * @return null where it was given up, as if it had not begun
     */
    @Nullable
    Pass pass(long step, RollBacks rollBacks, BooleanSupplier stop);

    /**
     * Changes the weights by what the last pass has found.
     *
     * @return the norm of the gradient, before clipping
     */
    double update(double learningRate);

    /** Forgets everything but the place in the text: the model has other weights. */
    void forget();

    /** What it needs to go on, by the names of a checkpoint's training tensors. */
    Map<String, Tensor> tensors();

    /**
     * Goes on from a checkpoint.
     *
     * @param state what the checkpoint tells of its training
     * @param exactly whether text and windows are the same; where not, only the optimizer is restored
     * @throws TrainingException where it lacks something
     * @throws IllegalArgumentException or {@link IllegalStateException}, where something does not fit
     */
    void restore(Checkpoint checkpoint, TrainingState state, boolean exactly);
}
