package lstm.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lstm.metrics.Course;
import lstm.metrics.MetricsException;
import lstm.metrics.Point;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The course of a training as JSON Lines. */
class MetricsTest {

    @TempDir
    private Path folder;

    private Path text;
    private Path out;
    private Path metrics;

    @BeforeEach
    void nameTheFiles() {
        text = Texts.file(folder, "fox.txt", 600);
        out = folder.resolve("out.safetensors");
        metrics = folder.resolve("deep/down/course.jsonl");
    }

    @Test
    void aNewTrainingKeepsTheFileThatWasThere() throws IOException {
        Files.createDirectories(metrics.getParent());
        Files.writeString(metrics, "precious");

        Run.train(text, "-o", out, "--steps", 3, "--metrics", metrics);

        assertThat(metrics.resolveSibling("course.jsonl.1.bak")).hasContent("precious");
        assertThat(lines()).isNotEmpty();
    }

    @Test
    void everyLineHasEveryKeyAndTheLastIsTheEnd() {
        Run.train(text, "-o", out, "--steps", 25, "--val-every", 15, "--metrics", metrics);

        List<JsonObject> lines = lines();
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.keySet())
                        .containsExactly(
                                "step",
                                "epoch",
                                "chars",
                                "elapsed_s",
                                "chars_per_s",
                                "train_loss",
                                "val_loss",
                                "lr",
                                "grad_norm"));
        assertThat(lines).extracting(line -> line.get("step").getAsInt()).containsExactly(10, 15, 20, 25);
        assertThat(lines)
                .extracting(line -> line.get("val_loss").isJsonNull())
                .containsExactly(true, false, true, false);
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.get("chars").getAsLong()).isEqualTo(line.get("step").getAsLong() * 4 * 5);
            assertThat(line.get("train_loss").getAsDouble()).isBetween(0.0, 4.0);
            assertThat(line.get("grad_norm").getAsDouble()).isPositive();
            assertThat(line.get("lr").getAsDouble()).isPositive();
            assertThat(line.get("epoch").getAsDouble())
                    .isEqualTo(line.get("step").getAsInt() / 26.0);
        });
        assertThat(lines)
                .extracting(line -> line.get("elapsed_s").getAsDouble())
                .isSorted()
                .allMatch(seconds -> seconds > 0);
    }

    @Test
    void withoutValidationEveryLossIsNullAndTheEndIsWrittenOnce() {
        Run.train(text, "-o", out, "--steps", 13, "--val", 0, "--metrics", metrics);

        assertThat(lines()).extracting(line -> line.get("step").getAsInt()).containsExactly(10, 13);
        assertThat(lines()).allMatch(line -> line.get("val_loss").isJsonNull());
    }

    @Test
    void theEndIsNotWrittenAgainWhereItsStepOrItsValidationWasDue() {
        Run.train(text, "-o", out, "--steps", 20, "--val", 0, "--metrics", metrics);
        assertThat(lines()).extracting(line -> line.get("step").getAsInt()).containsExactly(10, 20);

        Run.train(text, "-o", out, "--steps", 15, "--val-every", 5, "--metrics", metrics);
        assertThat(lines()).extracting(line -> line.get("step").getAsInt()).containsExactly(5, 10, 10, 15);
        assertThat(lines().get(3).get("val_loss").isJsonNull()).isFalse();
    }

    @Test
    void aHyphenIsStandardOutput() {
        Run run = Run.train(text, "-o", out, "--steps", 12, "--val", 0, "--metrics", "-");

        assertThat(run.out().lines())
                .extracting(line -> JsonParser.parseString(line)
                        .getAsJsonObject()
                        .get("step")
                        .getAsInt())
                .containsExactly(10, 12);
        assertThat(Path.of("-")).doesNotExist();
    }

    @Test
    void aNewTrainingBeginsTheFileAndAResumedOneGoesOnInIt() {
        Run.train(text, "-o", out, "--steps", 3, "--val", 0, "--metrics", metrics);
        Run.train(text, "-o", out, "--steps", 4, "--val", 0, "--metrics", metrics);
        Run.train(text, "-o", out, "--steps", 6, "--resume", "--metrics", metrics);

        assertThat(lines()).extracting(line -> line.get("step").getAsInt()).containsExactly(4, 6);
    }

    @Test
    void aLineThatAKilledTrainingLeftIncompleteIsCutOff() throws IOException {
        Run.train(text, "-o", out, "--steps", 20, "--val", 0, "--metrics", metrics);
        String whole = Files.readString(metrics);
        Files.writeString(metrics, whole.substring(0, whole.length() - 5));
        Run.train(text, "-o", out, "--steps", 30, "--resume", "--metrics", metrics);

        assertThat(lines()).extracting(line -> line.get("step").getAsInt()).containsExactly(10, 30);
        Texts.write(metrics, "{\"step\":");
        Run.train(text, "-o", out, "--steps", 40, "--resume", "--metrics", metrics);
        assertThat(lines()).extracting(line -> line.get("step").getAsInt()).containsExactly(40);
    }

    @Test
    void theFileAndTheCheckpointTellTheSameCourse() {
        Run.train(text, "-o", out, "--steps", 45, "--val-every", 15, "--metrics", metrics);

        List<Point> told = Course.of(metrics).points();
        List<Point> remembered = Course.of(out).points();
        assertThat(remembered).hasSameSizeAs(told);
        for (int i = 0; i < told.size(); i++) {
            assertThat(remembered.get(i))
                    .usingRecursiveComparison()
                    .ignoringFields("seconds", "charactersPerSecond", "trainLoss", "gradientNorm")
                    .isEqualTo(told.get(i));
            assertThat(remembered.get(i).trainLoss())
                    .isCloseTo(requireNonNull(told.get(i).trainLoss()), Offset.offset(1e-12));
            assertThat(remembered.get(i).seconds()).isNull();
        }
    }

    @Test
    void aCheckpointThatRemembersNothingIsRefusedInOneLine() {
        Run.train(text, "-o", out, "--steps", 1);
        Path slim = folder.resolve("slim");
        Run.lstm("export", "--slim", slim, out).succeeded();

        assertThatThrownBy(() -> Course.of(slim))
                .isInstanceOf(MetricsException.class)
                .hasMessageStartingWith(slim + " remembers no course")
                .hasMessageContaining("--metrics");
    }

    @Test
    void whereTheyCannotBeWrittenNothingIsTrainedOrBackedUp() throws IOException {
        Texts.write(out, "precious");
        Run run = Run.lstm(Run.trainWords(text, "-o", out, "--metrics", folder));

        run.failedAfterNotes(1, "cannot write the metrics to " + folder + ": ");
        assertThat(out).hasContent("precious");
        assertThat(folder.resolve("out.safetensors.1.bak")).doesNotExist();
    }

    @Test
    void aFullDiskEndsTheTrainingInOneLine() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        Run run = Run.lstm(Run.trainWords(text, "-o", out, "--steps", 3, "--metrics", full));

        run.failedAfterNotes(1, "cannot write the metrics to /dev/full: ");
        assertThat(out).isNotEmptyFile();
    }

    private List<JsonObject> lines() {
        try {
            return Files.readAllLines(metrics).stream()
                    .map(line -> JsonParser.parseString(line).getAsJsonObject())
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
