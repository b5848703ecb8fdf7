package lstm.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import lstm.kernel.BothKernels;
import lstm.kernel.KernelChoice;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ojalgo.matrix.store.R032Store;

/** The second link: the model in float against the naive reference, two windows in a row. */
@BothKernels
class NaiveReferenceTest {

    /**
     * Three times the relative error of an activation, 1e-6 or about 17 roundings, by far the largest of a step. Slopes of
     * at most 1/4 and 1 damp it on its way, but cells remember errors, and weights up to 2 pass them on: over a dozen seeds
     * the errors of 14 steps and 3 layers mostly stayed below two thirds of 1e-6, and one, of a single unit, reached 1e-6.
     */
    private static final double TOLERANCE = 3e-6;

    /**
     * Under attention: a score of up to 10, a sum of as many terms as there are units, is rounded by several times 10 * 2^-24, and
     * its softmax is off by that share.
     */
    private static final double ATTENTION_TOLERANCE = 1e-5;

    private static final int[] VOCABULARIES = {1, 2, 5, 65};
    private static final int[] STREAMS = {1, 3, 13};
    private static final int[] STEPS = {1, 2, 7};

    private final KernelChoice.Request kernel;

    NaiveReferenceTest(KernelChoice.Request kernel) {
        this.kernel = kernel;
    }

    @ParameterizedTest(name = "{0} layers of {1} units, dropout {2}")
    @CsvSource({
        "1, 1, 0",
        "1, 3, 0",
        "1, 17, 0",
        "1, 33, 0",
        "2, 1, 0",
        "2, 3, 0",
        "2, 17, 0",
        "2, 33, 0",
        "3, 1, 0",
        "3, 3, 0",
        "3, 17, 0",
        "3, 33, 0",
        "1, 1, 0.3",
        "1, 17, 0.3",
        "2, 3, 0.3",
        "2, 33, 0.3",
        "3, 17, 0.5",
        "3, 33, 0.5"
    })
    void lossLogitsStateAndEveryGradientAreTheReferences(int layers, int hidden, float dropout) {
        for (Cell cell : Cell.values()) {
            for (int vocabulary : VOCABULARIES) {
                for (int streams : STREAMS) {
                    for (int steps : STEPS) {
                        compare(new ModelConfig(cell, vocabulary, hidden, layers, dropout, 0), streams, steps);
                    }
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} layers of {1} units, embedding {2}, tied: {3}")
    @CsvSource({
        "1, 1, 1, false", "1, 3, 17, false", "2, 17, 5, false", "3, 33, 33, false",
        "1, 1, 1, true", "2, 3, 3, true", "1, 17, 17, true", "2, 33, 33, true"
    })
    void embeddedTokensAreRead(int layers, int hidden, int embedding, boolean tied) {
        for (Cell cell : Cell.values()) {
            for (int vocabulary : VOCABULARIES) {
                for (int streams : STREAMS) {
                    compare(
                            new ModelConfig(cell, vocabulary, hidden, layers, 0, 0).withEmbedding(embedding, tied),
                            streams,
                            7);
                    compare(
                            new ModelConfig(cell, vocabulary, hidden, layers, 0.3f, 0).withEmbedding(embedding, tied),
                            streams,
                            2);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} layers of {1} units, attention to {2}, dropout {3}")
    @CsvSource({"1, 1, 1, 0", "1, 3, 2, 0.3", "2, 17, 5, 0", "1, 33, 7, 0.3", "1, 17, 45, 0", "2, 3, 33, 0.3"})
    void thePastIsAttendedTo(int layers, int hidden, int attention, float dropout) {
        for (int streams : STREAMS) {
            for (Cell cell : Cell.values()) {
                for (int steps : STEPS) {
                    compare(attending(cell, layers, hidden, attention, dropout), streams, steps);
                }
            }
            // More than a block. The errors of an LSTM's states do not grow over so many steps, as those of an RNN do.
            for (int steps : new int[] {32, 33, 70}) {
                compare(attending(Cell.LSTM, layers, hidden, attention, dropout), streams, steps);
            }
        }
    }

    private static ModelConfig attending(Cell cell, int layers, int hidden, int attention, float dropout) {
        return new ModelConfig(cell, 5, hidden, layers, dropout, 0).withAttention(attention);
    }

    private void compare(ModelConfig config, int streams, int steps) {
        // Short windows follow each other in a memory for attention.
        int windows = config.attention() > 0 && steps < 32 ? 5 : 2;
        try (Twins twins = new Twins(kernel, config, streams, steps)) {
            for (int w = 1; w <= windows; w++) {
                assertSame(twins, config + ", window " + w + " of " + streams + " x " + steps);
            }
        }
    }

    private static void assertSame(Twins twins, String window) {
        double tolerance = twins.model.config().attention() > 0 ? ATTENTION_TOLERANCE : TOLERANCE;
        twins.nextTokens();
        R032Store logits = twins.logits();
        double loss = twins.model.loss(twins.window);
        twins.model.backward(twins.window);
        NaiveModel naive = twins.runNaive();

        assertThat(loss).as("loss of %s", window).isCloseTo(naive.loss, Offset.offset(tolerance * (1 + naive.loss)));
        assertClose(logits, naive.logits, 1, tolerance, "logits of " + window);
        for (Map.Entry<String, R032Store> state :
                twins.window.state().matrices().entrySet()) {
            assertClose(
                    state.getValue(), naive.state.get(state.getKey()), 1, TOLERANCE, state.getKey() + " of " + window);
        }
        for (Parameter parameter : twins.model.parameters()) {
            String name = parameter.name();
            int terms = twins.window.inputs().length;
            assertClose(parameter.gradient(), naive.gradients.get(name), terms, tolerance, name + " of " + window);
        }
    }

    /**
     * The elements of a gradient are sums of as many terms as there are predictions, each divided by their number n. The
     * sum may cancel, but the terms' errors have random signs and add up to about sqrt(n) / n of one.
     */
    private static void assertClose(
            R032Store actual, double[][] expected, int terms, double tolerance, String description) {
        double largest = 0;
        double error = 0;
        for (int r = 0; r < expected.length; r++) {
            for (int k = 0; k < expected[r].length; k++) {
                double difference = expected[r][k] - actual.data[k * expected.length + r];
                largest = Math.max(largest, Math.abs(expected[r][k]));
                // Math.max keeps NaN.
                error = Math.max(error, Math.abs(difference));
            }
        }
        assertThat(error).as("error of %s", description).isLessThan(tolerance * (largest + 1 / Math.sqrt(terms)));
    }
}
