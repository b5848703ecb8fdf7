package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lstm.tensorboard.EventFiles;
import lstm.tensorboard.EventFiles.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lstm train --tensorboard}: a training as TensorBoard reads it. */
class TensorBoardTest {

    @TempDir
    private Path folder;

    private Path text;
    private Path out;
    private Path runs;

    @BeforeEach
    void nameTheFiles() {
        text = Texts.file(folder, "fox.txt", 600);
        out = folder.resolve("fox.safetensors");
        runs = folder.resolve("deep/runs");
    }

    private List<Event> events(int file) throws IOException {
        return EventFiles.read(EventFiles.of(runs.resolve("fox")).get(file));
    }

    @Test
    void theEventsAreTheMetrics() throws IOException {
        Path metrics = folder.resolve("metrics.jsonl");
        Run.train(text, "-o", out, "--steps", 25, "--val-every", 20, "--metrics", metrics, "--tensorboard", runs);
        List<Event> events = events(0);

        assertThat(EventFiles.of(runs.resolve("fox"))).hasSize(1);
        assertThat(EventFiles.steps(events, "train_loss")).containsExactly(10L, 20L, 25L);
        assertThat(EventFiles.steps(events, "val_loss")).containsExactly(20L, 25L);
        assertThat(EventFiles.steps(events, "sample")).containsExactly(20L, 25L);
        List<Double> losses = new ArrayList<>();
        List<Double> validations = new ArrayList<>();
        for (String line : Files.readAllLines(metrics)) {
            JsonObject json = JsonParser.parseString(line).getAsJsonObject();
            if (json.get("val_loss").isJsonNull()) {
                losses.add(json.get("train_loss").getAsDouble());
            } else if (!validations.contains(json.get("val_loss").getAsDouble())) {
                validations.add(json.get("val_loss").getAsDouble());
            }
        }
        assertThat(EventFiles.values(events, "train_loss").subList(0, 2))
                .extracting(value -> value.number())
                .containsExactlyElementsOf(
                        losses.stream().map(Double::floatValue).toList());
        assertThat(EventFiles.values(events, "val_loss"))
                .extracting(value -> value.number())
                .containsExactlyElementsOf(
                        validations.stream().map(Double::floatValue).toList());
        assertThat(EventFiles.values(events, "sample").get(0).texts().get(0).lines())
                .allMatch(line -> line.startsWith("    "));
    }

    @Test
    void noBitOfTheCheckpointDependsOnIt() throws IOException {
        Run.train(text, "-o", out, "--steps", 12, "--val-every", 5, "--dropout", 0.2, "--tensorboard", runs);
        byte[] with = Files.readAllBytes(out);
        Files.delete(out);
        Run.train(text, "-o", out, "--steps", 12, "--val-every", 5, "--dropout", 0.2);

        assertThat(out).hasBinaryContent(with);
    }

    @Test
    void aTrainingThatGoesOnWritesAnotherFileOfTheSameRun() throws IOException {
        Run.train(text, "-o", out, "--steps", 10, "--tensorboard", runs);
        Run.lstm("train", text, "-o", out, "--resume", "--steps", 20, "--tensorboard", runs)
                .succeeded();

        assertThat(EventFiles.of(runs.resolve("fox"))).hasSize(2);
        assertThat(EventFiles.steps(events(0), "train_loss")).containsExactly(10L);
        assertThat(events(1).get(0).sessionStatus()).isEqualTo("START");
        assertThat(events(1).get(0).step()).isEqualTo(11);
        assertThat(EventFiles.steps(events(1), "train_loss")).containsExactly(20L);
    }

    @Test
    void aNewTrainingLeavesTheEarlierAsARunOfItsOwn() throws IOException {
        Run.train(text, "-o", out, "--steps", 10, "--tensorboard", runs);
        Run again = Run.train(text, "-o", out, "--steps", 20, "--tensorboard", runs);

        assertThat(again.err())
                .contains("kept TensorBoard's earlier " + runs.resolve("fox") + " as " + runs + "/fox.1");
        assertThat(EventFiles.of(runs.resolve("fox"))).hasSize(1);
        assertThat(EventFiles.steps(events(0), "train_loss")).containsExactly(10L, 20L);
        assertThat(EventFiles.of(runs.resolve("fox.1"))).hasSize(1);
    }

    /** Without a word to the process, as when the power fails. */
    @Test
    void aKilledTrainingLeavesWholeRecords() throws IOException {
        Object[] words =
                Run.trainWords(text, "-o", out, "--steps", 100_000_000, "--val-every", 50, "--tensorboard", runs);
        try (Child child = Child.start(folder, List.of(), words)) {
            for (int i = 0; i < 3; i++) {
                child.awaitLine("  0%");
            }
            child.signal("KILL");
            assertThat(child.end().code()).isNotZero();
        }

        assertThat(EventFiles.steps(events(0), "val_loss")).contains(50L, 100L);
    }

    @Test
    void aFolderThatCannotBeWrittenIsToldBeforeTheTextIsRead() {
        Path file = Texts.write(folder.resolve("file"), "");
        Run.lstm("train", text, "-o", out, "--tensorboard", file.resolve("runs"))
                .failed(1, "cannot write TensorBoard's events to " + file.resolve("runs"), "name another");
        Run.lstm("train", text, "-o", out, "--tensorboard", file).failed(1, file.toString(), "name another");
        assumeTrue(Files.isDirectory(Path.of("/proc")));
        Run.lstm("train", text, "-o", out, "--tensorboard", "/proc/runs").failed(1, "/proc/runs", "name another");
        assertThat(out).doesNotExist();
    }

    @Test
    void aFolderWithinTheTextIsRefused() throws IOException {
        Path texts = Files.createDirectory(folder.resolve("texts"));
        Texts.file(texts, "a.txt", 600);
        Run.lstm("train", texts, "-o", out, "--tensorboard", texts.resolve("runs"))
                .failed(2, "--tensorboard", "outside");
        Run.lstm("train", text, "-o", out, "--tensorboard", "").failed(2, "--tensorboard", "empty");
        assertThat(texts.resolve("runs")).doesNotExist();
    }
}
