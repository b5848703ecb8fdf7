package lstm.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import lstm.model.LanguageModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeamSearchTest {

    private static final int V = 4;
    private static final int LENGTH = 4;
    private static final SamplingSettings SETTINGS =
            SamplingSettings.DEFAULT.withTemperature(Temperature.of(1)).withLength(LENGTH);

    /** A text with the mean log-probability of its draws. */
    private record Scored(List<Integer> tokens, double mean) {}

    private static final class Found implements TextListener {

        final List<List<Integer>> texts = new ArrayList<>();
        int ended;

        @Override
        public void written(long text, int token) {
            assertThat(text).isEqualTo(ended);
            if (text == texts.size()) {
                texts.add(new ArrayList<>());
            }
            texts.get((int) text).add(token);
        }

        @Override
        public void ended(long text, boolean stuck) {
            assertThat(text).isEqualTo(ended);
            if (text == texts.size()) {
                texts.add(new ArrayList<>());
            }
            ended++;
        }
    }

    private static Found search(LanguageModel model, Drafting drafting, int width, int count) {
        TextGenerator generator = new TextGenerator(model);
        generator.read(0);
        Draft draft = drafting.draft(model.config().vocabulary());
        Found found = new Found();
        int texts = new BeamSearch(model, generator.place(), draft, width).run(count, found, () -> false);
        assertThat(texts).isEqualTo(found.ended);
        return found;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aBeamThatHoldsEverythingFindsTheLikeliest(long seed) {
        LanguageModel model = steep(seed);
        // A rule and a stop, so that texts differ in length and may end without a token.
        Drafting drafting = new Drafting(
                SETTINGS,
                List.of(Language.matching("b?[a-c]+", HandMade.characters("abcd"))
                        .rule(LENGTH)),
                List.of(new int[] {2, 2}),
                -1,
                1);
        List<Scored> everything = new ArrayList<>();
        TextGenerator generator = new TextGenerator(model);
        generator.read(0);
        enumerate(generator, drafting.draft(V), List.of(), 0, 0, everything);
        everything.sort(Comparator.comparingDouble(scored -> -scored.mean));
        List<Scored> different = everything.stream()
                .filter(scored -> everything.stream()
                        .filter(other -> other.tokens.equals(scored.tokens))
                        .findFirst()
                        .orElseThrow()
                        .equals(scored))
                .toList();

        Found found = search(model, drafting, 1000, 10);

        assertThat(found.ended).isEqualTo(10);
        for (int rank = 0; rank < 10; rank++) {
            List<Integer> text = found.texts.get(rank);
            double mean = different.get(rank).mean;
            // One text may come about in several ways, and several be equally likely.
            assertThat(everything)
                    .anyMatch(scored -> scored.tokens.equals(text) && Math.abs(scored.mean - mean) < 1e-9);
        }
    }

    private static void enumerate(
            TextGenerator generator, Draft draft, List<Integer> written, double sum, int draws, List<Scored> texts) {
        double[] distribution = draft.distribution(generator.logits());
        double end = 0;
        for (int token = 0; token < V; token++) {
            if (distribution == null || distribution[token] == 0) {
                continue;
            }
            if (draft.endsBefore(token)) {
                end += distribution[token];
                continue;
            }
            Draft next = draft.copy();
            List<Integer> text = new ArrayList<>(written);
            next.write(token, text::add);
            double score = sum + Math.log(distribution[token]);
            if (next.isComplete()) {
                texts.add(new Scored(text, score / (draws + 1)));
            } else {
                TextGenerator.Place place = generator.place();
                generator.read(token);
                enumerate(generator, next, text, score, draws + 1, texts);
                generator.returnTo(place);
            }
        }
        if (end > 0) {
            List<Integer> text = new ArrayList<>(written);
            draft.copy().write(Draft.END, text::add);
            texts.add(new Scored(text, (sum + Math.log(end)) / (draws + 1)));
        }
    }

    /** After each token the next ones differ a lot. */
    private static LanguageModel steep(long seed) {
        Random random = new Random(seed);
        float[][] table = new float[V][V];
        for (float[] row : table) {
            for (int i = 0; i < V; i++) {
                row[i] = (float) (2 * random.nextGaussian());
            }
        }
        return HandMade.bigrams(V, (last, next) -> Math.round(table[last][next]));
    }

    @Test
    void aBeamOfOneTakesTheLikeliestEachTime() {
        LanguageModel model = HandMade.random(11, 3);
        TextGenerator generator = new TextGenerator(model);
        generator.read(0);
        List<Integer> greedy = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            greedy.add(generator.next((logits, random) -> Sampler.likeliest(logits), new SplittableRandom(1)));
        }
        assertThat(search(model, Drafting.of(SETTINGS.withLength(100)), 1, 1).texts)
                .containsExactly(greedy);
    }

    @Test
    void aWideBeamFindsWhatANarrowOneMisses() {
        // Behind a, b is a little likelier than c; behind b anything may come, behind c surely d.
        LanguageModel model = HandMade.bigrams(
                V, (last, next) -> last == 0 ? new int[] {-9, 3, 2, -9}[next] : last == 2 && next == 3 ? 20 : 0);
        Drafting drafting = Drafting.of(SETTINGS.withLength(2));
        assertThat(search(model, drafting, 1, 1).texts.get(0).get(0)).isEqualTo(1);
        assertThat(search(model, drafting, 2, 1).texts).containsExactly(List.of(2, 3));
    }

    @Test
    void whatAllTextsShareIsPassedOnBeforeTheyAreComplete() {
        LanguageModel model = HandMade.rote(5);
        TextGenerator generator = new TextGenerator(model);
        generator.read(0);
        Found found = new Found();
        List<Integer> seen = new ArrayList<>();
        new BeamSearch(
                        model,
                        generator.place(),
                        Drafting.of(SETTINGS.withLength(50)).draft(5),
                        3)
                .run(1, found, () -> {
                    seen.add(found.texts.isEmpty() ? 0 : found.texts.get(0).size());
                    return false;
                });
        assertThat(found.texts.get(0)).hasSize(50).startsWith(1, 2, 3, 4, 0, 1);
        assertThat(seen).contains(10, 20, 30);
    }

    @Test
    void onlyCompleteTextsAreFoundAndEachOnce() {
        LanguageModel model = HandMade.random(4, 3);
        Drafting drafting = new Drafting(
                SETTINGS.withLength(30),
                List.of(Language.matching("[a-c]+d", HandMade.characters("abcd"))
                        .rule(30)),
                List.of(),
                -1,
                Long.MAX_VALUE);
        Found found = search(model, drafting, 8, 8);
        assertThat(found.texts).hasSize(8).doesNotHaveDuplicates();
        assertThat(found.texts).allSatisfy(text -> assertThat(text).endsWith(3));
        Drafting stopping = new Drafting(
                SETTINGS.withLength(30), List.of(), List.of(new int[] {1}, new int[] {2}), -1, Long.MAX_VALUE);
        assertThat(search(model, stopping, 6, 6).texts).doesNotHaveDuplicates();
    }

    @Test
    void aTextOfNothingIsFound() {
        assertThat(search(HandMade.rote(5), Drafting.of(SETTINGS.withLength(0)), 3, 1).texts)
                .containsExactly(List.of());
        assertThatThrownBy(() -> search(HandMade.rote(5), Drafting.of(SETTINGS), 0, 1))
                .hasMessage("expected a beam of 1 or more, found 0");
    }
}
