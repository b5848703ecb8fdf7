package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lstm train} at a terminal: what a person sees, and how the terminal is left. */
class LiveTrainingTest {

    private static final Object[] ENDLESS = {"--steps", 2_000_000, "--val-every", 200};

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTheText() {
        Texts.file(folder, "fox.txt", 600);
    }

    @Test
    void aTrainingIsShownInPlaceAndItsEndStays() throws IOException {
        try (LiveChild child = start(Map.of(), "--steps", 700, "--val-every", 35, "-o", "out")) {
            child.screen().await("the end", text -> text.endsWith("saved out"));
            assertThat(child.end()).isZero();

            String text = child.screen().text();
            assertThat(text.lines()).filteredOn(line -> line.contains("char/s")).hasSize(1);
            assertThat(text)
                    .contains("100%  ━━", "took 0:", "┊", "★", "sample at step 700", "val ", "bpc) best", "lr 0.00");
            assertThat(child.echoes()).isTrue();
            assertThat(child.screen().sent()).doesNotContain("\033[?25l", "\033[?1049h");
        }
        // Neither the drawing nor the samples change a bit.
        Object[] words = Run.trainWords(folder.resolve("fox.txt"), "-o", folder.resolve("plain"), "--steps", 700);
        Run.lstm(with(words, "--val-every", 35)).succeeded();
        assertThat(folder.resolve("out")).hasSameBinaryContentAs(folder.resolve("plain"));
    }

    @Test
    void itGoesOnAndFollowsTheSizeOfTheWindow() throws IOException {
        try (LiveChild child = start(Map.of(), ENDLESS)) {
            child.screen().await("the view", text -> text.contains("sample at step "));
            assertThat(child.echoes()).isFalse();
            String step = child.screen().text().replaceFirst("(?s).*epoch [0-9.]+   (step [0-9,]+) .*", "$1");
            child.screen().await("another step", text -> text.contains("char/s") && !text.contains(step + " "));
            child.resize(60, 20);
            child.screen().await("a narrow view", text -> hasBar(text, 59));
            child.resize(20, 6);
            child.screen()
                    .await("a single line", text -> text.lines().anyMatch(line -> line.matches("  0%  loss .{1,8}")));
            child.resize(80, 30);
            child.screen().await("a wide view", text -> hasBar(text, 79));
        }
    }

    @Test
    void ctrlCSavesAndLeavesTheTerminalAsItWas() throws IOException {
        assumeFalse(Child.interruptsAreIgnored());
        try (LiveChild child = start(Map.of(), with(ENDLESS, "-o", "out"))) {
            child.screen().await("the view", text -> text.contains("sample at step "));
            child.signal("INT");
            child.screen().await("the end", text -> text.endsWith("--resume goes on"));
            assertThat(child.end()).isEqualTo(Lstm.INTERRUPTED);

            assertThat(child.screen().text()).contains("stopped after ", "\nstopped; saved out; the same command");
            assertThat(child.echoes()).isTrue();
            assertThat(child.screen().cursor()[0]).isZero();
            String sent = child.screen().sent();
            assertThat(sent.lastIndexOf("\033[?7h")).isGreaterThan(sent.lastIndexOf("\033[?7l"));
        }
        assertThat(folder.resolve("out")).isNotEmptyFile();
    }

    @Test
    void anotherCtrlCLeavesAtOnce() throws IOException {
        assumeFalse(Child.interruptsAreIgnored());
        try (LiveChild child = LiveChild.start(StuckTraining.class, folder, 80, 30, Map.of(), "fox.txt")) {
            child.screen().await("the first step", text -> text.contains("   step 1 "));
            child.signal("INT");
            child.screen().await("the first Ctrl-C", text -> text.contains("stopping: "));
            child.signal("INT");
            assertThat(child.end()).isEqualTo(Lstm.INTERRUPTED);
            child.screen().await("the last word", text -> text.endsWith("since the last save is lost"));
            assertThat(child.echoes()).isTrue();
        }
    }

    @Test
    void anErrorIsOneLineBelow() throws IOException {
        Path hopeless = Hopeless.checkpoint(folder.resolve("fox.txt"), folder.resolve("hopeless.safetensors"));
        try (LiveChild child = start(Map.of(), "--steps", 100, "--init-from", hopeless, "--progress", "live")) {
            child.screen().await("the error", text -> text.contains("lstm: the training diverged at step "));
            assertThat(child.end()).isEqualTo(Lstm.FAILED);
            assertThat(child.screen().text())
                    .contains("diverged at step 1", "roll-back 3 of 3")
                    .doesNotContain("Exception");
            assertThat(child.echoes()).isTrue();
        }
    }

    @Test
    void notesOfOthersStandAboveIt() throws IOException {
        try (LiveChild child = start(Map.of(), "--steps", 900, "--sample-every", 300, "-o", "out")) {
            child.screen().await("the end", text -> text.endsWith("saved out"));
            String sent = child.screen().sent();
            assertThat(sent).contains("--- sample at step 300", "--- sample at step 600", "--- sample at step 900");
            assertThat(child.screen().text().lines())
                    .filteredOn(line -> line.contains("char/s"))
                    .hasSize(1);
        }
    }

    @Test
    void inADumbTerminalAndWhereItIsWantedThereArePlainLines() throws IOException {
        try (LiveChild child = start(Map.of("TERM", "dumb"), "--steps", 30, "-o", "out", "--progress", "live")) {
            assertThat(child.end()).isZero();
            child.screen().await("the end", text -> text.endsWith("saved out"));
            assertThat(child.screen().text()).contains("plain lines instead", "\n100%  epoch ");
            assertThat(child.screen().sent()).doesNotContain("━", "\033[?7l");
        }
        try (LiveChild child = start(Map.of(), "--steps", 30, "-o", "other", "--progress", "plain")) {
            assertThat(child.end()).isZero();
            child.screen().await("the end", text -> text.endsWith("saved other"));
            assertThat(child.screen().text()).contains("\n100%  epoch ").doesNotContain("━");
        }
    }

    @Test
    void withoutColoursThereAreNone() throws IOException {
        try (LiveChild child = start(Map.of("NO_COLOR", "1"), "--steps", 100, "-o", "out")) {
            child.screen().await("the end", text -> text.endsWith("saved out"));
            assertThat(child.screen().sent()).contains("\033[1m").doesNotContainPattern("\033\\[[0-9;]*3[0-7][;m]");
        }
    }

    private static boolean hasBar(String text, int length) {
        return text.lines()
                .anyMatch(line -> line.startsWith("  0%  ") && line.endsWith(" left") && line.length() == length);
    }

    private LiveChild start(Map<String, String> environment, Object... words) throws IOException {
        return LiveChild.start(folder, 80, 30, environment, Run.trainWords(with(new Object[] {"fox.txt"}, words)));
    }

    private static Object[] with(Object[] words, Object... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray();
    }
}
