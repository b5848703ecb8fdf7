package lstm.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import lstm.generate.Completions.Completion;
import lstm.model.LanguageModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionsTest {

    private static final int LONGEST = 4;
    private static final int COUNT = 6;
    /** Tokens 0 and 1 end a word, 2 to 5 are letters. */
    private static final int V = 6;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithTryingEverything(long seed) {
        agreesWithTryingEverything(HandMade.random(V, seed), CompletionsTest::isToken);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithTryingEverythingWhereTheLastTokenSaysALot(long seed) {
        agreesWithTryingEverything(steep(seed), CompletionsTest::isToken);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsNotOfferedStandsNowhere(long seed) {
        IntPredicate offered = token -> token != 1 && token != 3;
        agreesWithTryingEverything(steep(seed), offered);
        assertThat(new Completions(begun(steep(seed)), offered, CompletionsTest::isLetter).likeliest(COUNT))
                .flatExtracting(Completion::tokens)
                .doesNotContain(1, 3);
    }

    private static void agreesWithTryingEverything(LanguageModel model, IntPredicate offered) {
        List<Completion> everything = new ArrayList<>();
        double longer = enumerate(begun(model), offered, List.of(), 1, everything);
        everything.sort(Comparator.comparingDouble(completion -> -completion.probability()));
        List<Completion> expected = everything.stream()
                .filter(completion -> completion.probability() > longer)
                .limit(COUNT)
                .toList();
        assertThat(expected).as("what is likelier than anything longer").isNotEmpty();

        List<Completion> found = new Completions(begun(model), offered, CompletionsTest::isLetter).likeliest(COUNT);
        assertThat(found).hasSize(COUNT);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).probability()).isEqualTo(expected.get(i).probability(), within(1e-12));
            assertThat(found.get(i).tokens()).isEqualTo(expected.get(i).tokens());
        }
    }

    /** Adds all completions that go on from these tokens, and returns the probability of the likeliest longer text. */
    private static double enumerate(
            TextGenerator generator,
            IntPredicate offered,
            List<Integer> tokens,
            double probability,
            List<Completion> completions) {
        double[] next = generator.logProbabilities();
        boolean hasWord = tokens.stream().anyMatch(CompletionsTest::isLetter);
        double ends = Math.exp(next[0]) + Math.exp(next[1]);
        if (hasWord) {
            completions.add(new Completion(tokens, probability * ends));
        }
        if (tokens.size() == LONGEST) {
            return hasWord ? probability * (1 - ends) : probability;
        }
        TextGenerator.Place place = generator.place();
        double longer = 0;
        for (int token = 0; token < V; token++) {
            if (offered.test(token) && (!hasWord || isLetter(token))) {
                List<Integer> more = new ArrayList<>(tokens);
                more.add(token);
                generator.returnTo(place);
                generator.read(token);
                double likelihood = probability * Math.exp(next[token]);
                longer = Math.max(longer, enumerate(generator, offered, more, likelihood, completions));
            }
        }
        return longer;
    }

    @Test
    void theLikeliestComesFirst() {
        List<Completion> found = new Completions(
                        begun(HandMade.random(V, 9)), CompletionsTest::isToken, CompletionsTest::isLetter)
                .likeliest(20);
        assertThat(found)
                .hasSize(20)
                .isSortedAccordingTo(Comparator.comparingDouble(completion -> -completion.probability()));
        assertThat(found).extracting(Completion::tokens).doesNotHaveDuplicates();
        assertThat(found)
                .allSatisfy(completion -> assertThat(completion.probability()).isBetween(0.0, 1.0));
    }

    @Test
    void aCompletionIsTheRestOfAWordOrTheNextOne() {
        assertThat(new Completions(begun(HandMade.random(V, 9)), CompletionsTest::isToken, CompletionsTest::isLetter)
                        .likeliest(20))
                .allSatisfy(completion -> {
                    List<Integer> tokens = completion.tokens();
                    int letters = (int)
                            tokens.stream().filter(CompletionsTest::isLetter).count();
                    assertThat(letters).isPositive();
                    assertThat(tokens.subList(tokens.size() - letters, tokens.size()))
                            .allMatch(CompletionsTest::isLetter);
                });
    }

    @Test
    void aTextThatIsCertainIsTheFirst() {
        // 0 -> 1 -> ... -> 5 -> 0: behind 1 stands the word 2 3 4 5, and then 0
        TextGenerator generator = new TextGenerator(HandMade.rote(V));
        generator.read(1);
        Completion first = new Completions(generator, CompletionsTest::isToken, CompletionsTest::isLetter)
                .likeliest(1)
                .get(0);
        assertThat(first.tokens()).containsExactly(2, 3, 4, 5);
        assertThat(first.probability()).isEqualTo(1, within(1e-6));
    }

    @Test
    void aWordWithoutAnEndIsNotFollowedForever() {
        TextGenerator generator = begun(HandMade.bigrams(V, (last, next) -> next >= 2 ? 0 : -1000));
        assertThat(new Completions(generator, CompletionsTest::isToken, CompletionsTest::isLetter).likeliest(3))
                .hasSizeLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 1000})
    void atMostAsManyAsAskedForAreFound(int count) {
        assertThat(new Completions(begun(HandMade.random(V, 9)), CompletionsTest::isToken, CompletionsTest::isLetter)
                        .likeliest(count))
                .hasSizeLessThanOrEqualTo(count);
    }

    @Test
    void whereNothingIsOfferedThereIsNothing() {
        assertThat(new Completions(begun(HandMade.random(V, 9)), token -> false, CompletionsTest::isLetter)
                        .likeliest(3))
                .isEmpty();
        assertThat(new Completions(begun(HandMade.random(V, 9)), CompletionsTest::isToken, token -> false).likeliest(3))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 1000})
    void theGeneratorStandsWhereItStood(int count) {
        TextGenerator generator = begun(HandMade.random(V, 9));
        generator.read(new int[] {3, 4});
        TextGenerator untouched = begun(HandMade.random(V, 9));
        untouched.read(new int[] {3, 4});

        new Completions(generator, CompletionsTest::isToken, CompletionsTest::isLetter).likeliest(count);

        assertThat(generator.logProbabilities()).isEqualTo(untouched.logProbabilities());
        assertThat(draw(generator)).isEqualTo(draw(untouched));
    }

    /** More than are looked at behind one beginning. */
    @Test
    void ofManyTokensTheLikeliestAreTried() {
        int many = 40;
        LanguageModel model = HandMade.bigrams(many, (last, next) -> isLetter(last) ? (next == 0 ? 20 : 0) : next);
        List<Completion> found =
                new Completions(begun(model), token -> token < many, CompletionsTest::isLetter).likeliest(4);

        assertThat(found)
                .extracting(Completion::tokens)
                .containsExactly(List.of(39), List.of(38), List.of(37), List.of(36));
    }

    private static boolean isToken(int token) {
        return token >= 0 && token < V;
    }

    private static boolean isLetter(int token) {
        return token >= 2;
    }

    private static int[] draw(TextGenerator generator) {
        SplittableRandom random = new SplittableRandom(1);
        return IntStream.range(0, 50)
                .map(i -> generator.next(Sampler.of(1, Cuts.NONE), random))
                .toArray();
    }

    /** A model whose tokens differ much in probability, and whose words are short. */
    private static LanguageModel steep(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] logits = random.ints(V * V, -3, 4).toArray();
        return HandMade.bigrams(
                V, (last, next) -> logits[last * V + next] + (isLetter(last) == isLetter(next) ? 0 : 2));
    }

    private static TextGenerator begun(LanguageModel model) {
        TextGenerator generator = new TextGenerator(model);
        generator.read(0);
        return generator;
    }
}
