package lstm.live;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import lstm.train.CurvePoint;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;
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

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.0004, 0.003})
    void nearZeroNoLossIsNegative(double loss) {
        List<String> chart = chart(States.at(80, step -> loss), 40, 7, UNICODE);

        assertThat(String.join("\n", chart)).doesNotContain("-");
        assertThat(chart.get(0)).startsWith("0.02 ┊");
        assertThat(chart.get(3)).startsWith("0.01 ┊");
        assertThat(chart.get(6)).startsWith("0.00 ┊");
    }

    @Test
    void theAxisIsStraightWhereverTheLabelsBecomeWider() {
        for (int columns = 30; columns <= 160; columns++) {
            int width = columns;
            for (int tenth = 98; tenth < 103; tenth++) {
                double begin = tenth / 10.0;
                List<String> chart = chart(States.at(100, step -> begin - 0.04 * step), columns, 5, UNICODE);
                assertThat(chart.subList(0, 5).stream().map(line -> line.indexOf('┊')))
                        .as("%d columns, from %f", columns, begin)
                        .containsOnly(chart.get(0).indexOf('┊'));
                assertThat(chart).noneMatch(line -> line.length() > width);
            }
        }
    }

    @Test
    void aTrainingThatGoesOnIsShownFromItsBeginning() {
        History history = new History();
        history.tookUp(List.of(point(10, 4, null), point(20, 3, 2.5), point(30, 2, 2.75)));
        history.stepped(States.progress(31, 2, null, 2.5));
        State state = requireNonNull(history.state());

        assertThat(state.best()).isEqualTo(new State.Best(20, 2.5));
        assertThat(state.lastValidation()).isEqualTo(2.75);
        List<String> chart = chart(state, 46, 7, UNICODE);
        assertThat(chart.get(0)).startsWith("3.00 ┊");
        assertThat(chart.get(7)).contains("step 10 ").endsWith(" 31");
        assertThat(String.join("", chart.subList(0, 7))).contains("★", "●");
    }

    private static CurvePoint point(long step, double loss, @Nullable Double validation) {
        return new CurvePoint(step, 1, 100 * step, loss, validation, 1e-3, 1);
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
