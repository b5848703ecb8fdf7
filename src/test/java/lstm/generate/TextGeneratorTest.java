package lstm.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lstm.model.LanguageModel;
import lstm.text.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextGeneratorTest {

    private static final LanguageModel MODEL = HandMade.random(11, 3);

    @Test
    void oneSeedGivesOneText() {
        assertThat(text(7, 0.9)).isEqualTo(text(7, 0.9)).isNotEqualTo(text(8, 0.9));
    }

    @Test
    void withoutTemperatureTheSeedDoesNotMatter() {
        assertThat(text(7, 0)).isEqualTo(text(8, 0));
    }

    @Test
    void itsTokensAreReadBeforeTheNext() {
        TextGenerator generator = new TextGenerator(HandMade.rote(5));
        generator.read(2);
        assertThat(draw(generator, 6, 1, 0)).containsExactly(3, 4, 0, 1, 2, 3);
    }

    @Test
    void nextIsWhatTheSamplerPicks() {
        TextGenerator generator = new TextGenerator(MODEL);
        generator.read(0);
        assertThat(generator.next((logits, random) -> 9, new SplittableRandom(0)))
                .isEqualTo(9);
        TextGenerator other = new TextGenerator(MODEL);
        other.read(new int[] {0, 9});
        assertThat(generator.logProbabilities()).isEqualTo(other.logProbabilities());
    }

    @Test
    void aSamplerMayOverwriteTheLogitsItGets() {
        TextGenerator generator = new TextGenerator(MODEL);
        generator.read(0);
        TextGenerator.Place place = generator.place();
        double[] before = generator.logProbabilities();
        generator.next(
                (logits, random) -> {
                    Arrays.fill(logits, Float.NaN);
                    return 1;
                },
                new SplittableRandom(0));
        generator.returnTo(place);
        assertThat(generator.logProbabilities()).isEqualTo(before);
    }

    @Test
    void probabilitiesAddUpToOne() {
        TextGenerator generator = new TextGenerator(MODEL);
        for (int token = 0; token < 11; token++) {
            generator.read(token);
            assertThat(Arrays.stream(generator.logProbabilities())
                            .map(Math::exp)
                            .sum())
                    .isEqualTo(1, within(1e-12));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 2", "1000, 0, -1000", "-1000000, -1000001, -1000000"})
    void probabilitiesAreTheSoftmaxOfTheLogits(int first, int second, int third) {
        int[] logits = {first, second, third};
        TextGenerator generator = new TextGenerator(HandMade.bigrams(3, (last, next) -> logits[next]));
        generator.read(0);
        int max = IntStream.of(logits).max().orElseThrow();
        double sum =
                IntStream.of(logits).mapToDouble(logit -> Math.exp(logit - max)).sum();
        double[] expected = IntStream.of(logits)
                .mapToDouble(logit -> logit - max - Math.log(sum))
                .toArray();
        assertThat(generator.logProbabilities()).containsExactly(expected, within(1e-6 * Math.max(1, Math.abs(max))));
    }

    @Test
    void logProbabilitiesAreACopy() {
        TextGenerator generator = new TextGenerator(MODEL);
        generator.read(4);
        double[] before = generator.logProbabilities();
        Arrays.fill(generator.logProbabilities(), 5);
        assertThat(generator.logProbabilities()).isEqualTo(before);
    }

    @Test
    void itReturnsToAPlaceExactly() {
        TextGenerator generator = new TextGenerator(MODEL);
        generator.read(new int[] {1, 2, 3});
        TextGenerator.Place place = generator.place();
        double[] probabilities = generator.logProbabilities();
        int[] text = draw(generator, 30, 0.9, 1);

        generator.read(new int[] {5, 5, 5});
        generator.returnTo(place);
        assertThat(generator.logProbabilities()).isEqualTo(probabilities);
        assertThat(draw(generator, 30, 0.9, 1)).isEqualTo(text);

        generator.returnTo(place);
        assertThat(draw(generator, 30, 0.9, 1)).as("a second time").isEqualTo(text);
    }

    @Test
    void aPlaceIsGoodForAnotherGeneratorOfTheModel() {
        TextGenerator generator = new TextGenerator(MODEL);
        generator.read(new int[] {1, 2, 3});
        TextGenerator other = new TextGenerator(MODEL);
        other.returnTo(generator.place());
        assertThat(draw(other, 30, 0.9, 1)).isEqualTo(draw(generator, 30, 0.9, 1));
    }

    @Test
    void tokensMayBeReadOneByOneOrTogether() {
        TextGenerator one = new TextGenerator(MODEL);
        one.read(1);
        one.read(2);
        TextGenerator both = new TextGenerator(MODEL);
        both.read(new int[] {1, 2});
        assertThat(one.logProbabilities()).isEqualTo(both.logProbabilities());
        both.read(new int[0]);
        assertThat(one.logProbabilities()).as("nothing more read").isEqualTo(both.logProbabilities());
    }

    @Test
    void resetForgetsTheText() {
        TextGenerator used = new TextGenerator(MODEL);
        used.read(new int[] {1, 2, 3});
        used.reset();
        used.read(4);
        TextGenerator fresh = new TextGenerator(MODEL);
        fresh.read(4);
        assertThat(used.logProbabilities()).isEqualTo(fresh.logProbabilities());
    }

    static Stream<Arguments> beginnings() {
        return Stream.of(
                Arguments.of("ab\ncdefghij", 2), Arguments.of("\nabcdefghij", 0), Arguments.of("abcdefghijk", 0));
    }

    @ParameterizedTest
    @MethodSource("beginnings")
    void aTextBeginsAfterANewlineOrElseTheFirstToken(String symbols, int token) {
        Vocabulary vocabulary = HandMade.characters(symbols);
        TextGenerator begun = new TextGenerator(MODEL);
        begun.read(new int[] {7, 8});
        begun.begin(vocabulary);
        TextGenerator expected = new TextGenerator(MODEL);
        expected.read(token);
        assertThat(begun.logProbabilities()).isEqualTo(expected.logProbabilities());
    }

    private static int[] text(long seed, double temperature) {
        TextGenerator generator = new TextGenerator(MODEL);
        generator.read(0);
        return draw(generator, 100, temperature, seed);
    }

    private static int[] draw(TextGenerator generator, int length, double temperature, long seed) {
        Sampler sampler = Sampler.of(temperature, Cuts.NONE);
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, length)
                .map(i -> generator.next(sampler, random))
                .toArray();
    }
}
