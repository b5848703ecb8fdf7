package lstm.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {

    private static final int DRAWS = 100_000;
    private static final float[] LOGITS = {0.3f, -1.2f, 2.1f, 2.0f, 0.3f, -0.4f, 1.1f, -3f, 0f, 0.9f};
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    @ParameterizedTest(name = "temperature {0}, top-k {1}, top-p {2}")
    @CsvSource({
        "1, 0, 1", // the model's own probabilities
        "0.5, 0, 1",
        "0.8, 0, 1",
        "2, 0, 1",
        "100, 0, 1",
        "1, 1, 1",
        "1, 2, 1",
        "1, 5, 1",
        "1, 10, 1",
        "1, 11, 1",
        "1, 2147483647, 1",
        "0.7, 3, 1",
        "1, 0, 0.9",
        "1, 0, 0.5",
        "1, 0, 0.05",
        "1, 0, 0.999999",
        "2, 0, 0.6",
        "1, 4, 0.8",
        "0.6, 6, 0.7",
        "5, 3, 0.4",
        "3, 9, 0.95"
    })
    void tokensComeAsOftenAsTheirProbabilitySays(double temperature, int topK, double topP) {
        double[] expected = probabilities(LOGITS, temperature, topK, topP);
        long[] counts = count(LOGITS, sampler(temperature, topK, topP), DRAWS);
        assertThat(ChiSquared.excess(counts, expected)).isLessThan(1);
        assertNothingImpossibleIn(counts, expected);
    }

    @ParameterizedTest(name = "temperature {0}, top-k {1}, typical {2}, top-p {3}, min-p {4}")
    @CsvSource({
        "1, 0, 0.9, 1, 0",
        "1, 0, 0.5, 1, 0",
        "1, 0, 0.2, 1, 0", // leaves the likeliest out
        "1, 0, 1e-9, 1, 0",
        "1, 0, 0.999999, 1, 0",
        "0.5, 0, 0.7, 1, 0",
        "3, 0, 0.7, 1, 0",
        "1, 0, 1, 1, 0.05",
        "1, 0, 1, 1, 0.3",
        "1, 0, 1, 1, 0.95",
        "1, 0, 1, 1, 1", // the likeliest alone
        "2, 0, 1, 1, 0.3",
        "0.5, 0, 1, 1, 0.01",
        "1, 7, 0.8, 1, 0",
        "1, 0, 0.8, 0.7, 0",
        "1, 0, 0.3, 1, 0.5",
        "1, 0, 1, 0.8, 0.2",
        "0.8, 8, 0.9, 0.9, 0.1",
        "2, 9, 0.6, 0.8, 0.4"
    })
    void cutsAreMadeOneAfterTheOther(double temperature, int topK, double typical, double topP, double minP) {
        Cuts cuts = new Cuts(topK, typical, topP, minP);
        double[] expected = probabilities(LOGITS, temperature, cuts);
        long[] counts = count(LOGITS, Sampler.of(temperature, cuts), DRAWS);
        assertThat(ChiSquared.excess(counts, expected)).isLessThan(1);
        assertNothingImpossibleIn(counts, expected);
    }

    @Test
    void theLikeliestMayBeTooLikelyToBeTypical() {
        // Surprises of 0.51 and 2.5 nats, five of them, where 1.3 are to be expected.
        float[] logits = {2, 0, 0, 0, 0, 0};
        assertThat(tokensLeft(logits, Sampler.of(1, Cuts.NONE.withTypical(0.3))))
                .containsExactly(0);
        float[] flatter = {3, 2.5f, 2.5f, 2.5f, 2.5f, 2.5f};
        assertThat(tokensLeft(flatter, Sampler.of(1, Cuts.NONE.withTypical(0.3))))
                .doesNotContain(0);
    }

    @ParameterizedTest
    @MethodSource("extremes")
    void noLogitIsTooLargeOrTooSmallForAnyCut(float[] logits) {
        for (double temperature : new double[] {0.001, 1, 1e300}) {
            for (Cuts cuts : List.of(
                    Cuts.NONE.withTypical(1e-9),
                    Cuts.NONE.withTypical(0.5),
                    Cuts.NONE.withMinP(1e-9),
                    Cuts.NONE.withMinP(1),
                    new Cuts(2, 0.5, 0.5, 0.5))) {
                long[] counts = count(logits, Sampler.of(temperature, cuts), 100);
                assertNothingImpossibleIn(counts, probabilities(logits, temperature, Cuts.NONE));
            }
        }
    }

    @Test
    void theChiSquaredTestSeesASmallError() {
        long[] counts = count(LOGITS, sampler(1, 0, 1), DRAWS);
        assertThat(ChiSquared.excess(counts, probabilities(LOGITS, 1.05, 0, 1))).isGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 77, 400})
    void vocabulariesMayHaveAnySize(int size) {
        SplittableRandom random = new SplittableRandom(size);
        float[] logits = new float[size];
        for (int i = 0; i < size; i++) {
            logits[i] = (float) (3 * random.nextGaussian());
        }
        double[] expected = probabilities(logits, 0.9, 50, 0.9);
        long[] counts = count(logits, sampler(0.9, 50, 0.9), 50_000);
        assertThat(ChiSquared.excess(counts, expected)).isLessThan(1);
        assertNothingImpossibleIn(counts, expected);
    }

    @Test
    void oneSamplerServesVocabulariesOfDifferentSizes() {
        Sampler sampler = sampler(1, 2, 0.9);
        float[] short2 = {5, 1};
        for (float[] logits : List.of(LOGITS, short2, LOGITS)) {
            assertNothingImpossibleIn(count(logits, sampler, 1000), probabilities(logits, 1, 2, 0.9));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1",
        "0, 5, 0.3",
        "0.001, 0, 1",
        "1e-300, 0, 1",
        "1, 1, 1",
        "100, 1, 1",
        "1, 0, 1e-300",
        "100, 0, 0.01"
    })
    void theLikeliestIsTaken(double temperature, int topK, double topP) {
        assertThat(count(LOGITS, sampler(temperature, topK, topP), 1000)[2]).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(floats = {2e-6f, 0.001f, 20f, 1e30f})
    void theLikeliestIsTakenByHoweverLittleItLeads(float logit) {
        float[] logits = {0, logit, Math.nextUp(logit), logit, -1};
        for (Sampler sampler : List.of(sampler(0, 0, 1), sampler(100, 1, 1), sampler(100, 0, 1e-9))) {
            assertThat(count(logits, sampler, 100)[2]).isEqualTo(100);
        }
    }

    static Stream<float[]> extremes() {
        return Stream.of(
                new float[] {1e30f, -1e30f, 0},
                new float[] {-1e30f, 1e30f, 1e30f, -INFINITY},
                new float[] {-INFINITY, -1e30f, -INFINITY},
                new float[] {-INFINITY, -INFINITY, -3, -4, -3},
                new float[] {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MAX_VALUE},
                new float[] {Float.MIN_VALUE, 0, -0f, -Float.MIN_VALUE},
                new float[] {7},
                new float[] {7, 7, 7, 7, 7, 7, 7});
    }

    @ParameterizedTest
    @MethodSource("extremes")
    void noLogitIsTooLargeOrTooSmall(float[] logits) {
        for (double temperature : new double[] {Double.MIN_VALUE, 1e-30, 0.001, 0.8, 1, 100, 1e30, Double.MAX_VALUE}) {
            for (int topK : new int[] {0, 1, 2}) {
                for (double topP : new double[] {1e-9, 0.5, 1}) {
                    double[] expected = probabilities(logits, temperature, topK, topP);
                    long[] counts = count(logits, sampler(temperature, topK, topP), 10_000);
                    assertThat(ChiSquared.excess(counts, expected)).isLessThan(1);
                    assertNothingImpossibleIn(counts, expected);
                }
            }
        }
        int best = sampler(0, 0, 1).sample(logits.clone(), new SplittableRandom(0));
        assertThat(logits[best]).isEqualTo(max(logits));
    }

    @Test
    void ofEqualsTheFirstAreLeft() {
        float[] equal = {1, 1, 1, 1, 1};
        assertThat(sampler(0, 0, 1).sample(equal.clone(), new SplittableRandom(0)))
                .isZero();
        assertThat(tokensLeft(equal, sampler(1, 2, 1))).containsExactly(0, 1);
        assertThat(tokensLeft(equal, sampler(1, 0, 0.5))).containsExactly(0, 1, 2);
        assertThat(tokensLeft(new float[] {-0f, 0, 5, 0, -0f}, sampler(1, 3, 1)))
                .containsExactly(0, 1, 2);
    }

    @Test
    void oneSeedGivesOneSequence() {
        int[] first = sequence(sampler(0.9, 4, 0.9), 5);
        assertThat(sequence(sampler(0.9, 4, 0.9), 5)).isEqualTo(first);
        assertThat(sequence(sampler(0.9, 4, 0.9), 6)).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void anImpossibleTemperatureIsRefused(double temperature) {
        assertThatThrownBy(() -> sampler(temperature, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a temperature of 0 or more, found " + temperature);
    }

    static Stream<Arguments> impossibleCuts() {
        return Stream.of(
                Arguments.of(-1, 1.0, 1.0, 0.0, "a top-k of 0 (all) or more, found -1"),
                Arguments.of(0, 0.0, 1.0, 0.0, "a typical above 0 and up to 1, found 0.0"),
                Arguments.of(0, 1.1, 1.0, 0.0, "a typical above 0 and up to 1, found 1.1"),
                Arguments.of(0, Double.NaN, 1.0, 0.0, "a typical above 0 and up to 1, found NaN"),
                Arguments.of(0, 1.0, 0.0, 0.0, "a top-p above 0 and up to 1, found 0.0"),
                Arguments.of(0, 1.0, -0.1, 0.0, "a top-p above 0 and up to 1, found -0.1"),
                Arguments.of(0, 1.0, 1.0001, 0.0, "a top-p above 0 and up to 1, found 1.0001"),
                Arguments.of(0, 1.0, Double.NaN, 0.0, "a top-p above 0 and up to 1, found NaN"),
                Arguments.of(0, 1.0, 1.0, -0.1, "a min-p from 0 to 1, found -0.1"),
                Arguments.of(0, 1.0, 1.0, 1.1, "a min-p from 0 to 1, found 1.1"),
                Arguments.of(0, 1.0, 1.0, Double.NaN, "a min-p from 0 to 1, found NaN"));
    }

    @ParameterizedTest
    @MethodSource("impossibleCuts")
    void impossibleCutsCannotExist(int topK, double typical, double topP, double minP, String named) {
        assertThatThrownBy(() -> new Cuts(topK, typical, topP, minP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected " + named);
    }

    @Test
    void impossibleSettingsCannotExist() {
        assertThatThrownBy(() -> SamplingSettings.DEFAULT.withLength(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a length of 0 or more, found -1");
        for (double penalty : new double[] {0, -1, Double.NaN, INFINITY}) {
            assertThatThrownBy(() -> Repetition.NONE.withPenalty(penalty))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected a repetition penalty above 0, found");
        }
        for (int window : new int[] {0, -5, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> Repetition.NONE.withWindow(window))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected a repetition window from 1 to ");
        }
        assertThatThrownBy(() -> new Repetition(2, 5, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a repetition length of 1 or more, found 0");
    }

    @Test
    void settingsChangeOneAtATime() {
        SamplingSettings changed = SamplingSettings.DEFAULT
                .withTemperature(Temperature.of(0.5))
                .withCuts(Cuts.NONE.withTopK(7).withTypical(0.8).withTopP(0.9).withMinP(0.1))
                .withRepetition(Repetition.NONE.withPenalty(2).withWindow(9).withLength(3))
                .withLength(3);
        Cuts cuts = new Cuts(7, 0.8, 0.9, 0.1);
        assertThat(changed).isEqualTo(new SamplingSettings(new Repetition(2, 9, 3), Temperature.of(0.5), cuts, 3));
        assertThat(count(LOGITS, changed.sampler(), 1000)).isEqualTo(count(LOGITS, Sampler.of(0.5, cuts), 1000));
    }

    @Test
    void aTemperatureMayChangeFromTheFirstTokenToTheLast() {
        Temperature sweep = Temperature.parse("0.4:1.2");
        long[][] counts = new long[5][LOGITS.length];
        SplittableRandom random = new SplittableRandom(3);
        for (int text = 0; text < DRAWS / 2; text++) {
            Sampler sampler = Sampler.of(sweep, Cuts.NONE, 5);
            for (int i = 0; i < 5; i++) {
                counts[i][sampler.sample(LOGITS.clone(), random)]++;
            }
        }
        for (int i = 0; i < 5; i++) {
            assertThat(ChiSquared.excess(counts[i], probabilities(LOGITS, 0.4 + 0.2 * i, 0, 1)))
                    .isLessThan(1);
        }
    }

    @Test
    void aTemperatureThatChangesBeginsAndEndsWhereItSays() {
        Temperature sweep = new Temperature(0, 3);
        assertThat(sweep.at(0, 100)).isZero();
        assertThat(sweep.at(99, 100)).isEqualTo(3);
        assertThat(sweep.at(1000, 100)).isEqualTo(3);
        assertThat(sweep.at(0, 1)).isZero();
        assertThat(Temperature.of(0.7).at(5, 100)).isEqualTo(0.7);
        assertThat(Sampler.of(sweep, Cuts.NONE, 2).sample(LOGITS.clone(), new SplittableRandom(1)))
                .isEqualTo(Sampler.likeliest(LOGITS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", ":", "1:", ":1", "1:2:3", "NaN", "-1", "0.5:-1", "Infinity", "0.5:NaN"})
    void whatIsNoTemperatureIsRefused(String text) {
        assertThatThrownBy(() -> Temperature.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a temperature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.8", "0.4:1.2", "0.0", "1.0E300"})
    void aTemperatureIsWrittenAsItIsRead(String text) {
        assertThat(Temperature.parse(text)).hasToString(text);
    }

    private static int[] tokensLeft(float[] logits, Sampler sampler) {
        long[] counts = count(logits, sampler, 10_000);
        return IntStream.range(0, counts.length).filter(i -> counts[i] > 0).toArray();
    }

    private static int[] sequence(Sampler sampler, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, 200)
                .map(i -> sampler.sample(LOGITS.clone(), random))
                .toArray();
    }

    private static long[] count(float[] logits, Sampler sampler, int draws) {
        SplittableRandom random = new SplittableRandom(1);
        long[] counts = new long[logits.length];
        for (int i = 0; i < draws; i++) {
            counts[sampler.sample(logits.clone(), random)]++;
        }
        return counts;
    }

    private static void assertNothingImpossibleIn(long[] counts, double[] probabilities) {
        for (int i = 0; i < counts.length; i++) {
            if (probabilities[i] == 0) {
                assertThat(counts[i]).as("draws of token %d", i).isZero();
            }
        }
    }

    private static Sampler sampler(double temperature, int topK, double topP) {
        return Sampler.of(temperature, new Cuts(topK, 1, topP, 0));
    }

    private static double[] probabilities(float[] logits, double temperature, int topK, double topP) {
        return probabilities(logits, temperature, new Cuts(topK, 1, topP, 0));
    }

    /** By the book: softmax, then each cut on what is left, scaled to a sum of 1 before it. */
    private static double[] probabilities(float[] logits, double temperature, Cuts cuts) {
        double max = max(logits);
        double[] left = new double[logits.length];
        for (int i = 0; i < left.length; i++) {
            left[i] = Math.exp((logits[i] - max) / temperature);
        }
        scale(left);
        List<Integer> order = IntStream.range(0, left.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> 0.0 - logits[i]))
                .toList();
        for (int rank = 0; rank < left.length; rank++) {
            if (cuts.topK() > 0 && rank >= cuts.topK()) {
                left[order.get(rank)] = 0;
            }
        }
        scale(left);
        double[] p = left.clone();
        double entropy =
                Arrays.stream(p).filter(x -> x > 0).map(x -> -x * Math.log(x)).sum();
        List<Integer> typical = order.stream()
                .filter(i -> cuts.topK() == 0 || order.indexOf(i) < cuts.topK())
                .sorted(Comparator.comparingDouble(i -> Math.abs(-Math.log(p[i]) - entropy)))
                .toList();
        keep(left, typical, cuts.typical());
        keep(left, order.stream().filter(i -> left[i] > 0).toList(), cuts.topP());
        double least = cuts.minP() * Arrays.stream(left).max().orElseThrow();
        Arrays.setAll(left, i -> left[i] < least ? 0 : left[i]);
        scale(left);
        return left;
    }

    /** Keeps the first tokens of an order that together have this probability. */
    private static void keep(double[] left, List<Integer> order, double probability) {
        double sum = 0;
        for (int token : order) {
            double next = left[token];
            if (sum >= probability) {
                left[token] = 0;
            }
            sum += next;
        }
        scale(left);
    }

    private static void scale(double[] weights) {
        double sum = Arrays.stream(weights).sum();
        Arrays.setAll(weights, i -> weights[i] / sum);
    }

    private static float max(float[] values) {
        float max = values[0];
        for (float value : values) {
            max = Math.max(max, value);
        }
        return max;
    }
}
