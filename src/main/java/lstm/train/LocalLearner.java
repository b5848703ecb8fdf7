package lstm.train;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import lstm.batch.Cursor;
import lstm.batch.Windows;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.Tensor;
import lstm.model.LanguageModel;
import lstm.model.Window;
import lstm.optimize.Adam;
import org.jspecify.annotations.Nullable;

/** Truncated backpropagation through time (Williams and Peng, 1990) and Adam, window by window, on this machine. */
final class LocalLearner implements Learner {

    private final LanguageModel model;
    private final TrainingConfig config;
    private final Windows windows;
    private final Window window;
    private final Adam adam;
    private Cursor cursor = Cursor.START;

    LocalLearner(LanguageModel model, TrainingData data, TrainingConfig config) {
        if (model.config().vocabulary() != data.vocabulary().size()) {
            throw new IllegalArgumentException(
                    "the model knows " + model.config().vocabulary() + " symbols, the text has "
                            + data.vocabulary().size());
        }
        this.model = model;
        this.config = config;
        windows = new Windows(data.training(), config.shape());
        window =
                model.newTrainingWindow(config.shape().streams(), config.shape().steps());
        window.filledBy((from, to) -> windows.fill(cursor, from, to, window.inputs(), window.targets()));
        adam = new Adam(model.parameters(), model.workers());
    }

    @Override
    public long stepsPerEpoch() {
        return windows.perEpoch();
    }

    @Override
    public int stepsPerPass() {
        return 1;
    }

    @Override
    public Cursor place() {
        return cursor;
    }

    @Override
    public @Nullable Pass pass(long step, RollBacks rollBacks, BooleanSupplier stop) {
        if (cursor.startsEpoch()) {
            window.resetState();
        }
        window.dropoutKey(dropoutKey(config.seed(), step));
        OptionalDouble loss = model.workers().attempt(() -> model.lossAndGradients(window), stop);
        if (loss.isEmpty()) {
            window.goBack();
            return null;
        }
        cursor = cursor.next(windows.perEpoch());
        return new Pass(1, window.inputs().length, loss.getAsDouble(), null);
    }

    /** One key for every step of every seed: neighbours in a sequence that SplitMix64's finalizer scatters. */
    private static long dropoutKey(long seed, long step) {
        return (seed * 0x9e3779b97f4a7c15L) ^ (step * 0xd1342543de82ef95L);
    }

    @Override
    public double update(double learningRate) {
        double norm = adam.step(learningRate, config.clip(), config.weightDecay());
        model.weightsChanged();
        return norm;
    }

    @Override
    public void forget() {
        adam.forget();
        window.resetState();
    }

    @Override
    public Map<String, Tensor> tensors() {
        return TrainingTensors.of(adam, window.state(), cursor, config.seed());
    }

    @Override
    public void restore(Checkpoint checkpoint, TrainingState state, boolean exactly) {
        adam.restore(TrainingTensors.optimizerSteps(checkpoint, state), TrainingTensors.moments(checkpoint));
        if (exactly) {
            window.restore(TrainingTensors.state(checkpoint));
            cursor = TrainingTensors.cursor(checkpoint, state, windows.perEpoch());
        }
    }
}
