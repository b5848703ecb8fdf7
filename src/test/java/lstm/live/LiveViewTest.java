package lstm.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import lstm.train.RollBack;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person sees of a training on a screen. */
class LiveViewTest {

    private static final Look LOOK = new Look(Glyphs.UNICODE, true);

    private final Emulator screen = new Emulator(80, 40);
    private final LineDisciplineTerminal terminal;

    LiveViewTest() throws IOException {
        terminal = new LineDisciplineTerminal("test", "xterm-256color", screen, StandardCharsets.UTF_8);
        terminal.setSize(Size.of(80, 40));
    }

    @Test
    void itAppearsWithTheFirstStepAndGoesOnWithTheOthers() throws IOException {
        try (LiveView view = begin()) {
            step(view, 1, 4);
            screen.await("the first step", text -> text.contains("  1%  ") && text.contains("loss 4.000 (5.771 bpc)"));
            step(view, 2, 2);
            screen.await("the second", text -> text.contains("  2%  ") && text.contains("step 2 "));
            assertThat(screen.text().lines())
                    .filteredOn(line -> line.contains("char/s"))
                    .hasSize(1);
        }
    }

    @Test
    void atAValidationItShowsWhatTheModelWrites() throws IOException {
        try (LiveView view = begin()) {
            step(view, 1, 4);
            view.validated(States.progress(1, 4, 3.5, 3.5));
            screen.await(
                    "the sample",
                    text -> text.contains("sample at step 1 ") && text.contains("text \\u001b[31m of step 1"));
            assertThat(screen.text()).contains("val 3.500 (5.049 bpc) best", "★");
        }
    }

    @Test
    void itsEndStaysAndTheCursorIsBelow() throws IOException {
        LiveView view = begin();
        step(view, 1, 4);
        view.ended(States.progress(100, 3, null, null));
        view.close();
        view.close();
        view.above().println("saved");

        List<String> lines = screen.text().lines().toList();
        assertThat(lines.get(0)).startsWith("100%  ━━").endsWith("took 0:10");
        assertThat(lines.get(lines.size() - 1)).isEqualTo("saved");
        assertThat(screen.cursor()).containsExactly(0, lines.size());
        assertThat(screen.sent()).doesNotContain("\033[?25l", "\033[?1049h").contains("\033[?7h");
        assertThat(screen.sent().lastIndexOf("\033[?7h"))
                .isGreaterThan(screen.sent().lastIndexOf("\033[?7l"));
        assertThat(terminal.echo()).isTrue();
    }

    @Test
    @SuppressWarnings("NullAway") // the trainer is not looked at
    void whatExplodedLeavesTheChartWhereTheTrainingGoesOn() throws IOException {
        try (LiveView view = begin()) {
            for (int step = 1; step <= 60; step++) {
                step(view, step, step <= 20 ? 4 - 0.05 * step : 700);
            }
            screen.await("the explosion", text -> text.contains("700.00 ┊"));
            view.rolledBack(
                    null, States.progress(60, 700, null, null), new RollBack("the loss is NaN", 61, 20, 0.1, 0.01, 1));
            for (int step = 61; step <= 90; step++) {
                step(view, step, 2.5);
            }
            screen.await("what is left", text -> !text.contains("700") && text.contains("loss 2.500"));
        }
    }

    @Test
    void whileItStandsWhatIsTypedIsNotShown() throws IOException {
        try (LiveView view = begin()) {
            step(view, 1, 4);
            screen.await("the view", text -> text.contains("epoch"));
            assertThat(terminal.echo()).isFalse();
        }
        assertThat(terminal.echo()).isTrue();
    }

    @Test
    void withoutAStepThereIsNothing() throws IOException {
        begin().close();
        assertThat(screen.text()).isEmpty();
        assertThat(terminal.echo()).isTrue();
    }

    @Test
    void notesComeToStandAboveIt() throws IOException {
        try (LiveView view = begin()) {
            PrintStream notes = view.above();
            notes.println("before all");
            step(view, 1, 4);
            screen.await("the view", text -> text.startsWith("before all\n  1%  "));
            notes.print("one line,");
            notes.println(" and\nanother");
            assertThat(screen.text()).startsWith("before all\none line, and\nanother\n  1%  ");
            step(view, 2, 4);
            screen.await("another step", text -> text.startsWith("before all\none line, and\nanother\n  2%  "));
        }
        assertThat(screen.text().lines())
                .filteredOn(line -> line.contains("char/s"))
                .hasSize(1);
    }

    @Test
    void atTheBottomOfTheScreenItPushesUpWhatIsAbove() throws IOException {
        for (int line = 0; line < 50; line++) {
            screen.write(("line " + line + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        try (LiveView view = begin()) {
            step(view, 1, 4);
            screen.await("the view", text -> text.contains("line 49\n  1%  "));
            view.above().println("note");
            assertThat(screen.text()).contains("line 49\nnote\n  1%  ");
        }
        assertThat(screen.cursor()).containsExactly(0, 39);
    }

    @ParameterizedTest
    @CsvSource({"40, 40", "120, 50", "80, 12", "30, 3", "12, 2"})
    void itFitsIntoAWindowOfAnotherSize(int columns, int rows) throws IOException {
        screen.write("above\r\n".getBytes(StandardCharsets.UTF_8));
        LiveView view = begin();
        step(view, 1, 4);
        screen.await("the view", text -> text.contains("step 1 "));
        resize(columns, rows);
        step(view, 2, 4);
        screen.await("the new size", text -> text.contains("  2%") && !text.contains("  1%"));
        resize(80, 40);
        step(view, 3, 4);
        screen.await("the old size", text -> text.contains("  3%  ") && text.contains("step 3 "));
        view.close();
        if (rows >= 20) { // what a lower window has pushed out comes back above
            assertThat(screen.text().lines())
                    .filteredOn(line -> line.contains("char/s"))
                    .hasSize(1);
        }
        assertThat(screen.text()).endsWith("3");
    }

    @Test
    void whereNothingChangesNothingIsSentAndLittleWhereLittleDoes() throws IOException {
        LiveView view = begin();
        step(view, 1, 4);
        screen.await("the view", text -> text.contains("step 1 "));
        step(view, 2, 4);
        screen.await("the next step", text -> text.contains("step 2 "));
        int before = screen.sent().length();
        resize(80, 41); // has the lines made once more, of which none is another
        view.above().println("x");
        int again = screen.sent().length() - before;
        before = screen.sent().length();
        step(view, 3, 4);
        screen.await("one more", text -> text.contains("step 3 "));
        assertThat(screen.sent().length() - before).isLessThan(again / 2);
        view.close();
    }

    @Test
    void behindWhatAShellHasWrittenMeanwhileItBeginsAnew() throws IOException {
        LiveView view = begin();
        step(view, 1, 4);
        screen.await("the view", text -> text.contains("step 1 "));
        screen.write("[1]+ Stopped\r\n$ fg\r\n".getBytes(StandardCharsets.UTF_8));
        view.continued();
        step(view, 2, 4);
        screen.await(
                "the view again", text -> text.matches("(?s)  1%  .* step 1 .*\n\\[1]\\+ Stopped\n\\$ fg\n  2%  .*"));
        view.close();
    }

    @Test
    void inTheBackgroundNothingIsDrawnAndTheTerminalNotTouched() throws Exception {
        CountDownLatch asked = new CountDownLatch(3);
        LiveView view = new LiveView(terminal, LOOK, String::valueOf, () -> {
            asked.countDown();
            return false;
        });
        step(view, 1, 4);
        assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(screen.text()).isEmpty();
        assertThat(terminal.echo()).isTrue();
        view.above().println("a note");
        assertThat(screen.text()).isEqualTo("a note");
        view.close();
        assertThat(screen.text()).startsWith("a note\n  1%  ");
    }

    @Test
    void aViewThatFailsSaysSoOnceAndHurtsNobody() throws IOException {
        AtomicBoolean broken = new AtomicBoolean();
        LineDisciplineTerminal fragile =
                new LineDisciplineTerminal("test", "xterm-256color", screen, StandardCharsets.UTF_8) {
                    @Override
                    public Size getSize() {
                        if (broken.get()) {
                            throw new IllegalStateException("gone");
                        }
                        return Size.of(80, 40);
                    }
                };
        LiveView view = new LiveView(fragile, LOOK, String::valueOf, () -> true);
        step(view, 1, 4);
        screen.await("the view", text -> text.contains("  1%  "));
        broken.set(true);
        step(view, 2, 4);
        screen.await("the reason", text -> text.contains("the training goes on"));
        view.above().println("a note");
        view.close();
        view.above().println("saved");

        assertThat(screen.text())
                .contains("  1%  ")
                .endsWith("the live view ends, the training goes on: java.lang.IllegalStateException: gone\n"
                        + "a note\nsaved");
        assertThat(fragile.echo()).isTrue();
    }

    @Test
    void aSampleThatFailsHurtsNobodyEither() throws IOException {
        LiveView view = new LiveView(
                terminal,
                LOOK,
                step -> {
                    throw new IllegalStateException("gone");
                },
                () -> true);
        view.validated(States.progress(1, 4, 3.5, 3.5));
        view.close();
        assertThat(screen.text()).endsWith("IllegalStateException: gone");
    }

    private LiveView begin() {
        return new LiveView(terminal, LOOK, step -> "text \033[31m of step " + step, () -> true);
    }

    private void resize(int columns, int rows) {
        screen.resize(columns, rows);
        terminal.setSize(Size.of(columns, rows));
    }

    private static void step(LiveView view, int step, double loss) {
        view.stepped(States.progress(step, loss, null, null));
    }
}
