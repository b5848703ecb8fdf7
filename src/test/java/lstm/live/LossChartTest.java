package lstm.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The curve of the loss in characters. */
class LossChartTest {

    private static final Look UNICODE = new Look(Glyphs.UNICODE, true);
    private static final Look ASCII = new Look(Glyphs.ASCII, false);

    @Test
    void aLossThatFallsEvenlyIsADiagonal() {
        assertThat(chart(States.at(100, step -> 4 - 0.03 * step), 26, 5, UNICODE))
                .containsExactly("""
                3.76 ┊ ⠑⠢⢄⡀
                     ┊    ⠈⠑⠢⢄⡀
                     ┊        ⠈⠑⠤⣀
                     ┊            ⠉⠒⠤⣀
                1.06 ┊                ⠉⠒⠤⡀
                      step 1           100""".split("\n", -1));
    }

    @Test
    void inAsciiACharacterHasTwoHalves() {
        assertThat(chart(States.at(100, step -> 4 - 0.03 * step), 26, 4, ASCII)).containsExactly("""
                3.76 |'''..
                     |     '''..
                     |          '''...
                1.06 |                ''..
                      step 1           100""".split("\n", -1));
    }

    @Test
    void theFallOfANewModelIsCutOff() {
        State state = States.at(100, step -> step <= 3 ? 50 : 2 - 0.01 * step);
        List<String> chart = chart(state, 66, 6, UNICODE);

        assertThat(chart.get(0)).startsWith("1.94 ┊");
        assertThat(chart.get(5)).startsWith("1.01 ┊");
    }

    @Test
    void validationsAreMarkedAndTheBestIsAStar() {
        State state = States.validated(States.at(100, step -> 2), new long[] {25, 50, 75, 100}, 4, 1, 3, 2);
        List<String> chart = chart(state, 46, 7, UNICODE);

        assertThat(chart.get(0)).startsWith("4.00 ┊").endsWith("●");
        assertThat(chart.get(6)).startsWith("1.00 ┊").endsWith("★");
        assertThat(chart.get(0).indexOf('●')).isEqualTo(6 + 40 / 4 - 1);
        assertThat(chart.get(6).indexOf('★')).isEqualTo(6 + 40 / 2 - 1);
        assertThat(String.join("", chart.subList(0, 7)).chars().filter(c -> c == '●'))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 45, 80, 159})
    void itsWidthIsThatOfTheTerminal(int columns) {
        List<String> chart = chart(States.at(100, step -> 4 - 0.03 * step), columns, 5, UNICODE);

        assertThat(chart.get(5)).hasSize(columns).endsWith("100");
        assertThat(chart.get(4).length()).isBetween(columns - 2, columns);
    }

    @ParameterizedTest
    @EnumSource
    void aSingleStepAndALossThatStaysAreDrawnToo(Glyphs glyphs) {
        Look look = new Look(glyphs, false);
        assertThat(String.join("\n", chart(States.at(1, step -> 3), 40, 4, look)))
                .contains("3.01 ", "2.99 ", "step 1")
                .doesNotContain("NaN");
        List<String> flat = chart(States.at(80, step -> 3), 40, 4, look);
        assertThat(flat.subList(0, 4).stream().filter(line -> line.length() == 40))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"3, 12", "10, 8", "2, 7"})
    void itFitsWhereThereIsHardlyRoom(int rows, int columns) {
        State state = States.validated(States.at(60, step -> 2 + 1 / step), new long[] {30, 60}, 3, 2);
        assertThat(LossChart.lines(state, columns, rows, UNICODE))
                .hasSize(rows + 1)
                .allMatch(line -> line.columnLength() <= columns);
    }

    @Test
    void manyStepsTakeNoMorePointsThanAreKept() {
        Series series = new Series(16);
        IntStream.rangeClosed(1, 100_000).forEach(i -> series.add(i, 2.0 * i));
        Points points = series.points();

        assertThat(points.size()).isBetween(8, 17);
        assertThat(points.x()).isSorted();
        assertThat(points.x()[0]).isEqualTo(1);
        for (int i = 1; i < points.size(); i++) {
            assertThat(points.y()[i]).isEqualTo(2 * points.x()[i]);
        }
    }

    private static List<String> chart(State state, int columns, int rows, Look look) {
        return LossChart.lines(state, columns, rows, look).stream()
                .map(AttributedString::toString)
                .map(String::stripTrailing)
                .toList();
    }
}
