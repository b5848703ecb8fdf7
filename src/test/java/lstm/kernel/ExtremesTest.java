package lstm.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ojalgo.matrix.store.R032Store;

/** Operands from the ends of the float range make numbers, and the same ones on both kernels. */
class ExtremesTest {

    private static final int H = 37;
    private static final int STEPS = 3;
    private static final int STREAMS = 5;
    private static final Columns STEP = Columns.range(STREAMS, STREAMS);

    private final Kernel vector =
            KernelChoice.of(KernelChoice.Request.VECTOR).kernels().get();
    private final Kernel reference =
            KernelChoice.of(KernelChoice.Request.OJALGO).kernels().get();

    private static void assertAlike(R032Store actual, R032Store expected, double tolerance, String what) {
        for (int i = 0; i < expected.data.length; i++) {
            double error = Math.abs((double) actual.data[i] - expected.data[i]);
            assertThat(actual.data[i]).as("%s, element %d", what, i).isFinite();
            assertThat(error)
                    .as("%s, element %d: %s, expected %s", what, i, actual.data[i], expected.data[i])
                    .isLessThanOrEqualTo(tolerance * Math.max(1, Math.abs(expected.data[i])));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void lossesAndTheirGradients(int seed) {
        R032Store logits = Extremes.matrix(H, STEPS * STREAMS, seed);
        R032Store others = Matrices.copy(logits);
        R032Store losses = Matrices.zeros(1, STEPS * STREAMS);
        R032Store expected = Matrices.zeros(1, STEPS * STREAMS);
        int[] targets = Matrices.randomTokens(STEPS * STREAMS, H);
        Columns all = Columns.range(0, STEPS * STREAMS);

        vector.softmaxCrossEntropy(logits, all, targets, losses.data, 0.1f);
        reference.softmaxCrossEntropy(others, all, targets, expected.data, 0.1f);

        assertAlike(losses, expected, 1e-6, "losses");
        assertAlike(logits, others, 1e-6, "gradients");
    }

    @ParameterizedTest
    @EnumSource
    void cells(Steps.Kind kind) {
        Steps actual = Extremes.steps(kind, H, STEPS, STREAMS);
        Steps expected = Extremes.steps(kind, H, STEPS, STREAMS);

        vector.stepForward(actual.step(), STEP);
        reference.stepForward(expected.step(), STEP);

        List<R032Store> states = actual.step().states();
        for (int i = 0; i < states.size(); i++) {
            assertAlike(states.get(i), expected.step().states().get(i), 1e-6, "state " + i);
        }
        vector.stepBackward(actual.step(), actual.gradients(), STEP);
        reference.stepBackward(expected.step(), expected.gradients(), STEP);
        assertAlike(actual.gradients().dCarried(), expected.gradients().dCarried(), 1e-5, "carried gradient");
    }

    /** With what the optimizer lets through: gradients up to 1e18, whose squares are finite, and the largest steps. */
    @ParameterizedTest
    @ValueSource(floats = {1e-45f, 0.01f, 1e7f})
    void optimizerSteps(float stepSize) {
        R032Store gradient = Extremes.matrix(H, STREAMS, 1);
        AdamStep step = new AdamStep(stepSize, 0.9f, 0.999f, 1000f, 1e-8f, 1e-21f, 1);
        R032Store[] actual = {Extremes.matrix(H, STREAMS, 2), Matrices.zeros(H, STREAMS), Matrices.zeros(H, STREAMS)};
        R032Store[] expected = {Matrices.copy(actual[0]), Matrices.zeros(H, STREAMS), Matrices.zeros(H, STREAMS)};

        vector.adam(actual[0], gradient, actual[1], actual[2], 0, H * STREAMS, step);
        reference.adam(expected[0], gradient, expected[1], expected[2], 0, H * STREAMS, step);

        for (int i = 0; i < expected.length; i++) {
            assertAlike(
                    actual[i],
                    expected[i],
                    1e-6,
                    List.of("value", "first moment", "second moment").get(i));
        }
    }

    @Test
    void theSumOfSquaresOfTheLargestFloatsIsANumber() {
        R032Store large = Extremes.matrix(1000, 100, 1);

        double sum = vector.sumOfSquares(large, 0, large.data.length);

        assertThat(sum).isFinite().isGreaterThan(1e77);
        assertThat(reference.sumOfSquares(large, 0, large.data.length) / sum).isBetween(1 - 1e-12, 1 + 1e-12);
    }
}
