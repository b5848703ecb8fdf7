package lstm.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first link: the naive reference's gradients are the slopes of its loss. */
class NumericalGradientTest {

    private static final int VOCABULARY = 4;
    private static final int STREAMS = 3;
    private static final int STEPS = 4;

    /** Where the errors of truncation, h^2, and of rounding, 2^-53 / h, are about the same. */
    private static final double H = 1e-5;
    /** The same under attention, whose softmax is one of 10 times a cosine: its third derivatives are some 10^3 / 6 times larger. */
    private static final double ATTENTION_H = 1e-6;
    /** Ten times h^2, for a loss whose third derivatives are about 1; the gradients are about 1e-3 to 1e-1. */
    private static final double TOLERANCE = 1e-9;

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void everyGradientIsTheSlopeOfTheLoss(Cell cell) {
        for (int layers = 1; layers <= 3; layers++) {
            for (int hidden : new int[] {1, 3, 5}) {
                new Check(oneHot(cell, layers, hidden), NaiveModel.Masks.NONE).run();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void everyGradientIsTheSlopeOfTheLossUnderDropout(Cell cell) {
        NaiveModel.Masks masks = (layer, unit, column) -> (layer + 2 * unit + 3 * column) % 5 == 0 ? 0 : 1.25;
        new Check(oneHot(cell, 1, 3), masks).run();
        new Check(oneHot(cell, 2, 1), masks).run();
        new Check(oneHot(cell, 2, 5), masks).run();
        new Check(oneHot(cell, 3, 3), masks).run();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void everyGradientIsTheSlopeOfTheLossOfEmbeddedTokens(Cell cell) {
        ModelConfig apart = new ModelConfig(cell, VOCABULARY, 3, 2, 0, 0).withEmbedding(5, false);
        new Check(apart, NaiveModel.Masks.NONE).run();
        ModelConfig tied = new ModelConfig(cell, VOCABULARY, 3, 2, 0, 0).withEmbedding(3, true);
        new Check(tied, NaiveModel.Masks.NONE).run();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void everyGradientIsTheSlopeOfTheLossWithAttention(Cell cell) {
        NaiveModel.Masks masks = (layer, unit, column) -> (layer + 2 * unit + 3 * column) % 5 == 0 ? 0 : 1.25;
        for (int attention : new int[] {1, 2, 7}) {
            new Check(oneHot(cell, 1, 3).withAttention(attention), NaiveModel.Masks.NONE).run();
            new Check(oneHot(cell, 2, 5).withAttention(attention), masks).run();
        }
    }

    private static ModelConfig oneHot(Cell cell, int layers, int hidden) {
        return new ModelConfig(cell, VOCABULARY, hidden, layers, 0, 0);
    }

    /** One random model and one window of random tokens, run again and again from one random state. */
    private static final class Check {
        private final NaiveModel model;
        private final NaiveModel.Masks masks;
        private final double h;
        private final int stateSeed;
        private final int[] inputs;
        private final int[] targets;

        Check(ModelConfig config, NaiveModel.Masks masks) {
            this.masks = masks;
            h = config.attention() > 0 ? ATTENTION_H : H;
            Random random = new Random(config.layers() * 10L + config.hidden());
            model = new NaiveModel(config, STREAMS);
            fill(model.weights, random);
            stateSeed = random.nextInt();
            inputs = random.ints(STEPS * STREAMS, 0, VOCABULARY).toArray();
            targets = random.ints(STEPS * STREAMS, 0, VOCABULARY).toArray();
        }

        void run() {
            for (String name : model.weights.names()) {
                loss();
                double[][] gradient = model.gradients.get(name);
                double[][] weight = model.weights.get(name);
                for (int r = 0; r < weight.length; r++) {
                    for (int k = 0; k < weight[r].length; k++) {
                        assertThat(gradient[r][k])
                                .as("gradient of %s, row %d, column %d", name, r, k)
                                .isCloseTo(slope(weight[r], k), Offset.offset(TOLERANCE));
                    }
                }
            }
        }

        private double slope(double[] weights, int k) {
            double value = weights[k];
            weights[k] = value + h;
            double above = loss();
            weights[k] = value - h;
            double below = loss();
            weights[k] = value;
            return (above - below) / (2 * h);
        }

        private double loss() {
            fill(model.state, new Random(stateSeed));
            model.run(inputs, targets, masks);
            return model.loss;
        }

        private static void fill(NaiveModel.Tensors tensors, Random random) {
            for (String name : tensors.names()) {
                for (double[] row : tensors.get(name)) {
                    for (int k = 0; k < row.length; k++) {
                        row[k] = random.nextDouble() * 2 - 1;
                    }
                }
            }
        }
    }
}
