package lstm.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorstLinesTest {

    private static List<String> worst(long most, List<ScoredLine> lines) {
        WorstLines worst = new WorstLines(most);
        lines.forEach(worst::add);
        return worst.lines().stream().map(ScoredLine::text).toList();
    }

    @Test
    void theLinesWithTheMostBitsPerCharacterComeFirst() {
        List<ScoredLine> lines = List.of(Lines.line("ab", 3, 3), Lines.line("c", 5), Lines.line("def", 4, 4, 1));

        assertThat(worst(Long.MAX_VALUE, lines)).containsExactly("c", "ab", "def");
        assertThat(worst(2, lines)).containsExactly("c", "ab");
        assertThat(worst(1, lines)).containsExactly("c");
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 4, 9})
    void linesOfTheSameSurpriseKeepTheirOrder(long most) {
        List<ScoredLine> lines = List.of(
                Lines.line("a", 1), Lines.line("b", 2), Lines.line("c", 2), Lines.line("d", 1), Lines.line("e", 2));

        assertThat(worst(most, lines))
                .isEqualTo(List.of("b", "c", "e", "a", "d").subList(0, (int) Math.min(most, 5)));
    }

    @Test
    void ofManyLinesTheWorstAreKept() {
        Random random = new Random(4);
        List<ScoredLine> lines = IntStream.range(0, 10_000)
                .mapToObj(i -> Lines.line("a", random.nextInt(3000)))
                .toList();
        List<Double> sorted = lines.stream()
                .map(ScoredLine::bitsPerCharacter)
                .sorted((a, b) -> Double.compare(b, a))
                .toList();
        WorstLines worst = new WorstLines(20);
        lines.forEach(worst::add);

        assertThat(worst.lines().stream().map(ScoredLine::bitsPerCharacter)).isEqualTo(sorted.subList(0, 20));
    }
}
