package lstm.kernel;

import static lstm.kernel.Matrices.at;
import static lstm.kernel.Matrices.copy;
import static lstm.kernel.Matrices.random;
import static lstm.kernel.Matrices.randomTokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.ojalgo.matrix.store.R032Store;

@BothKernels
class SoftmaxCrossEntropyTest {

    private static final Columns COLUMNS = new Columns(1, 2, 5, 3);
    private static final int COUNT = COLUMNS.end() + 2;
    private static final float UNTOUCHED = -7;

    @SuppressWarnings("unused") // read by FieldSource
    static final Iterable<Integer> SIZES = Matrices.SIZES;

    private final Kernel kernel;

    SoftmaxCrossEntropyTest(KernelChoice.Request request) {
        kernel = KernelChoice.of(request).kernels().get();
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void lossAndGradientAreThoseOfTheirDefinition(int v) {
        R032Store logits = random(v, COUNT, 20);
        int[] targets = randomTokens(COUNT, v);
        R032Store losses = Matrices.zeros(1, COUNT);
        Arrays.fill(losses.data, UNTOUCHED);
        Expected expectedLosses = Expected.unchanged(losses);
        Expected expectedGradient = Expected.unchanged(logits);
        for (int j = 0; j < COLUMNS.count(); j++) {
            expect(COLUMNS.at(j), logits, targets[COLUMNS.at(j)], 0.25, expectedLosses, expectedGradient);
        }

        kernel.softmaxCrossEntropy(logits, COLUMNS, targets, losses.data, 0.25f);

        expectedLosses.assertMatches(losses, "losses over %d symbols".formatted(v));
        expectedGradient.assertMatches(logits, "gradient over %d symbols".formatted(v));
    }

    private static void expect(int j, R032Store logits, int target, double scale, Expected losses, Expected gradient) {
        int v = logits.getRowDim();
        double max = Double.NEGATIVE_INFINITY;
        for (int r = 0; r < v; r++) {
            max = Math.max(max, at(logits, r, j));
        }
        double sum = 0;
        for (int r = 0; r < v; r++) {
            sum += Math.exp(at(logits, r, j) - max);
        }
        // The exponent, at most 40 in size, is rounded; so are exp itself, as an activation is, and v additions.
        double relative = (v + 40) * Sum.ROUNDING + ActivationAccuracyTest.TOLERANCE;
        double loss = Math.log(sum) + max - at(logits, target, j);
        losses.set(0, j, loss, relative + Math.abs(loss) * Sum.ROUNDING);
        for (int r = 0; r < v; r++) {
            double p = Math.exp(at(logits, r, j) - max) / sum;
            double hit = r == target ? 1 : 0;
            gradient.set(r, j, scale * (p - hit), scale * (2 * relative * p + hit * Sum.ROUNDING));
        }
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void aScaleOfZeroKeepsTheLogitsAndGivesTheSameLosses(int v) {
        R032Store logits = random(v, COUNT, 20);
        R032Store kept = copy(logits);
        float[] losses = new float[COUNT];
        float[] expected = new float[COUNT];

        kernel.softmaxCrossEntropy(logits, COLUMNS, randomTokens(COUNT, v), losses, 0);

        assertThat(logits.data).isEqualTo(kept.data);
        kernel.softmaxCrossEntropy(logits, COLUMNS, randomTokens(COUNT, v), expected, 1);
        assertThat(losses).isEqualTo(expected);
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void equalLogitsAreAFairDie(int v) {
        R032Store logits = Matrices.zeros(v, 1);
        Arrays.fill(logits.data, 1e30f);

        float loss = loss(logits, v - 1, 1);

        assertThat(loss).isCloseTo((float) Math.log(v), Offset.offset(1e-6f));
        for (int r = 0; r < v - 1; r++) {
            assertThat(logits.data[r]).isCloseTo(1f / v, Offset.offset(1e-6f / v));
        }
        assertThat(logits.data[v - 1]).isCloseTo(1f / v - 1, Offset.offset(1e-6f));
    }

    @Test
    void oneSymbolIsNoSurprise() {
        R032Store logits = Matrices.column(-1e30f);

        assertThat(loss(logits, 0, 1)).isZero();
        assertThat(logits.data).containsExactly(0);
    }

    @Test
    void hugeLogitsGiveFiniteLossesAndGradients() {
        R032Store hit = Matrices.column(-1e30f, 1e30f, 0);
        R032Store missed = copy(hit);

        assertThat(loss(hit, 1, 1)).isZero();
        assertThat(hit.data).containsExactly(new float[] {0, 0, 0}, Offset.offset(2 * Float.MIN_NORMAL));
        assertThat(loss(missed, 0, 0.5f)).isEqualTo(2e30f);
        assertThat(missed.data).containsExactly(new float[] {-0.5f, 0.5f, 0}, Offset.offset(2 * Float.MIN_NORMAL));
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void aLogitThatIsNotANumberShowsInTheLoss(int v) {
        for (int r = 0; r < v; r++) {
            R032Store logits = random(v, 1);
            logits.data[r] = Float.NaN;

            assertThat(loss(logits, 0, 0)).as("NaN in row %d of %d", r, v).isNaN();
        }
    }

    @Test
    void logitsFromBothEndsOfTheFloatRangeGiveTheLargestLossAndFiniteGradients() {
        float max = Float.MAX_VALUE;
        float impossible = Float.NEGATIVE_INFINITY;
        for (float[] values : new float[][] {
            {-max, max, 0},
            {-3e38f, 3e38f, 3e38f},
            {impossible, 0, -5},
            {impossible, max, -max},
            {impossible, -max, impossible}
        }) {
            R032Store logits = Matrices.column(values);

            assertThat(loss(logits, 0, 0.5f)).as(Arrays.toString(values)).isEqualTo(max);

            assertThat(logits.data[0]).as(Arrays.toString(values)).isEqualTo(-0.5f, Offset.offset(1e-7f));
            assertThat(logits.data[1] + logits.data[2]).isEqualTo(0.5f, Offset.offset(1e-7f));
        }
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void denormalLogitsAreAFairDieToo(int v) {
        R032Store logits = Matrices.zeros(v, 1);
        for (int r = 0; r < v; r++) {
            logits.data[r] = (r % 2 == 0 ? 1 : -1) * r * Float.MIN_VALUE;
        }

        assertThat(loss(logits, 0, 0)).isCloseTo((float) Math.log(v), Offset.offset(1e-6f));
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void theLeastLogitsThatThereAreAreAFairDieToo(int v) {
        R032Store logits = Matrices.zeros(v, 1);
        Arrays.fill(logits.data, -Float.MAX_VALUE);

        assertThat(loss(logits, 0, 0)).isCloseTo((float) Math.log(v), Offset.offset(1e-6f));
    }

    private float loss(R032Store logits, int target, float scale) {
        float[] losses = new float[1];
        kernel.softmaxCrossEntropy(logits, Columns.range(0, 1), new int[] {target}, losses, scale);
        return losses[0];
    }
}
