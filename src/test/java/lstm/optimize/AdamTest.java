package lstm.optimize;

import static java.util.Objects.requireNonNull;
import static lstm.kernel.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lstm.kernel.BothKernels;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.model.Parameter;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ojalgo.matrix.store.R032Store;

@BothKernels
class AdamTest {

    private static final double RATE = 0.01;
    private static final int STEPS = 100;

    private final KernelChoice.Request kernel;

    AdamTest(KernelChoice.Request kernel) {
        this.kernel = kernel;
    }

    private Workers workers(int threads) {
        return new Workers(threads, KernelChoice.of(kernel).kernels());
    }

    /** Shapes of several pieces and of parts of one. */
    private static List<Parameter> parameters() {
        Random random = new Random(1);
        List<Parameter> parameters = new ArrayList<>();
        for (int[] shape : new int[][] {{300, 250}, {7, 1}, {1, 1}, {64, 33}}) {
            R032Store value = R032Store.FACTORY.make(shape[0], shape[1]);
            for (int i = 0; i < value.data.length; i++) {
                value.data[i] = 2 * random.nextFloat() - 1;
            }
            parameters.add(new Parameter("p" + parameters.size(), value, R032Store.FACTORY.make(shape[0], shape[1])));
        }
        return parameters;
    }

    private static void fillGradients(List<Parameter> parameters, int step) {
        Random random = new Random(1000 + step);
        for (Parameter parameter : parameters) {
            float[] gradient = parameter.gradient().data;
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = (float) ((random.nextDouble() - 0.4) * Math.pow(10, i % 5 - 4));
            }
        }
    }

    /** Algorithm 1 of Kingma and Ba (2015) in double, after clipping by the global norm. */
    private static final class Reference {
        private final List<double[]> values = new ArrayList<>();
        private final List<double[]> firsts = new ArrayList<>();
        private final List<double[]> seconds = new ArrayList<>();
        private final double beta1;
        private int steps;

        Reference(List<Parameter> parameters, double beta1) {
            this.beta1 = beta1;
            for (Parameter parameter : parameters) {
                values.add(doubles(parameter.value().data));
                firsts.add(new double[parameter.size()]);
                seconds.add(new double[parameter.size()]);
            }
        }

        double step(List<Parameter> parameters, double clip) {
            double sum = 0;
            for (Parameter parameter : parameters) {
                for (double g : parameter.gradient().data) {
                    sum += g * g;
                }
            }
            double norm = Math.sqrt(sum);
            double scale = norm > clip ? clip / norm : 1;
            steps++;
            for (int p = 0; p < values.size(); p++) {
                double[] m = firsts.get(p);
                double[] v = seconds.get(p);
                for (int i = 0; i < m.length; i++) {
                    double g = parameters.get(p).gradient().data[i] * scale;
                    m[i] = beta1 * m[i] + (1 - beta1) * g;
                    v[i] = 0.999 * v[i] + 0.001 * g * g;
                    double first = m[i] / (1 - Math.pow(beta1, steps));
                    double second = v[i] / (1 - Math.pow(0.999, steps));
                    values.get(p)[i] -= RATE * first / (Math.sqrt(second) + 1e-8);
                }
            }
            return norm;
        }

        private static double[] doubles(float[] floats) {
            double[] doubles = new double[floats.length];
            for (int i = 0; i < doubles.length; i++) {
                doubles[i] = floats[i];
            }
            return doubles;
        }
    }

    /**
     * Adam's decay 0.999 as a float makes 1 - 0.999 wrong by 1.3e-5 of it, its root and so every update by half of that,
     * 7e-6: the rest is room for the sums' rounding.
     */
    @ParameterizedTest(name = "clip {0}, beta1 {1}")
    @CsvSource({"1e9, 0.9", "5, 0.9", "0.01, 0.9", "1e9, 0", "5, 0"})
    void aHundredStepsAreThoseOfAdamInDouble(double clip, double beta1) {
        List<Parameter> parameters = parameters();
        Reference reference = new Reference(parameters, beta1);
        try (Workers workers = workers(2)) {
            Adam adam = new Adam(parameters, workers, beta1);
            for (int step = 0; step < STEPS; step++) {
                fillGradients(parameters, step);

                double norm = adam.step(RATE, clip, 0);

                assertThat(norm).isCloseTo(reference.step(parameters, clip), Offset.offset(1e-5 * norm));
            }
            assertThat(adam.steps()).isEqualTo(STEPS);
        }
        for (int p = 0; p < parameters.size(); p++) {
            assertClose(parameters.get(p).value().data, reference.values.get(p), STEPS * RATE * 1e-5);
        }
    }

    private static void assertClose(float[] actual, double[] expected, double tolerance) {
        double error = 0;
        for (int i = 0; i < actual.length; i++) {
            error = Math.max(error, Math.abs(actual[i] - expected[i]));
        }
        assertThat(error).isLessThan(tolerance);
    }

    @Test
    void theFirstStepIsAsLongAsTheLearningRateHoweverLongTheGradient() {
        // Without bias correction it would be 0.1 / sqrt(0.001), three times as long.
        for (float gradient : new float[] {1e-3f, 1, -1000}) {
            Parameter parameter = single(0, gradient);
            try (Workers workers = workers(1)) {
                new Adam(List.of(parameter), workers).step(RATE, 1e9, 0);
            }
            assertThat((double) parameter.value().data[0])
                    .isCloseTo(-Math.signum(gradient) * RATE, Offset.offset(RATE * 3e-5));
        }
    }

    private static Parameter single(float value, float gradient) {
        R032Store values = R032Store.FACTORY.make(1, 1);
        R032Store gradients = R032Store.FACTORY.make(1, 1);
        values.data[0] = value;
        gradients.data[0] = gradient;
        return new Parameter("p", values, gradients);
    }

    @Test
    void aGradientAsLongAsTheClipIsTakenAsItIsAndALongerOneIsShortened() {
        assertThat(firstMomentAfter(4, 4)).isEqualTo(firstMomentAfter(4, 1e9));
        assertThat(firstMomentAfter(8, 4)).isEqualTo(firstMomentAfter(4, 1e9));
        assertThat(firstMomentAfter(-8, 4)).isEqualTo(firstMomentAfter(-4, 1e9));
    }

    private float firstMomentAfter(float gradient, double clip) {
        try (Workers workers = workers(1)) {
            Adam adam = new Adam(List.of(single(0, gradient)), workers);
            assertThat(adam.step(RATE, clip, 0)).isEqualTo(Math.abs(gradient));
            return moment(adam, "m.p")[0];
        }
    }

    private static float[] moment(Adam adam, String name) {
        return requireNonNull(adam.moments().get(name), name).data;
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aGradientThatIsNotFiniteChangesNothing(float bad) {
        List<Parameter> parameters = parameters();
        try (Workers workers = workers(2)) {
            Adam adam = new Adam(parameters, workers);
            fillGradients(parameters, 0);
            adam.step(RATE, 5, 0);
            List<float[]> before = bits(parameters, adam);
            fillGradients(parameters, 1);
            parameters.get(3).gradient().data[17] = bad;

            double norm = adam.step(RATE, 5, 0);

            assertThat(norm).isNotFinite();
            assertThat(adam.steps()).isEqualTo(1);
            assertSame(bits(parameters, adam), before);
        }
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        List<float[]> expected = trained(1);

        assertSame(trained(2), expected);
        assertSame(trained(3), expected);
    }

    private List<float[]> trained(int threads) {
        List<Parameter> parameters = parameters();
        try (Workers workers = workers(threads)) {
            Adam adam = new Adam(parameters, workers);
            steps(0, 5).accept(parameters, adam);
            return bits(parameters, adam);
        }
    }

    @FunctionalInterface
    private interface Steps {
        void accept(List<Parameter> parameters, Adam adam);
    }

    private static Steps steps(int from, int to) {
        return (parameters, adam) -> {
            for (int step = from; step < to; step++) {
                fillGradients(parameters, step);
                adam.step(RATE, 5, 0);
            }
        };
    }

    private static List<float[]> bits(List<Parameter> parameters, Adam adam) {
        List<float[]> bits = new ArrayList<>();
        parameters.forEach(parameter -> bits.add(parameter.value().data.clone()));
        adam.moments().values().forEach(moment -> bits.add(moment.data.clone()));
        return bits;
    }

    private static void assertSame(List<float[]> actual, List<float[]> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertSameBits(actual.get(i), expected.get(i), "matrix " + i);
        }
    }

    @Test
    void anOptimizerThatTakesUpMomentsGoesOnWithTheSameBits() {
        List<Parameter> parameters = parameters();
        try (Workers workers = workers(2)) {
            Adam first = new Adam(parameters, workers);
            steps(0, 3).accept(parameters, first);
            Adam second = new Adam(parameters, workers);
            second.restore(first.steps(), first.moments());
            steps(3, 5).accept(parameters, second);

            assertThat(second.steps()).isEqualTo(5);
            assertSame(bits(parameters, second), trained(1));
        }
    }

    @Test
    void momentsOfASmallerVocabularyLeaveTheNewElementsAtZero() {
        Parameter small = new Parameter("w", R032Store.FACTORY.make(2, 2), R032Store.FACTORY.make(2, 2));
        Parameter large = new Parameter("w", R032Store.FACTORY.make(3, 4), R032Store.FACTORY.make(3, 4));
        small.gradient().data[0] = 1;
        small.gradient().data[3] = 2;
        try (Workers workers = workers(1)) {
            Adam from = new Adam(List.of(small), workers);
            from.step(RATE, 1e9, 0);
            Adam into = new Adam(List.of(large), workers);
            into.restore(from.steps(), from.moments());

            float[] m = moment(from, "m.w");
            assertThat(moment(into, "m.w")).containsExactly(m[0], 0, 0, 0, m[3], 0, 0, 0, 0, 0, 0, 0);
        }
    }

    @Test
    void momentsThatAreMissingAreNamed() {
        try (Workers workers = workers(1)) {
            Adam adam = new Adam(List.of(single(0, 1)), workers);
            Map<String, R032Store> half = Map.of("m.p", R032Store.FACTORY.make(1, 1));

            assertThatThrownBy(() -> adam.restore(1, half))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("v.p");
        }
    }

    @Test
    void weightsDecayBesideTheirGradientAndVectorsDoNot() {
        R032Store matrix = R032Store.FACTORY.make(2, 2);
        R032Store vector = R032Store.FACTORY.make(2, 1);
        Arrays.fill(matrix.data, 2f);
        Arrays.fill(vector.data, 2f);
        Parameter weight = new Parameter("w", matrix, R032Store.FACTORY.make(2, 2));
        Parameter bias = new Parameter("b", vector, R032Store.FACTORY.make(2, 1));
        weight.gradient().data[3] = 1e-3f;
        try (Workers workers =
                new Workers(2, KernelChoice.of(KernelChoice.Request.AUTO).kernels())) {
            Adam adam = new Adam(List.of(weight, bias), workers);
            adam.step(0.25, 5, 0.5);
        }

        float kept = 2f * (1 - 0.25f * 0.5f);
        assertThat(vector.data).containsOnly(2f);
        assertThat(Arrays.copyOf(matrix.data, 3)).containsOnly(kept);
        // The first step of Adam is as long as the rate.
        assertThat(matrix.data[3]).isCloseTo(kept - 0.25f, Offset.offset(1e-4f));
    }

    /** Whatever the gradients and the options, at both ends of the range of floats and doubles. */
    @ParameterizedTest(name = "gradients of {0}, weights of {1}, learning rate {2}, clip {3}, weight decay {4}")
    @CsvSource({
        "1e-45, 1, 0.01, 5, 0.05",
        "1e-30, 1, 0.01, 5, 0.05",
        "1e-20, 1e-45, 100, 1e-30, 10",
        "1, 1, 1e-45, 5, 0.05",
        "1, 1, 4.9e-324, 4.9e-324, 1e30",
        "1, 1, 100, 5, 10",
        "1, 1e-30, 1e300, 1e-30, 1e30",
        "1e20, 1, 0.01, 1e30, 0.05",
        "1e20, 3.4e38, 1e300, 1e300, 1e300",
        "3.4e38, 1, 0.01, 5, 0.05",
        "3.4e38, 3.4e38, 1e6, 1.7e308, 0",
        "3.4e38, 3.4e38, 1.7e308, 1.7e308, 1.7e308",
        "3.4e38, 0, 1.7e308, 4.9e-324, 1.7e308"
    })
    void numbersStayNumbers(float gradients, float weights, double rate, double clip, double decay) {
        List<Parameter> parameters = List.of(
                new Parameter("w", R032Store.FACTORY.make(9, 7), R032Store.FACTORY.make(9, 7)),
                new Parameter("b", R032Store.FACTORY.make(37, 1), R032Store.FACTORY.make(37, 1)));
        for (Parameter parameter : parameters) {
            for (int i = 0; i < parameter.size(); i++) {
                parameter.value().data[i] = i % 3 == 0 ? -weights : i % 3 == 1 ? weights : 0;
            }
        }
        try (Workers workers = workers(1)) {
            Adam adam = new Adam(parameters, workers);
            for (int step = 0; step < 60; step++) {
                for (Parameter parameter : parameters) {
                    for (int i = 0; i < parameter.size(); i++) {
                        parameter.gradient().data[i] =
                                (i + step) % 4 == 3 ? 0 : (i + step) % 4 == 0 ? -gradients : gradients;
                    }
                }
                double norm = adam.step(rate, clip, decay);

                assertThat(norm).isFinite().isPositive();
                assertThat(bits(parameters, adam)).allMatch(AdamTest::isFinite);
            }
            for (float second : moment(adam, "v.w")) {
                assertThat(second).isNotNegative();
            }
        }
    }

    private static boolean isFinite(float[] numbers) {
        for (float number : numbers) {
            if (!Float.isFinite(number)) {
                return false;
            }
        }
        return true;
    }

    @Test
    void aGradientWhoseSquareOverflowsIsTakenForItsDirection() {
        Parameter parameter = single(0, 3e38f);
        try (Workers workers = workers(1)) {
            new Adam(List.of(parameter), workers).step(RATE, 1e300, 0);
        }
        assertThat((double) parameter.value().data[0]).isCloseTo(-RATE, Offset.offset(RATE * 3e-5));
    }

    @Test
    void anOptimizerThatHasForgottenIsANewOne() {
        List<Parameter> parameters = parameters();
        List<Parameter> others = parameters();
        try (Workers workers = workers(2)) {
            Adam adam = new Adam(parameters, workers);
            steps(0, 3).accept(parameters, adam);
            adam.forget();
            for (int i = 0; i < parameters.size(); i++) {
                Parameter.copyOverlap(parameters.get(i).value(), others.get(i).value());
            }
            Adam other = new Adam(others, workers);
            steps(3, 5).accept(parameters, adam);
            steps(3, 5).accept(others, other);

            assertThat(adam.steps()).isEqualTo(2);
            assertSame(bits(parameters, adam), bits(others, other));
        }
    }

    @ParameterizedTest
    @CsvSource({"m.p, NaN", "m.p, Infinity", "m.p, -1e19", "v.p, -1e-3", "v.p, NaN", "v.p, Infinity"})
    void momentsThatNoGradientsHaveAreRefused(String name, float number) {
        try (Workers workers = workers(1)) {
            Adam adam = new Adam(List.of(single(0, 1)), workers);
            Map<String, R032Store> saved = adam.moments();
            requireNonNull(saved.get(name)).data[0] = number;

            assertThatThrownBy(() -> new Adam(List.of(single(0, 1)), workers).restore(1, saved))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name);
        }
    }
}
