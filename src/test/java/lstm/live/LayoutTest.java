package lstm.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jline.utils.AttributedCharSequence;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which lines a state and a size give. */
class LayoutTest {

    private static final Look COLOURED = new Look(Glyphs.UNICODE, true);
    private static final String TEXT = "The ferry so for somebody\n\n came on the strate of it. " + "日本語 ".repeat(40);

    private final State state = States.withSample(
            States.validated(States.at(100, step -> 1 + 3 / step), new long[] {50, 100}, 2, 1.5), TEXT);

    @Test
    void whereThereIsRoomAllOfItIsShown() {
        List<String> lines = lines(state, 80, 24);

        assertThat(lines.get(0))
                .startsWith("100%  ━━━━")
                .endsWith("  1:30 left")
                .hasSize(79);
        assertThat(lines.get(1)).matches("loss 1\\.\\d{3} \\(\\d\\.\\d{3} bpc\\)   val 1\\.500 \\(2\\.164 bpc\\) best");
        assertThat(lines.get(2)).isEqualTo("epoch 2.0   step 100   12,345 char/s   lr 0.00200   grad norm 0.50");
        assertThat(lines.get(14)).contains("step 1 ", "training", "● validation", "★ best", " 100");
        assertThat(lines.get(16)).startsWith("╌ sample at step 90 ╌╌");
        assertThat(lines.subList(17, 19)).containsExactly("The ferry so for somebody", lines.get(18));
        assertThat(lines.get(18)).startsWith("came on the strate of it. 日本語");
        assertThat(lines).hasSize(21);
    }

    @Test
    void theBestIsToldWhereItIsNotTheLast() {
        State worse = States.validated(state, new long[] {50, 100}, 1.5, 2);
        assertThat(lines(worse, 100, 24).get(1))
                .endsWith("   val 2.000 (2.885 bpc)   best 1.500 (2.164 bpc) at step 50");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 10, 13, 16, 20, 24, 60})
    void itFitsIntoEverySize(int rows) {
        for (int columns = 1; columns <= 200; columns++) {
            int width = Math.max(1, columns - 1);
            assertThat(Layout.lines(state, columns, rows, COLOURED))
                    .as("%d columns", columns)
                    .hasSizeBetween(1, Math.max(1, rows - 1))
                    .allMatch(line -> line.columnLength() <= width)
                    .allMatch(line -> !line.contains('\n'));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "80, 1, 100%  loss 1.043  val 1.500  1:30 left",
        "80, 2, 100%  loss 1.043  val 1.500  1:30 left",
        "38, 2, 100%  loss 1.043  val 1.500",
        "28, 2, 100%  loss 1.043  val 1.500",
        "27, 40, 100%  loss 1.043",
        "23, 40, 100%  loss 1.043",
        "16, 40, 100%  1.043",
        "12, 40, 100%  1.043",
        "11, 40, 100%",
        "4, 40, ''"
    })
    void whereThereIsNoneALineSaysWhatMattersAndCutsNoNumber(int columns, int rows, String line) {
        assertThat(lines(state, columns, rows)).containsExactly(line);
    }

    @ParameterizedTest
    @ValueSource(ints = {28, 30, 35})
    void aNarrowTerminalShowsEveryFigureWhole(int columns) {
        State large = States.ended(States.validated(States.at(40, step -> 500), new long[] {20, 40}, 600, 700));
        assertThat(String.join(" ", lines(large, columns, 24)).replaceAll("  +", " "))
                .startsWith(" 40%")
                .contains(
                        " 0:04 ",
                        "loss 500.000 (721.348 bpc)",
                        "val 700.000 (1009.887 bpc)",
                        "best 600.000 (865.617 bpc)",
                        "at step 20",
                        "12,345 char/s",
                        "grad norm 0.50");
    }

    @Test
    void aLowTerminalHasRoomForTheCurveOrTheSampleOrNeither() {
        assertThat(lines(state, 80, 12))
                .anyMatch(line -> line.contains("┊"))
                .noneMatch(line -> line.contains("sample"));
        assertThat(lines(state, 80, 7)).hasSize(6).endsWith("The ferry so for somebody");
        assertThat(lines(state, 80, 4)).hasSize(3);
    }

    @Test
    void aNarrowTerminalBreaksTheFiguresBetweenThem() {
        assertThat(lines(state, 40, 24).subList(1, 5))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("loss"),
                        line -> assertThat(line).isEqualTo("val 1.500 (2.164 bpc) best"),
                        line -> assertThat(line).isEqualTo("epoch 2.0   step 100   12,345 char/s"),
                        line -> assertThat(line).isEqualTo("lr 0.00200   grad norm 0.50"));
    }

    @Test
    void beforeTheFirstValidationThereIsNothingOfIt() {
        assertThat(lines(States.at(40, step -> 2), 80, 24))
                .startsWith(" 40%  " + "━".repeat(24) + "╸" + "╌".repeat(37) + "  1:30 left", "loss 2.000 (2.885 bpc)")
                .noneMatch(line -> line.contains("val ") || line.contains("sample"));
    }

    @Test
    void atTheEndItTellsHowLongItTook() {
        assertThat(lines(States.ended(state), 80, 24).get(0)).startsWith("100%").endsWith("  took 0:10");
        assertThat(lines(States.ended(States.at(40, step -> 2)), 80, 24).get(0))
                .startsWith(" 40%")
                .endsWith("  stopped after 0:04");
    }

    @Test
    void inAsciiThereIsNothingElse() {
        List<AttributedString> lines = Layout.lines(state, 80, 24, new Look(Glyphs.ASCII, false));

        assertThat(lines).hasSize(21).allMatch(line -> line.toString().chars().allMatch(c -> c >= ' ' && c < 127));
        assertThat(lines.get(18).toString()).endsWith("of it. ??? ??? ??? ??? ??? ??? ??? ??? ??? ??? ??? ??? ???");
    }

    @Test
    void withoutColoursThereIsNone() {
        String ansi = Layout.lines(state, 80, 24, new Look(Glyphs.UNICODE, false)).stream()
                .map(line -> line.toAnsi(256, AttributedCharSequence.ForceMode.None))
                .reduce("", String::concat);
        assertThat(ansi).contains("\u001b[1m", "\u001b[2m").doesNotContain("[32m", "[35m", ";32m", ";35m");
    }

    private static List<String> lines(State state, int columns, int rows) {
        return Layout.lines(state, columns, rows, COLOURED).stream()
                .map(AttributedString::toString)
                .toList();
    }
}
