package lstm.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import lstm.text.KnownGrams;
import lstm.text.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DraftTest {

    private static final float[] LOGITS = {0.3f, -1.2f, 2.1f, 2.0f, 0.3f, -0.4f};
    private static final int V = LOGITS.length;
    private static final int DRAWS = 50_000;
    private static final SamplingSettings PLAIN = SamplingSettings.DEFAULT.withTemperature(Temperature.of(1));

    @ParameterizedTest(name = "penalty {0}, window {1}, length {2}, temperature {3}, top-k {4}")
    @CsvSource({
        "2, 100, 1, 1, 0",
        "1.3, 100, 1, 1, 0",
        "0.5, 100, 1, 1, 0", // below 1 repetitions become likelier
        "2, 3, 1, 1, 0",
        "2, 1, 1, 1, 0",
        "2, 100, 2, 1, 0",
        "3, 100, 3, 1, 0",
        "3, 9, 3, 1, 0",
        "3, 100, 4, 1, 0",
        "50, 100, 2, 1, 0",
        "2, 100, 2, 0.6, 0",
        "2, 100, 2, 0.6, 3",
        "1, 100, 2, 1, 0"
    })
    void whatRepeatsTheTextComesAsOftenAsThePenaltySays(
            double penalty, int window, int length, double temperature, int topK) {
        int[] before = {2, 3, 0, 2, 3, 4, 1, 5, 2, 3, 0, 2, 3};
        Drafting drafting = Drafting.of(PLAIN.withRepetition(new Repetition(penalty, window, length))
                .withTemperature(Temperature.of(temperature))
                .withCuts(Cuts.NONE.withTopK(topK)));
        Draft draft = drafting.draft(V);
        draft.read(before);

        double[] expected = expected(before, penalty, window, length, temperature, topK);
        assertThat(ChiSquared.excess(count(draft), expected)).isLessThan(1);
    }

    /** By the book. */
    private static double[] expected(
            int[] before, double penalty, int window, int length, double temperature, int topK) {
        List<Integer> recent =
                Arrays.stream(before).boxed().toList().subList(Math.max(0, before.length - window), before.length);
        List<Integer> last =
                recent.size() < length - 1 ? List.of() : recent.subList(recent.size() - length + 1, recent.size());
        double sum = IntStream.range(0, V).mapToDouble(t -> Math.exp(LOGITS[t])).sum();
        double[] p = IntStream.range(0, V)
                .mapToDouble(t -> {
                    List<Integer> sequence = new ArrayList<>(last);
                    sequence.add(t);
                    boolean repeats = Collections.indexOfSubList(recent, sequence) >= 0;
                    return Math.pow(Math.exp(LOGITS[t]) / sum, (repeats ? penalty : 1) / temperature);
                })
                .toArray();
        double[] rising = p.clone();
        Arrays.sort(rising);
        double least = topK == 0 ? 0 : rising[V - topK];
        double left = Arrays.stream(p).filter(x -> x >= least).sum();
        return Arrays.stream(p).map(x -> x >= least ? x / left : 0).toArray();
    }

    private static long[] count(Draft draft) {
        SplittableRandom random = new SplittableRandom(1);
        long[] counts = new long[V];
        for (int i = 0; i < DRAWS; i++) {
            counts[draft.draw(LOGITS, random)]++;
        }
        return counts;
    }

    @Test
    void whatWouldCopyTheCorpusNeverComesAndTheRestAsOftenAsBefore() {
        KnownGrams grams = new KnownGrams(Tokens.of(1, 2, 3, 1, 2, 5, 0, 4), 3);
        Draft draft = new Drafting(PLAIN, List.of(new CopyRule(grams)), List.of(), -1, Long.MAX_VALUE).draft(V);
        draft.read(new int[] {4, 1, 2});
        double sum = 0;
        double[] expected = new double[V];
        for (int token : new int[] {0, 1, 2, 4}) { // not 3 and 5, which stand behind 1 2
            expected[token] = Math.exp(LOGITS[token]);
            sum += expected[token];
        }
        for (int token = 0; token < V; token++) {
            expected[token] /= sum;
        }
        long[] counts = count(draft);
        assertThat(ChiSquared.excess(counts, expected)).isLessThan(1);
        assertThat(counts[3] + counts[5]).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void theWindowMovesWithTheText(int window) {
        Drafting drafting =
                Drafting.of(PLAIN.withRepetition(new Repetition(1e9, window, 1)).withLength(Long.MAX_VALUE));
        Draft draft = drafting.draft(50);
        float[] logits = new float[50];
        SplittableRandom random = new SplittableRandom(2);
        List<Integer> text = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int token = draft.draw(logits, random);
            draft.write(token, text::add);
        }
        for (int i = 1; i < text.size(); i++) {
            assertThat(text.subList(Math.max(0, i - window), i)).doesNotContain(text.get(i));
        }
        assertThat(text).contains(0, 49);
    }

    @Test
    void aCopyGoesOnForItself() {
        Drafting drafting = new Drafting(
                PLAIN.withRepetition(new Repetition(1e9, 3, 1)).withLength(4),
                List.of(),
                List.of(new int[] {4, 5}),
                0,
                2);
        Draft draft = drafting.draft(V);
        draft.write(4, token -> {});
        Draft copy = draft.copy();
        List<Integer> text = new ArrayList<>();
        copy.write(5, text::add);
        assertThat(copy.isComplete()).isTrue();
        assertThat(text).isEmpty();

        draft.write(0, text::add);
        draft.write(1, text::add);
        draft.write(0, text::add);
        assertThat(draft.isComplete()).isTrue();
        assertThat(text).containsExactly(4, 0, 1, 0);
    }

    @Test
    void whereNothingMayFollowTheTextIsStuck() {
        Rule never = new Rule() {
            @Override
            public void apply(float[] logits) {
                Arrays.fill(logits, Float.NEGATIVE_INFINITY);
            }

            @Override
            public void write(int token) {}

            @Override
            public Rule copy() {
                return this;
            }
        };
        Draft draft = new Drafting(PLAIN, List.of(never), List.of(), -1, 1).draft(V);
        int token = draft.draw(LOGITS, new SplittableRandom(1));
        assertThat(token).isEqualTo(Draft.END);
        draft.write(token, written -> assertThat(written).isNull());
        assertThat(draft.isComplete()).isTrue();
        assertThat(draft.isStuck()).isTrue();
    }

    /** It is no part of the text: what completes a stop may be what no text may hold. */
    @Test
    void whatEndsTheTextIsBoundByNoRule() {
        KnownGrams grams = new KnownGrams(Tokens.of(0, 1, 2, 3, 4, 5), 1);
        List<int[]> stops = List.of(new int[] {4, 5}, new int[] {3});
        Draft draft = new Drafting(PLAIN, List.of(new CopyRule(grams)), stops, -1, Long.MAX_VALUE).draft(V);

        assertThat(likely(draft)).containsExactly(3);
        draft.write(4, token -> {});
        assertThat(likely(draft)).containsExactly(3, 5);
        draft.write(0, token -> {});
        assertThat(likely(draft)).containsExactly(3);
    }

    private static int[] likely(Draft draft) {
        double[] distribution = Objects.requireNonNull(draft.distribution(LOGITS));
        return IntStream.range(0, V).filter(token -> distribution[token] > 0).toArray();
    }

    @Test
    void aTextEndsWithItsLastLine() {
        Draft draft = new Drafting(PLAIN, List.of(), List.of(), 0, 2).draft(V);
        for (int token : new int[] {1, 0, 2}) {
            draft.write(token, written -> {});
            assertThat(draft.isComplete()).isFalse();
        }
        draft.write(0, written -> {});
        assertThat(draft.isComplete()).isTrue();
    }

    @Test
    void aTextOfNothingIsComplete() {
        assertThat(Drafting.of(PLAIN.withLength(0)).draft(V).isComplete()).isTrue();
        assertThat(new Drafting(PLAIN, List.of(), List.of(), 0, 0).draft(V).isComplete())
                .isTrue();
        assertThat(Drafting.of(PLAIN).draft(V).isComplete()).isFalse();
    }
}
