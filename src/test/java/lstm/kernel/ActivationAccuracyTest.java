package lstm.kernel;

import static lstm.kernel.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.ojalgo.matrix.store.R032Store;

/** The logistic function and tanh, read off the gates of an LSTM step, against {@link Math}'s in double. */
@BothKernels
class ActivationAccuracyTest {

    /** Relative error of an activation: about 17 roundings. */
    static final double TOLERANCE = 1e-6;

    /** Below, exp(-x) nears the largest float: the logistic function may stop at about 1e-38 instead of going to 0. */
    private static final double FLOOR = -87;

    private final Kernel kernel;

    ActivationAccuracyTest(KernelChoice.Request request) {
        kernel = KernelChoice.of(request).kernels().get();
    }

    @Test
    void theLogisticFunctionIsAccurateEverywhere() {
        assertAccurate(dense(), logistic(dense()), Control::logistic);
        assertAccurate(everyMagnitude(), logistic(everyMagnitude()), Control::logistic);
    }

    @Test
    void theHyperbolicTangentIsAccurateEverywhere() {
        assertAccurate(dense(), tanh(dense()), Math::tanh);
        assertAccurate(everyMagnitude(), tanh(everyMagnitude()), Math::tanh);
    }

    @Test
    void anOpenOutputGateHidesNothingOfTheCellState() {
        assertSameBits(hidden(dense()), tanh(dense()), "dense");
        assertSameBits(hidden(everyMagnitude()), tanh(everyMagnitude()), "every magnitude");
    }

    @Test
    void theHyperbolicTangentKeepsTheSignOfZero() {
        assertSameBits(tanh(new float[] {0f, -0f}), new float[] {0f, -0f}, "zeros");
    }

    /** Wherever in a vector, or behind the last whole one, a number stands. */
    @Test
    void anActivationDependsOnItsArgumentAlone() {
        float[] x = Arrays.copyOfRange(dense(), 6300, 6337);
        for (int i = 0; i < x.length; i++) {
            float[] rest = Arrays.copyOfRange(x, i, x.length);
            assertSameBits(logistic(rest), Arrays.copyOfRange(logistic(x), i, x.length), "logistic from " + i);
            assertSameBits(tanh(rest), Arrays.copyOfRange(tanh(x), i, x.length), "tanh from " + i);
        }
    }

    @Test
    void activationsSaturateAtInfinity() {
        float[] infinities = {Float.NEGATIVE_INFINITY, -Float.MAX_VALUE, Float.MAX_VALUE, Float.POSITIVE_INFINITY};

        assertThat(tanh(infinities)).containsExactly(-1, -1, 1, 1);
        assertThat(hidden(infinities)).containsExactly(-1, -1, 1, 1);
        assertThat(Arrays.copyOfRange(logistic(infinities), 2, 4)).containsExactly(1, 1);
        assertThat(logistic(infinities)[0]).isBetween(0f, Float.MIN_NORMAL);
        assertThat(logistic(infinities)[1]).isBetween(0f, Float.MIN_NORMAL);
    }

    @Test
    void activationsStayInTheirRange() {
        for (float[] x : new float[][] {dense(), everyMagnitude()}) {
            assertThat(logistic(x)).satisfies(y -> assertBetween(y, 0, 1));
            assertThat(tanh(x)).satisfies(y -> assertBetween(y, -1, 1));
        }
    }

    @Test
    void notANumberIsPassedOn() {
        float[] x = {0, Float.NaN, 1};

        assertThat(logistic(x)[1]).isNaN();
        assertThat(tanh(x)[1]).isNaN();
        assertThat(hidden(x)[1]).isNaN();
        assertThat(logistic(x)[2]).isNotNaN();
        assertThat(tanh(x)[2]).isNotNaN();
    }

    private static void assertAccurate(float[] x, float[] y, DoubleUnaryOperator function) {
        for (int i = 0; i < x.length; i++) {
            double expected = function.applyAsDouble(x[i]);
            double rounding = x[i] < FLOOR ? Float.MIN_NORMAL : Float.MIN_VALUE;
            assertThat(Math.abs(y[i] - expected))
                    .as("f(%s) = %s, expected %s", x[i], y[i], expected)
                    .isLessThanOrEqualTo(TOLERANCE * Math.abs(expected) + rounding);
        }
    }

    private static void assertBetween(float[] values, float from, float to) {
        for (float value : values) {
            assertThat(value).isBetween(from, to);
        }
    }

    /** -100 to 100, 64 to the unit. */
    private static float[] dense() {
        float[] x = new float[100 * 64 * 2 + 1];
        for (int i = 0; i < x.length; i++) {
            x[i] = i / 64f - 100;
        }
        return x;
    }

    /** Numbers of both signs from the smallest denormal to the largest float, 32 to a power of two. */
    private static float[] everyMagnitude() {
        int step = 1 << 18;
        int count = Float.floatToIntBits(Float.POSITIVE_INFINITY) / step;
        float[] x = new float[2 * count];
        for (int i = 0; i < count; i++) {
            x[i] = Float.intBitsToFloat(i * step + 1);
            x[count + i] = -x[i];
        }
        return x;
    }

    /** The input gates' activation. */
    private float[] logistic(float[] x) {
        return Arrays.copyOfRange(step(x, new float[x.length]), 0, x.length);
    }

    /** The candidates' activation. */
    private float[] tanh(float[] x) {
        return Arrays.copyOfRange(step(x, new float[x.length]), 2 * x.length, 3 * x.length);
    }

    /** The hidden state, where the output and forget gates are open and the candidates zero: tanh of the cell state before. */
    private float[] hidden(float[] x) {
        return Arrays.copyOfRange(step(new float[x.length], x), 4 * x.length, 5 * x.length);
    }

    /** One step of one stream: the four gates' activations, then the hidden state. */
    private float[] step(float[] inputs, float[] cell) {
        int h = inputs.length;
        R032Store gates = Matrices.zeros(4 * h, 1);
        System.arraycopy(inputs, 0, gates.data, 0, h);
        Arrays.fill(gates.data, h, 2 * h, 100);
        System.arraycopy(inputs, 0, gates.data, 2 * h, h);
        Arrays.fill(gates.data, 3 * h, 4 * h, 100);
        R032Store cells = Matrices.zeros(h, 2);
        System.arraycopy(cell, 0, cells.data, 0, h);
        R032Store hidden = Matrices.zeros(h, 2);
        kernel.stepForward(new LstmStep(gates, cells, hidden), Columns.range(0, 1));
        float[] all = Arrays.copyOf(gates.data, 5 * h);
        System.arraycopy(hidden.data, h, all, 4 * h, h);
        return all;
    }
}
