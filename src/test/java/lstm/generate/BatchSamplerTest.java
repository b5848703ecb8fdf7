package lstm.generate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BatchSamplerTest {

    private static final int V = 9;
    private static final int[] BEGINNING = {3, 1, 4, 1, 5};
    private static final Drafting DRAFTING = new Drafting(
            SamplingSettings.DEFAULT
                    .withTemperature(Temperature.of(1))
                    .withRepetition(Repetition.NONE.withPenalty(2).withLength(2))
                    .withLength(60),
            List.of(),
            List.of(new int[] {2, 7}, new int[] {8}), // so that texts end at different times
            0,
            4);

    /** Hears everything. */
    private static class Heard implements TextListener {

        final Map<Long, List<Integer>> texts = new TreeMap<>();
        final Map<Long, List<Prediction>> predictions = new TreeMap<>();
        final List<Long> ended = new ArrayList<>();
        final int others;

        Heard(int others) {
            this.others = others;
        }

        List<Prediction> predictions(long text) {
            return requireNonNull(predictions.get(text));
        }

        @Override
        public int others() {
            return others;
        }

        @Override
        public void drawn(long text, Prediction prediction) {
            predictions.computeIfAbsent(text, number -> new ArrayList<>()).add(prediction);
        }

        @Override
        public void written(long text, int token) {
            assertThat(ended).doesNotContain(text);
            texts.computeIfAbsent(text, number -> new ArrayList<>()).add(token);
        }

        @Override
        public void ended(long text, boolean stuck) {
            texts.computeIfAbsent(text, number -> new ArrayList<>());
            ended.add(text);
        }
    }

    static Stream<Arguments> models() {
        return Stream.of(
                        new ModelConfig(Cell.LSTM, V, 13, 2, 0, 0),
                        new ModelConfig(Cell.GRU, V, 7, 1, 0, 0),
                        new ModelConfig(Cell.PEEPHOLE, V, 5, 3, 0, 0),
                        new ModelConfig(Cell.RNN, V, 16, 1, 0, 0).withAttention(4))
                .flatMap(config -> IntStream.of(1, 2, 3).mapToObj(threads -> Arguments.of(config, threads)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void aTextDoesNotDependOnThoseBesideIt(ModelConfig config, int threads) {
        try (Workers workers =
                new Workers(threads, KernelChoice.of(KernelChoice.Request.AUTO).kernels())) {
            LanguageModel model = LanguageModel.initialized(config, 5, workers);
            Map<Long, List<Integer>> expected = alone(model, 40);
            assertThat(expected.values().stream().map(List::size).distinct()).hasSizeGreaterThan(10);
            for (int streams : new int[] {1, 2, 7, 40, 64}) {
                Heard heard = new Heard(TextListener.NO_PREDICTIONS);
                sampler(model).run(40, streams, heard, () -> false);
                assertThat(heard.texts).as("%d at a time", streams).isEqualTo(expected);
                assertThat(heard.ended).hasSize(40);
                assertThat(heard.predictions).isEmpty();
            }
        }
    }

    private static BatchSampler sampler(LanguageModel model) {
        TextGenerator generator = new TextGenerator(model);
        generator.read(BEGINNING);
        Draft draft = DRAFTING.draft(V);
        draft.read(BEGINNING);
        return new BatchSampler(model, generator.place(), draft, text -> new SplittableRandom(100 + text));
    }

    private static Map<Long, List<Integer>> alone(LanguageModel model, int count) {
        Map<Long, List<Integer>> texts = new TreeMap<>();
        for (long text = 0; text < count; text++) {
            TextGenerator generator = new TextGenerator(model);
            generator.read(BEGINNING);
            Draft draft = DRAFTING.draft(V);
            draft.read(BEGINNING);
            SplittableRandom random = new SplittableRandom(100 + text);
            List<Integer> written = new ArrayList<>();
            while (!draft.isComplete()) {
                generator.next(draft, random, written::add);
            }
            texts.put(text, written);
        }
        return texts;
    }

    @Test
    void everyDrawIsPredictedBeforeItIsWritten() {
        LanguageModel model = HandMade.random(V, 3);
        Heard heard = new Heard(3);
        sampler(model).run(5, 5, heard, () -> false);
        heard.texts.forEach((text, tokens) -> {
            List<Prediction> predictions = heard.predictions(text);
            assertThat(predictions).hasSizeGreaterThanOrEqualTo(tokens.size());
            TextGenerator generator = new TextGenerator(model);
            generator.read(BEGINNING);
            for (int i = 0; i < predictions.size(); i++) {
                Prediction prediction = predictions.get(i);
                double[] expected = generator.logProbabilities();
                assertThat(prediction.logProbability()).isEqualTo(expected[prediction.token()]);
                assertThat(prediction.others())
                        .hasSize(3)
                        .allSatisfy(other -> assertThat(other.logProbability()).isEqualTo(expected[other.token()]));
                assertThat(i >= tokens.size() || tokens.get(i) == prediction.token())
                        .isTrue();
                generator.read(prediction.token());
            }
        });
    }

    @Test
    void itStopsWhereItIsToldTo() {
        Heard heard = new Heard(TextListener.NO_PREDICTIONS);
        sampler(HandMade.random(V, 3)).run(Long.MAX_VALUE, 8, heard, () -> heard.ended.size() >= 100);
        assertThat(heard.ended).hasSizeBetween(100, 107).doesNotHaveDuplicates();
        sampler(HandMade.random(V, 3)).run(3, 8, new Heard(0), () -> true);
    }

    @Test
    void textsArePassedOnInOrder() {
        Heard mixed = new Heard(2);
        sampler(HandMade.random(V, 3)).run(30, 8, mixed, () -> false);
        assertThat(mixed.ended).isNotEqualTo(sorted(mixed.ended));
        List<Long> order = new ArrayList<>();
        Heard heard = new Heard(2) {
            @Override
            public void written(long text, int token) {
                super.written(text, token);
                order.add(text);
            }
        };
        sampler(HandMade.random(V, 3)).run(30, 8, new InOrder(heard), () -> false);
        assertThat(heard.texts).isEqualTo(mixed.texts);
        assertThat(heard.predictions).isEqualTo(mixed.predictions);
        assertThat(heard.ended).isEqualTo(sorted(mixed.ended));
        assertThat(order).isEqualTo(sorted(order));
    }

    private static List<Long> sorted(List<Long> numbers) {
        return numbers.stream().sorted().toList();
    }

    @Test
    void theFirstTextIsPassedOnAsItComes() {
        Heard heard = new Heard(TextListener.NO_PREDICTIONS);
        InOrder inOrder = new InOrder(heard);
        inOrder.written(1, 5);
        inOrder.written(0, 6);
        assertThat(heard.texts).isEqualTo(Map.of(0L, List.of(6)));
        inOrder.ended(0, false);
        inOrder.written(1, 7);
        assertThat(heard.texts).isEqualTo(Map.of(0L, List.of(6), 1L, List.of(5, 7)));
    }

    @Test
    void ofEveryFewTheLikeliestIsTaken() {
        Heard all = new Heard(0);
        sampler(HandMade.random(V, 3)).run(30, 8, all, () -> false);
        Heard best = new Heard(0);
        Selection selection = new Selection(best, 6, 5, text -> true);
        sampler(HandMade.random(V, 3)).run(30, 8, new InOrder(selection), () -> false);

        assertThat(best.ended).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        for (long group = 0; group < 6; group++) {
            long first = 5 * group;
            long likeliest = LongStream.range(first, first + 5)
                    .boxed()
                    .max(Comparator.comparingDouble(text -> mean(all.predictions(text))))
                    .orElseThrow();
            assertThat(best.texts.get(group)).isEqualTo(all.texts.get(likeliest));
            assertThat(best.predictions.get(group)).isEqualTo(all.predictions.get(likeliest));
        }
    }

    @Test
    void theLikeliestOfThreeComesAsOftenAsItsProbabilitySays() {
        int[] logits = {0, 1, -1, 2};
        LanguageModel model = HandMade.bigrams(4, (last, next) -> logits[next]);
        TextGenerator generator = new TextGenerator(model);
        generator.read(0);
        Drafting drafting = Drafting.of(
                SamplingSettings.DEFAULT.withTemperature(Temperature.of(1)).withLength(1));
        BatchSampler sampler =
                new BatchSampler(model, generator.place(), drafting.draft(4), text -> new SplittableRandom(7 + text));
        Heard best = new Heard(TextListener.NO_PREDICTIONS);
        Selection selection = new Selection(best, 20_000, 3, text -> true);
        sampler.run(60_000, 64, new InOrder(selection), () -> false);

        long[] counts = new long[4];
        best.texts.values().forEach(text -> counts[text.get(0)]++);
        double sum = IntStream.of(logits).mapToDouble(Math::exp).sum();
        // All three at most as likely, less all three less likely.
        double[] expected = IntStream.of(logits)
                .mapToDouble(logit ->
                        Math.pow(below(logits, logit + 1) / sum, 3) - Math.pow(below(logits, logit) / sum, 3))
                .toArray();
        assertThat(ChiSquared.excess(counts, expected)).isLessThan(1);
    }

    private static double below(int[] logits, int limit) {
        return IntStream.of(logits)
                .filter(logit -> logit < limit)
                .mapToDouble(Math::exp)
                .sum();
    }

    private static double mean(List<Prediction> predictions) {
        return predictions.stream()
                .mapToDouble(Prediction::logProbability)
                .average()
                .orElseThrow();
    }

    @Test
    void whatIsNotWantedIsLeftOutAndCounted() {
        Heard heard = new Heard(TextListener.NO_PREDICTIONS);
        Selection selection = new Selection(heard, 9, 1, text -> text.length % 2 == 1);
        for (int text = 0; text < 7; text++) {
            for (int i = 0; i < List.of(1, 2, 3, 5, 0, 2, 4).get(text); i++) {
                selection.written(text, text);
            }
            selection.ended(text, false);
        }
        assertThat(heard.texts).isEqualTo(Map.of(0L, List.of(0), 1L, List.of(2, 2, 2), 2L, List.of(3, 3, 3, 3, 3)));
        assertThat(selection.selected()).isEqualTo(3);
        assertThat(selection.refused()).isEqualTo(3);
    }

    @Test
    void whatComesBehindTheLastIsLeftOut() {
        Heard heard = new Heard(TextListener.NO_PREDICTIONS);
        Selection selection = new Selection(heard, 2, 1, text -> true);
        for (int text = 0; text < 5; text++) {
            selection.written(text, text);
            selection.ended(text, false);
        }
        assertThat(heard.texts).isEqualTo(Map.of(0L, List.of(0), 1L, List.of(1)));
        assertThat(selection.selected()).isEqualTo(2);
    }
}
