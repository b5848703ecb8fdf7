package lstm.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KnownGramsTest {

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    /** The tokens that a trail forbids behind each token of a text, and before the first. */
    private static boolean[][] forbidden(KnownGrams.Trail trail, int[] text, int vocabulary) {
        boolean[][] forbidden = new boolean[text.length + 1][vocabulary];
        for (int i = 0; i <= text.length; i++) {
            for (int token = 0; token < vocabulary; token++) {
                forbidden[i][token] = trail.forbids(token);
            }
            if (i < text.length) {
                trail.add(text[i]);
            }
        }
        return forbidden;
    }

    private static Set<List<Integer>> runs(int[] tokens, int length) {
        Set<List<Integer>> runs = new HashSet<>();
        for (int i = 0; i + length <= tokens.length; i++) {
            runs.add(list(tokens, i, i + length));
        }
        return runs;
    }

    private static List<Integer> list(int[] tokens, int from, int to) {
        return Arrays.stream(tokens, from, to).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyTokenThatWouldEndARunOfTheCorpusIsForbiddenAndHardlyAnyOther(int seed) {
        Random random = new Random(seed);
        int vocabulary = 1 + random.nextInt(4);
        int length = 1 + random.nextInt(9);
        int[] corpus = random.ints(random.nextInt(120), 0, vocabulary).toArray();
        int[] text = random.ints(random.nextInt(120), 0, vocabulary).toArray();
        Set<List<Integer>> runs = runs(corpus, length);
        boolean[][] forbidden = forbidden(new KnownGrams(Tokens.of(corpus), length).trail(), text, vocabulary);

        int wrong = 0;
        for (int i = 0; i <= text.length; i++) {
            for (int token = 0; token < vocabulary; token++) {
                int[] written = Arrays.copyOf(text, i + 1);
                written[i] = token;
                boolean known = i + 1 >= length && runs.contains(list(written, i + 1 - length, i + 1));
                assertThat(forbidden[i][token] || !known).isTrue();
                wrong += forbidden[i][token] && !known ? 1 : 0;
            }
        }
        // Of at most 484, each with a probability of about 1/1,100: 6 or more in one test in 100,000, and the seeds are
        // fixed.
        assertThat(wrong).isLessThan(6);
    }

    @Test
    void whatIsNotInTheCorpusIsTakenForItAboutOnceIn1100Times() {
        Random random = new Random(1);
        int[] corpus = random.ints(200_000, 0, 60).toArray();
        KnownGrams.Trail trail = new KnownGrams(Tokens.of(corpus), 12).trail();
        int wrong = 0;
        int asked = 1_000_000;
        for (int i = 0; i < asked; i++) {
            // Among 60^12 runs there is none twice.
            int token = random.nextInt(60);
            wrong += trail.forbids(token) ? 1 : 0;
            trail.add(token);
        }
        // Blocks have 32 runs on average, in Poisson's distribution, and each of their words then a bit set with a
        // probability of 1 - (63/64)^runs: its eighth power is 9.09e-4 on average. A standard deviation is 30.
        assertThat(wrong).isBetween(909 - 150, 909 + 150);
    }

    @Test
    void aTextThatNeverTakesWhatIsForbiddenSharesNoSuchRunWithTheCorpus() throws IOException {
        String corpus = "abba\nbaab\nabab\n".repeat(3);
        Vocabulary vocabulary =
                Corpus.read(TestTexts.sources(corpus), Unit.CHARACTER).vocabulary();
        KnownGrams.Trail trail =
                KnownGrams.read(TestTexts.sources(corpus), vocabulary, 5).trail();
        Random random = new Random(3);
        int[] text = new int[500];
        for (int i = 0; i < text.length; i++) {
            int[] free =
                    IntStream.range(0, 3).filter(token -> !trail.forbids(token)).toArray();
            text[i] = free[random.nextInt(free.length)];
            trail.add(text[i]);
        }

        LongestCopy copy = LongestCopy.of(List.of(text), TestTexts.sources(corpus), vocabulary)
                .get(0);
        assertThat(copy.length()).isEqualTo(4);
    }

    @Test
    void aSymbolThatTheModelLacksBreaksRuns() throws IOException {
        Vocabulary ab = Vocabulary.of(Unit.CHARACTER, List.of("a", "b"));
        KnownGrams grams = KnownGrams.read(TestTexts.sources("aab\u00e9bba"), ab, 3);

        assertThat(grams.trail().forbids(0)).isFalse();
        assertThat(forbidden(grams.trail(), new int[] {0, 0}, 2)[2]).containsExactly(false, true);
        assertThat(forbidden(grams.trail(), new int[] {0, 1}, 2)[2]).containsExactly(false, false);
        assertThat(forbidden(grams.trail(), new int[] {1, 1}, 2)[2]).containsExactly(true, false);
    }

    @Test
    void aNulCharacterEndsNoCorpus() throws IOException {
        Vocabulary ab = Vocabulary.of(Unit.CHARACTER, List.of("a", "b"));
        KnownGrams grams = KnownGrams.read(TestTexts.sources("\0ab"), ab, 2);

        assertThat(forbidden(grams.trail(), new int[] {0}, 2)[1]).containsExactly(false, true);
    }

    @Test
    void aCopyOfATrailGoesOnForItself() {
        KnownGrams.Trail trail = new KnownGrams(Tokens.of(0, 1, 2), 3).trail();
        trail.add(0);
        KnownGrams.Trail copy = trail.copy();
        copy.add(1);
        assertThat(copy.forbids(2)).isTrue();
        assertThat(trail.forbids(2)).isFalse();
        trail.add(2);
        trail.add(2);
        assertThat(copy.forbids(2)).isTrue();
        assertThat(copy.copy().forbids(2)).isTrue();
    }

    @Test
    void aTrailThatIsClearedBeginsAnew() {
        KnownGrams grams = new KnownGrams(Tokens.of(0, 1, 2), 3);
        KnownGrams.Trail trail = grams.trail();
        trail.add(0);
        trail.add(1);
        assertThat(trail.forbids(2)).isTrue();
        trail.clear();
        trail.add(1);
        assertThat(trail.forbids(2)).isFalse();
        trail.clear();
        trail.add(0);
        trail.add(1);
        assertThat(trail.forbids(2)).isTrue();
    }

    @Test
    void aCorpusThatIsShorterThanARunForbidsNothing() {
        for (int size = 0; size < 5; size++) {
            KnownGrams grams = new KnownGrams(Tokens.of(new int[size]), 5);
            assertThat(forbidden(grams.trail(), new int[20], 1)).isDeepEqualTo(new boolean[21][1]);
        }
    }

    @Test
    void runsOfOneTokenAreTheTokensOfTheCorpusAndRunsOfNoneAreRefused() {
        KnownGrams grams = new KnownGrams(Tokens.of(4, 2), 1);
        assertThat(IntStream.range(0, 6).filter(grams.trail()::forbids)).containsExactly(2, 4);
        assertThatThrownBy(() -> new KnownGrams(Tokens.of(1), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 0");
    }
}
