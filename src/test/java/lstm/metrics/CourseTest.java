package lstm.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The course of a training, read from its metrics file. */
class CourseTest {

    @TempDir
    private Path folder;

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("course.jsonl"), text);
    }

    private Course course(String... lines) throws IOException {
        return Course.of(write(String.join("\n", lines) + "\n"));
    }

    private static String line(long step, double seconds, @Nullable Double validationLoss) {
        return String.format(
                Locale.ROOT,
                "{\"step\":%d,\"epoch\":%s,\"chars\":%d,\"elapsed_s\":%s,\"chars_per_s\":10.0,\"train_loss\":%s,"
                        + "\"val_loss\":%s,\"lr\":0.01,\"grad_norm\":0.5}",
                step,
                step / 100.0,
                40 * step,
                seconds,
                3.0 / step,
                validationLoss);
    }

    private static List<Double> seconds(Course course) {
        return course.points().stream().map(Point::seconds).toList();
    }

    private static List<Long> steps(Course course) {
        return course.points().stream().map(Point::step).toList();
    }

    @Test
    void aLineIsAPointWithAllItsNumbers() throws IOException {
        Course course = course(line(10, 1.5, null), line(20, 3, 2.25));

        assertThat(course.name()).isEqualTo("course");
        assertThat(course.points())
                .containsExactly(
                        new Point(10, 0.1, 400, 1.5, 10.0, 0.3, null, 0.01, 0.5),
                        new Point(20, 0.2, 800, 3.0, 10.0, 0.15, 2.25, 0.01, 0.5));
    }

    @Test
    void aPointWrittenAsALineIsReadAsItself() {
        Point point = new Point(123_456_789_012L, 1 / 3.0, 987_654_321_098L, null, 1e-9, null, 2 / 7.0, 1e-300, 0);

        assertThat(MetricsLine.parse(MetricsLine.of(point, null))).isEqualTo(point);
    }

    @Test
    void linesOfOneStepAreOnePoint() throws IOException {
        Course course = course(line(10, 1, null), line(20, 2, null), line(20, 2.5, 1.25), line(20, 2.6, 1.25));

        assertThat(steps(course)).containsExactly(10L, 20L);
        assertThat(course.points().get(1).validationLoss()).isEqualTo(1.25);
        assertThat(seconds(course)).containsExactly(1.0, 2.0);
    }

    @Test
    void theSecondsOfAResumedTrainingAreCountedThrough() throws IOException {
        Course course = course(line(10, 1, null), line(20, 2, 3.0), line(30, 0.5, null), line(40, 1.5, 2.0));

        assertThat(steps(course)).containsExactly(10L, 20L, 30L, 40L);
        assertThat(seconds(course)).containsExactly(1.0, 2.0, 2.5, 3.5);
    }

    @Test
    void stepsThatAKilledTrainingLostAreTakenFromTheOneThatWentOnAndTheirTimeCounts() throws IOException {
        Course course = course(
                line(10, 1, 3.0),
                line(20, 2, null),
                line(30, 3, null),
                line(15, 0.5, 2.0), // went on from step 10
                line(25, 1.5, null),
                line(5, 0.25, null));

        assertThat(steps(course)).containsExactly(5L);
        assertThat(seconds(course)).containsExactly(4.75);
        Course twice = course(line(10, 1, 3.0), line(20, 2, null), line(30, 3, null), line(15, 0.5, 2.0));
        assertThat(steps(twice)).containsExactly(10L, 15L);
        assertThat(seconds(twice)).containsExactly(1.0, 3.5);
    }

    @Test
    void aTrainingResumedAtItsEndKeepsTheValidationThatItHad() throws IOException {
        Course course = course(line(10, 1, 3.0), line(10, 0.1, null));

        assertThat(course.points()).hasSize(1);
        assertThat(course.points().get(0).validationLoss()).isEqualTo(3.0);
        assertThat(seconds(course)).containsExactly(1.0);
    }

    @Test
    void anIncompleteLastLineIsLeftOut() throws IOException {
        String whole = line(10, 1, null) + "\n" + line(20, 2, 1.0);
        for (int cut = whole.indexOf('\n') + 1; cut < whole.length(); cut++) {
            assertThat(steps(Course.of(write(whole.substring(0, cut)))))
                    .as(whole.substring(0, cut))
                    .containsExactly(10L);
        }
        assertThat(steps(Course.of(write(whole)))).containsExactly(10L, 20L);
        assertThat(Course.of(write("")).points()).isEmpty();
        assertThat(Course.of(write("{\"step\"")).points()).isEmpty();
    }

    @Test
    void lossesAndTimesMayBeNullOrNaN() throws IOException {
        Course course = course(line(10, Double.NaN, Double.NaN).replace("0.3,", "NaN,"), "", line(20, 2, null));

        assertThat(course.points().get(0)).isEqualTo(new Point(10, 0.1, 400, null, 10.0, null, null, 0.01, 0.5));
        assertThat(course.points()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"step\":20 | \"step\":20.5 | \"step\" is 20.5, expected a whole number",
                "\"step\":20 | \"step\":-20 | \"step\" is -20.0, expected 0 or more",
                "\"step\":20 | \"step\":null | \"step\" is no number",
                "\"step\":20, | '' | it has no \"step\"",
                "\"val_loss\":1.5, | '' | it has no \"val_loss\"",
                "\"val_loss\":1.5 | \"val_loss\":\"low\" | \"val_loss\" is no number",
                "\"val_loss\":1.5 | \"val_loss\":true | \"val_loss\" is no number",
                "\"val_loss\":1.5 | \"val_loss\":[1.5] | \"val_loss\" is no number",
                "\"val_loss\":1.5 | \"val_loss\":1e999 | \"val_loss\" is Infinity, expected 0 or more",
                "\"lr\":0.01 | \"lr\":NaN | \"lr\" is no number",
                "} | '' | it is not JSON",
            })
    void aBadLineIsNamed(String part, String instead, String message) throws IOException {
        String bad = line(20, 2, 1.5).replace(part, instead);
        Path file = write(line(10, 1, null) + "\n" + bad + "\n");

        assertThatThrownBy(() -> Course.of(file))
                .isInstanceOf(MetricsException.class)
                .hasMessageStartingWith(file + ", line 2: " + message)
                .hasMessageContaining("--metrics")
                .hasMessageNotContaining("\n");
    }

    @Test
    void whatIsNoMetricsFileIsRefusedInOneLine() throws IOException {
        Path text = write("Once upon a time\n");
        assertThatThrownBy(() -> Course.of(text)).hasMessageStartingWith(text + ", line 1: it is not JSON");
        Path array = write("[1, 2]\n");
        assertThatThrownBy(() -> Course.of(array)).hasMessageStartingWith(array + ", line 1: it is not a JSON object");
        Path latin = Files.write(folder.resolve("latin"), new byte[] {'{', (byte) 0xe9, '}', '\n'});
        assertThatThrownBy(() -> Course.of(latin)).hasMessageStartingWith(latin + " is not text");
        assertThatThrownBy(() -> Course.of(folder.resolve("missing")))
                .isInstanceOf(MetricsException.class)
                .hasMessageStartingWith("cannot read ")
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> Course.of(folder)).isInstanceOf(MetricsException.class);
    }

    @Test
    void theBestIsTheFirstOfTheLowestValidations() throws IOException {
        assertThat(course(line(1, 1, 3.0), line(2, 2, null), line(3, 3, 2.0), line(4, 4, 2.0), line(5, 5, 2.5))
                        .best())
                .hasValue(2);
        assertThat(course(line(1, 1, null)).best()).isEmpty();
    }

    @Test
    void coursesAreNamedAsShortAsTellsThemApart() {
        assertThat(CourseNames.of(List.of(Path.of("runs/a.jsonl"), Path.of("runs/b.jsonl"))))
                .containsExactly("a", "b");
        assertThat(CourseNames.of(List.of(Path.of("one/course.jsonl"), Path.of("two/course.jsonl"))))
                .containsExactly(
                        Path.of("one/course").toString(), Path.of("two/course").toString());
        assertThat(CourseNames.of(List.of(Path.of("a.jsonl"), Path.of("a.safetensors"))))
                .containsExactly("a.jsonl (1)", "a.safetensors (2)");
        assertThat(CourseNames.of(List.of(Path.of("a.jsonl"), Path.of("a.jsonl"))))
                .containsExactly("a.jsonl (1)", "a.jsonl (2)");
        assertThat(CourseNames.of(Path.of(".hidden"))).isEqualTo(".hidden");
    }
}
