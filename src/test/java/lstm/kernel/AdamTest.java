package lstm.kernel;

import static lstm.kernel.Matrices.random;
import static lstm.kernel.Matrices.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ojalgo.matrix.store.R032Store;

@BothKernels
class AdamTest {

    private static final float RATE = 0.01f;
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;
    private static final int STEPS = 100;

    private final Kernel kernel;

    AdamTest(KernelChoice.Request request) {
        kernel = KernelChoice.of(request).kernels().get();
    }

    /** In double, after Kingma and Ba (2015), algorithm 1. */
    private static final class Control {
        private double value;
        private double m;
        private double v;

        Control(double value) {
            this.value = value;
        }

        void step(int t, double gradient) {
            m = BETA1 * m + (1 - (double) BETA1) * gradient;
            v = BETA2 * v + (1 - (double) BETA2) * gradient * gradient;
            double first = m / (1 - Math.pow(BETA1, t));
            double second = v / (1 - Math.pow(BETA2, t));
            value -= RATE * first / (Math.sqrt(second) + EPSILON);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {1, 0.125f})
    void aHundredStepsAreThoseOfAdamInDouble(float gradientScale) {
        R032Store value = random(257, 1);
        Control[] controls = new Control[257];
        Arrays.setAll(controls, i -> new Control(value.data[i]));
        R032Store gradient = zeros(257, 1);
        R032Store m = zeros(257, 1);
        R032Store v = zeros(257, 1);

        for (int t = 1; t <= STEPS; t++) {
            for (int i = 0; i < controls.length; i++) {
                gradient.data[i] = gradient(i, t);
                controls[i].step(t, gradient(i, t) * gradientScale);
            }
            kernel.adam(value, gradient, m, v, 0, 257, step(t, gradientScale));
        }

        Expected expected = Expected.unchanged(value);
        for (int i = 0; i < controls.length; i++) {
            expected.set(i, 0, controls[i].value, tolerance(controls[i].value));
        }
        expected.assertMatches(value, "after %d steps".formatted(STEPS));
    }

    /**
     * Every step rounds the value once, and its update by an error relative to the rate: the second moment has gathered
     * at most 4 roundings in each of 100 steps, half of which its root passes on; the first moment forgets its own after
     * 10 steps, and it may cancel: 50 roundings of the largest gradient.
     */
    private static double tolerance(double value) {
        return STEPS * Sum.ROUNDING * (Math.abs(value) + STEPS * RATE / 2 + 250 * RATE);
    }

    /** Gradients of many frequencies and magnitudes. */
    private static float gradient(int i, int t) {
        return (float) (Math.sin(0.01 * i * t + i) * Math.pow(10, i % 9 - 6));
    }

    private static AdamStep step(int t, float gradientScale) {
        float stepSize = (float) (RATE / (1 - Math.pow(BETA1, t)));
        float secondMomentScale = (float) (1 / (1 - Math.pow(BETA2, t)));
        return new AdamStep(stepSize, BETA1, BETA2, secondMomentScale, EPSILON, gradientScale, 1);
    }

    @Test
    void aWeightWithoutAGradientStays() {
        R032Store value = random(17, 1);

        kernel.adam(value, zeros(17, 1), zeros(17, 1), zeros(17, 1), 0, 17, step(1, 1));

        assertThat(value.data).isEqualTo(random(17, 1).data);
    }

    @Test
    void aWeightWithoutAGradientDecays() {
        R032Store value = random(37, 2);
        AdamStep plain = step(1, 1);
        AdamStep step = new AdamStep(plain.stepSize(), BETA1, BETA2, plain.secondMomentScale(), EPSILON, 1, 0.875f);

        kernel.adam(value, zeros(37, 2), zeros(37, 2), zeros(37, 2), 0, 74, step);

        for (int i = 0; i < 74; i++) {
            assertThat(value.data[i]).as("value %d", i).isEqualTo(0.875f * random(37, 2).data[i]);
        }
    }

    @Test
    void elementsOutsideTheRangeStay() {
        R032Store value = random(100, 1);
        R032Store m = random(100, 1, 2);
        R032Store v = zeros(100, 1);

        kernel.adam(value, random(100, 1, 3), m, v, 3, 20, step(1, 1));

        for (int i = 0; i < 100; i++) {
            boolean inside = i >= 3 && i < 20;
            assertThat(value.data[i] != random(100, 1).data[i])
                    .as("value %d", i)
                    .isEqualTo(inside);
            assertThat(m.data[i] != random(100, 1, 2).data[i])
                    .as("first moment %d", i)
                    .isEqualTo(inside);
            assertThat(v.data[i] != 0).as("second moment %d", i).isEqualTo(inside);
        }
    }
}
