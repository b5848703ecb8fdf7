package lstm.ngram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import lstm.text.Tokens;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The n-gram model against its definition, and against numbers made by hand. */
class WittenBellTest {

    /** Sums of at most some thousand doubles near 1. */
    private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

    /** 'a' is token 0. */
    private static Tokens tokens(String text) {
        return Tokens.of(text.chars().map(symbol -> symbol - 'a').toArray());
    }

    private static String random(long seed, int length, int symbols) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            // Smaller symbols more often, and now and then something from before, so that long contexts return.
            if (i > 10 && random.nextInt(8) == 0) {
                int from = random.nextInt(i - 8);
                text.append(text, from, from + 7);
                i += 6;
            } else {
                text.append((char) ('a' + Math.min(random.nextInt(symbols), random.nextInt(symbols))));
            }
        }
        return text.toString();
    }

    /** "abab", V = 2. Followers of a: b twice, of b: a once. */
    @Test
    void probabilitiesAreThoseMadeByHand() {
        WittenBell.Reader reader = new WittenBell(tokens("abab"), 2, 3).reader();

        // Nothing was read: N = 4, T = 2, 2 of them a.
        assertThat(reader.read(0)).containsExactly((2 + 2 * 0.5) / 6, 0.5, 0.5);
        // Behind a: N = 2, T = 1, 2 of them b.
        assertThat(reader.read(1)).containsExactly(0.5, (2 + 1 * 0.5) / 3, (2 + 1 * 0.5) / 3);
        // Behind ab: N = 1, T = 1, none of them b; behind b: likewise.
        assertThat(reader.read(1)).containsExactly(0.5, 0.25, 0.125);
        // Behind bb, which was never seen: as behind b, N = 1, T = 1, 1 of them a.
        assertThat(reader.read(0)).containsExactly(0.5, 0.75, 0.75);
    }

    @Test
    void aSymbolThatWasNeverSeenIsNotImpossible() {
        // N = 4, T = 1 and V = 4.
        assertThat(new WittenBell(tokens("aaaa"), 4, 1).reader().read(3)).containsExactly(1 * 0.25 / 5);
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 300, 200", "2, 3, 500, 300", "3, 26, 700, 500", "4, 5, 3, 50", "5, 4, 1, 20", "6, 26, 0, 20"})
    void itIsTheDefinition(long seed, int symbols, int length, int heldOut) {
        String text = random(seed, length, symbols);
        String other = random(seed + 100, heldOut, symbols);
        NaiveWittenBell naive = new NaiveWittenBell(text, symbols, 6);
        WittenBell model = new WittenBell(tokens(text), symbols, 6);

        double[] losses = model.losses(tokens(other));
        for (int order = 1; order <= 6; order++) {
            assertThat(losses[order - 1]).as("order %d", order).isCloseTo(naive.loss(other, order), ROUNDING);
            assertThat(model.contexts(order)).as("order %d", order).isEqualTo((int) naive.contexts(order));
        }
    }

    /** A repetitive text, and one that ends in a context that is nowhere else. */
    @ParameterizedTest
    @ValueSource(strings = {"aaaaaaaaaa", "abcabcabcabc", "abbabbabbabc", "abacadaeaf", "ab", "a"})
    void itIsTheDefinitionOnItsOwnText(String text) {
        NaiveWittenBell naive = new NaiveWittenBell(text, 7, 6);
        String read = text + text + "gabcdefg" + text;
        double[] losses = new WittenBell(tokens(text), 7, 6).losses(tokens(read));

        for (int order = 1; order <= 6; order++) {
            assertThat(losses[order - 1]).as("order %d", order).isCloseTo(naive.loss(read, order), ROUNDING);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 10, 1000})
    void theProbabilitiesOfAllSymbolsSumToOne(int length) {
        int symbols = 9;
        String text = random(7, length, symbols);
        WittenBell model = new WittenBell(tokens(text), symbols, 6);
        String read = random(8, 60, symbols);
        for (int end = 0; end <= read.length(); end++) {
            double[] sums = new double[6];
            for (int symbol = 0; symbol < symbols; symbol++) {
                double[] probabilities = after(model, read.substring(0, end)).read(symbol);
                for (int n = 0; n < 6; n++) {
                    assertThat(probabilities[n]).isPositive();
                    sums[n] += probabilities[n];
                }
            }
            for (double sum : sums) {
                assertThat(sum).isCloseTo(1, ROUNDING);
            }
        }
    }

    private static WittenBell.Reader after(WittenBell model, String text) {
        WittenBell.Reader reader = model.reader();
        text.chars().forEach(symbol -> reader.read(symbol - 'a'));
        return reader;
    }

    @Test
    void withNothingCountedAllSymbolsAreAlike() {
        assertThat(new WittenBell(Tokens.of(), 8, 3).losses(tokens("abc")))
                .containsExactly(new double[] {Math.log(8), Math.log(8), Math.log(8)}, ROUNDING);
    }

    @Test
    void oneSymbolAloneIsCertain() {
        assertThat(new WittenBell(tokens("aaaa"), 1, 4).losses(tokens("aaa"))).containsOnly(0);
    }

    @Test
    void manySymbolsAreSortedAsWell() {
        int[] text = new SplittableRandom(1).ints(5000, 0, 100_000).toArray();
        double[] losses = new WittenBell(Tokens.of(text), 100_000, 6).losses(Tokens.of(text));
        // Every symbol but a few is there once, behind what stands nowhere else: half of its probability is new.
        assertThat(losses[5]).isLessThan(Math.log(2) * 1.1);
    }

    @Test
    void theBestOrderIsTheOneToBeat() {
        String text = random(9, 5000, 6);
        Baseline baseline = Baseline.measure(tokens(text.substring(0, 4000)), tokens(text.substring(4000)), 6, 2, 5);

        assertThat(baseline.trainingCharacters()).isEqualTo(4000);
        assertThat(baseline.heldOutCharacters()).isEqualTo(text.length() - 4000);
        assertThat(baseline.orders()).extracting(Baseline.OfOrder::order).containsExactly(2, 3, 4, 5);
        assertThat(baseline.orders())
                .allMatch(order -> order.nats() >= baseline.best().nats());
        assertThat(baseline.best().bits()).isCloseTo(baseline.best().nats() * 1.4426950408889634, ROUNDING);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new WittenBell(tokens("ab"), 2, 0))
                .hasMessageContaining("order from 1 to 20, found 0");
        assertThatThrownBy(() -> new WittenBell(tokens("ab"), 2, 21)).hasMessageContaining("found 21");
        assertThatThrownBy(() -> new WittenBell(Tokens.of(), 0, 1)).hasMessageContaining("one symbol or more");
        assertThatThrownBy(() -> new WittenBell(tokens("ab"), 2, 1).losses(tokens("a")))
                .hasMessageContaining("two tokens or more, found 1");
        assertThatThrownBy(() -> Baseline.measure(tokens("ab"), tokens("ab"), 2, 3, 2))
                .hasMessageContaining("found 3 to 2");
    }
}
