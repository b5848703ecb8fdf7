package lstm.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopsTest {

    private static int[] tokens(String text) {
        return text.codePoints().toArray();
    }

    private static Stops stops(String... texts) {
        return new Stops(Arrays.stream(texts).map(StopsTest::tokens).toList());
    }

    /** What is passed on of a text, and a bar where it was stopped. */
    private static String read(Stops stops, String text) {
        StringBuilder passed = new StringBuilder();
        for (int token : tokens(text)) {
            if (stops.add(token, passed::appendCodePoint)) {
                return passed + "|";
            }
        }
        stops.end(passed::appendCodePoint);
        return passed.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "end, the end of it, the |",
        "end, thenend, then|",
        "end, enenend, enen|",
        "aab, aaaab, aa|",
        "abab, abaabab, aba|",
        "end, en, en",
        "end, nothing, nothing",
        "x, x, |",
        "x, abx, ab|",
        "end, eend, e|"
    })
    void aTextEndsBeforeTheFirstStop(String stop, String text, String expected) {
        assertThat(read(stops(stop), text)).isEqualTo(expected);
    }

    @Test
    void theStopThatIsCompleteFirstEndsTheTextAndOfThoseTheLongest() {
        assertThat(read(stops("cd", "bcde"), "abcdef")).isEqualTo("ab|");
        assertThat(read(stops("d", "bcd"), "abcdef")).isEqualTo("a|");
        assertThat(read(stops("xyz", "bc"), "abcdef")).isEqualTo("a|");
    }

    @Test
    void withoutStopsEveryTokenIsPassedOnAtOnce() {
        StringBuilder passed = new StringBuilder();
        assertThat(stops().add('a', passed::appendCodePoint)).isFalse();
        assertThat(passed).hasToString("a");
    }

    @Test
    void onlyWhatMayBeTheBeginningOfAStopIsHeldBack() {
        Stops stops = stops("stop", "step");
        StringBuilder passed = new StringBuilder();
        List<String> after = new ArrayList<>();
        for (int token : tokens("assttx")) {
            assertThat(stops.add(token, passed::appendCodePoint)).isFalse();
            after.add(passed.toString());
        }
        assertThat(after).containsExactly("a", "a", "as", "as", "asstt", "assttx");
    }

    /** Against the plain search in the whole text. */
    @Test
    void anyTextEndsWhereASearchFindsTheFirstStop() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            String text = letters(random, 30);
            List<String> stops = IntStream.range(0, 1 + random.nextInt(3))
                    .mapToObj(j -> letters(random, 1 + random.nextInt(5)))
                    .toList();
            assertThat(read(stops(stops.toArray(String[]::new)), text))
                    .as("%s in %s", stops, text)
                    .isEqualTo(searched(stops, text));
        }
    }

    private static String letters(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> random.nextInt(3) > 0 ? "a" : "b")
                .reduce("", String::concat);
    }

    private static String searched(List<String> stops, String text) {
        for (int end = 1; end <= text.length(); end++) {
            String before = text.substring(0, end);
            int longest = stops.stream()
                    .filter(before::endsWith)
                    .mapToInt(String::length)
                    .max()
                    .orElse(0);
            if (longest > 0) {
                return before.substring(0, end - longest) + "|";
            }
        }
        return text;
    }

    @Test
    void anEmptyStopIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stops("a", ""))
                .withMessage("expected a text to stop at, found an empty one");
    }
}
