package lstm.model;

import java.util.Arrays;
import java.util.Random;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import org.ojalgo.matrix.store.R032Store;

/** A model and its naive reference with the same random weights, states and tokens. */
final class Twins implements AutoCloseable {

    final LanguageModel model;
    private final NaiveModel naive;
    final Window window;
    private final Window other;
    private final Random random;
    private long key;

    Twins(KernelChoice.Request kernel, ModelConfig config, int streams, int steps) {
        random = new Random(seed(config, streams, steps));
        model = new LanguageModel(config, new Workers(1, KernelChoice.of(kernel).kernels()));
        naive = new NaiveModel(config, streams);
        // Larger than an initialized model's weights: saturated gates are to be met.
        float bound = (float) (2 / Math.sqrt(config.hidden()));
        for (Parameter parameter : model.parameters()) {
            fill(parameter.value(), bound, random);
            copy(parameter.value(), naive.weights.get(parameter.name()));
        }
        model.weightsChanged();
        window = model.newTrainingWindow(streams, steps);
        other = model.newTrainingWindow(streams, steps);
        RecurrentState state = window.state();
        state.matrices().forEach((name, matrix) -> {
            fill(matrix, 1, random);
            copy(matrix, naive.state.get(name));
        });
        window.restore(state);
    }

    /** Of numbers alone: a record with an enum has another hash code in every run. */
    private static long seed(ModelConfig config, int streams, int steps) {
        return Arrays.hashCode(new int[] {
            config.cell().label().hashCode(), config.vocabulary(), config.hidden(), config.layers(), streams, steps
        });
    }

    /** New tokens, and with dropout new masks, on both sides. */
    void nextTokens() {
        int vocabulary = model.config().vocabulary();
        for (int j = 0; j < window.inputs().length; j++) {
            window.inputs()[j] = random.nextInt(vocabulary);
            window.targets()[j] = random.nextInt(vocabulary);
        }
        key = random.nextLong();
        window.dropoutKey(key);
    }

    /** The logits of the pass that {@code loss} is going to make and to overwrite with their gradients. */
    R032Store logits() {
        other.restore(window.state());
        System.arraycopy(window.inputs(), 0, other.inputs(), 0, other.inputs().length);
        other.dropoutKey(key);
        model.forward(other);
        return other.logits();
    }

    /** The reference after its pass over the window's tokens, with the masks of the window's last pass. */
    NaiveModel runNaive() {
        naive.run(window.inputs(), window.targets(), this::mask);
        return naive;
    }

    private double mask(int layer, int unit, int column) {
        LayerWindow.Dropped dropped = window.layer(layer).training().dropped();
        return dropped == null ? 1 : dropped.mask().data[column * model.config().hidden() + unit];
    }

    private static void fill(R032Store matrix, float bound, Random random) {
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = (2 * random.nextFloat() - 1) * bound;
        }
    }

    private static void copy(R032Store from, double[][] into) {
        for (int r = 0; r < into.length; r++) {
            for (int k = 0; k < into[r].length; k++) {
                into[r][k] = from.data[k * into.length + r];
            }
        }
    }

    @Override
    public void close() {
        model.workers().close();
    }
}
