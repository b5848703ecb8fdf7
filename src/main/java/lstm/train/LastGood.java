package lstm.train;

import java.util.LinkedHashMap;
import java.util.Map;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.Tensor;
import lstm.model.LanguageModel;
import lstm.model.Parameter;
import org.jspecify.annotations.Nullable;
import org.ojalgo.matrix.store.R032Store;

/**
 * The model that a training goes back to where it explodes: the best on validation so far. It is the only one that was measured, and
 * it stands in the checkpoint anyway. Before there is one, or without validation, it is a copy made every {@value
 * #STEPS_BETWEEN_COPIES} steps.
 *
 * <p>A copy reads and writes each weight once, of which a step of the optimizer alone reads and writes seven numbers: every 200 steps
 * that is a thousandth of the time at most, and it allocates nothing but the first time.
 */
final class LastGood {

    static final int STEPS_BETWEEN_COPIES = 200;

    private static final String TENSOR = "good.";

    private final LanguageModel model;
    private @Nullable Double bestLoss;
    /** The best on validation by PyTorch's names, or else the copy by those of the parameters; empty before a training begins. */
    private Map<String, R032Store> weights = Map.of();

    private long step;

    LastGood(LanguageModel model) {
        this.model = model;
    }

    /** The lowest validation loss so far; null where there is none. */
    @Nullable
    Double bestLoss() {
        return bestLoss;
    }

    /** Behind which step it stood. */
    long step() {
        return step;
    }

    /** The weights for use: the best, or the last where nothing was validated. */
    Map<String, R032Store> usable() {
        return bestLoss == null ? model.weights() : weights;
    }

    /** Begins, unless it has been restored, with the model as it is. */
    void begin(long now) {
        if (weights.isEmpty()) {
            copy(now);
        }
    }

    /** Hears of a step, after which the model may be good. */
    void stepped(long now) {
        if (bestLoss == null && now % STEPS_BETWEEN_COPIES == 0) {
            copy(now);
        }
    }

    /** Hears of a validation, after which the model may be the best. */
    void validated(long now, double loss) {
        if (bestLoss == null || loss < bestLoss) {
            bestLoss = loss;
            weights = model.weights();
            step = now;
        }
    }

    private void copy(long now) {
        Map<String, R032Store> into = weights.isEmpty() ? new LinkedHashMap<>() : weights;
        for (Parameter parameter : model.parameters()) {
            R032Store value = parameter.value();
            R032Store copy = into.computeIfAbsent(
                    parameter.name(), name -> R032Store.FACTORY.make(value.getRowDim(), value.getColDim()));
            System.arraycopy(value.data, 0, copy.data, 0, copy.data.length);
        }
        weights = into;
        step = now;
    }

    /** Gives the model its weights. */
    void goBack() {
        model.load(weights);
    }

    /** What a checkpoint keeps of it beside the best weights: the copy, where that is what it is. */
    Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        if (bestLoss == null) {
            weights.forEach((name, matrix) -> tensors.put(TENSOR + name, Tensor.matrix(matrix)));
        }
        return tensors;
    }

    /**
     * Takes up what a checkpoint has kept; one that was made before they did has nothing.
     *
     * @throws IllegalArgumentException where a tensor is of another shape
     * @throws TrainingException where one is missing, or holds what is no number
     */
    void restore(Checkpoint checkpoint, @Nullable Double best, long goodStep) {
        bestLoss = best;
        step = goodStep;
        if (best != null) {
            weights = checkpoint.weights();
            return;
        }
        weights = Map.of();
        if (checkpoint.trainingTensors().keySet().stream().anyMatch(name -> name.startsWith(TENSOR))) {
            Map<String, R032Store> copy = new LinkedHashMap<>();
            model.parameters().forEach(parameter -> copy.put(parameter.name(), kept(parameter, checkpoint)));
            weights = copy;
        }
    }

    private static R032Store kept(Parameter parameter, Checkpoint checkpoint) {
        String name = TENSOR + parameter.name();
        R032Store store = TrainingTensors.store(checkpoint, name);
        R032Store value = parameter.value();
        boolean fits = store.getRowDim() == value.getRowDim() && store.getColDim() == value.getColDim();
        if (!fits) {
            throw new IllegalArgumentException("its tensor training." + name + " is of another shape than its weights");
        }
        return store;
    }
}
