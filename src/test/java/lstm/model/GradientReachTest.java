package lstm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ojalgo.matrix.store.R032Store;

class GradientReachTest {

    private static final int V = 5;
    private static final int LAGS = 6;
    private static final int[] TOKENS = {3, 1, 4, 1, 0, 2, 2, 4, 3, 0, 1};
    /** Of the central difference of a function whose third derivatives are about 1. */
    private static final double STEP = 1e-5;

    @ParameterizedTest
    @EnumSource
    void theNormsAreThoseOfTheReferencesDifferences(Cell cell) {
        for (int hidden : new int[] {1, 4}) {
            for (int layers = 1; layers <= 2; layers++) {
                ModelConfig config = new ModelConfig(cell, V, hidden, layers, 0.5f, 0.5f);
                compare(config);
            }
        }
    }

    private static void compare(ModelConfig config) {
        try (Workers workers = workers(2)) {
            LanguageModel model = LanguageModel.initialized(config, 1, workers);
            enlarge(model);
            GradientReach reach = new GradientReach(model, LAGS);
            reach.add(TOKENS);
            double[] ofTop = reach.norms()[config.layers() - 1];

            assertThat(ofTop[0]).isCloseTo(1, Offset.offset(1e-6));
            for (int lag = 1; lag <= LAGS; lag++) {
                double expected = norm(model, lag);
                assertThat(ofTop[lag])
                        .as("%s, lag %d", config, lag)
                        .isCloseTo(expected, Offset.offset(1e-5 * (1 + expected)));
            }
        }
    }

    private static void enlarge(LanguageModel model) {
        Random random = new Random(2);
        for (Parameter parameter : model.parameters()) {
            for (int i = 0; i < parameter.value().data.length; i++) {
                parameter.value().data[i] = 1.5f * (2 * random.nextFloat() - 1);
            }
        }
        model.weightsChanged();
    }

    /** The derivative of the top layer's output by its own so many steps before, by differences in double. */
    private static double norm(LanguageModel model, int lag) {
        int hidden = model.config().hidden();
        double sum = 0;
        for (int r = 0; r < hidden; r++) {
            double[] above = output(model, lag, r, STEP);
            double[] below = output(model, lag, r, -STEP);
            for (int i = 0; i < hidden; i++) {
                double slope = (above[i] - below[i]) / (2 * STEP);
                sum += slope * slope;
            }
        }
        return Math.sqrt(sum / hidden);
    }

    private static double[] output(LanguageModel model, int lag, int unit, double change) {
        NaiveModel naive = new NaiveModel(model.config(), 1);
        for (Parameter parameter : model.parameters()) {
            R032Store value = parameter.value();
            double[][] into = naive.weights.get(parameter.name());
            for (int i = 0; i < value.data.length; i++) {
                into[i % into.length][i / into.length] = value.data[i];
            }
        }
        String top = "h_l" + (model.config().layers() - 1);
        int[] first = Arrays.copyOf(TOKENS, TOKENS.length - lag);
        int[] rest = Arrays.copyOfRange(TOKENS, TOKENS.length - lag, TOKENS.length);
        naive.run(first, first, NaiveModel.Masks.NONE);
        naive.state.get(top)[unit][0] += change;
        naive.run(rest, rest, NaiveModel.Masks.NONE);
        return Arrays.stream(naive.state.get(top)).mapToDouble(row -> row[0]).toArray();
    }

    @Test
    void moreUnitsThanAreAskedForAreEstimated() {
        ModelConfig config = new ModelConfig(Cell.RNN, V, 96, 1, 0, 0);
        try (Workers workers = workers(1)) {
            LanguageModel model = LanguageModel.initialized(config, 1, workers);
            // h stays 0, where a step's derivative is U itself.
            model.parameters().stream()
                    .filter(p -> p.name().contains("_ih_"))
                    .forEach(p -> Arrays.fill(p.value().data, 0));
            model.weightsChanged();
            GradientReach reach = new GradientReach(model, 1);
            for (int i = 0; i < 8; i++) {
                reach.add(new int[] {0, 1});
            }

            assertThat(reach.norms()[0][0]).isCloseTo(1, Offset.offset(1e-6));
            // 8 x 32 estimates of the square, each with a relative deviation of about sqrt(2 / 96) or less: 1% at most.
            double expected = norm(model, 1);
            assertThat(reach.norms()[0][1]).isCloseTo(expected, Offset.offset(0.05 * expected));
        }
    }

    @Test
    void aTextMustBeLongerThanTheLags() {
        try (Workers workers = workers(1)) {
            GradientReach reach = new GradientReach(
                    LanguageModel.initialized(new ModelConfig(Cell.GRU, V, 2, 1, 0, 0), 1, workers), 3);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> reach.add(new int[3]))
                    .withMessage("expected more than 3 tokens, found 3");
        }
    }

    private static Workers workers(int threads) {
        return new Workers(threads, KernelChoice.of(KernelChoice.Request.AUTO).kernels());
    }
}
