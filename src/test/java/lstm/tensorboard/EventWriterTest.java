package lstm.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lstm.tensorboard.EventFiles.Event;
import lstm.tensorboard.EventFiles.Value;
import lstm.train.Progress;
import lstm.train.RollBack;
import lstm.train.TrainingException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training's course, as TensorFlow's own classes read it. */
class EventWriterTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.250Z");

    @TempDir
    private Path folder;

    private EventWriter writer(boolean goesOn) {
        return new EventWriter(folder, goesOn, step -> "# no heading\n\n- at " + step + "\u0007", () -> TIME);
    }

    /** The trainer is not looked at. */
    @SuppressWarnings("NullAway")
    private static void step(EventWriter writer, long step, double loss) {
        writer.stepped(null, progress(step, loss, null));
    }

    @SuppressWarnings("NullAway")
    private static void validate(EventWriter writer, long step, double loss) {
        writer.validated(null, progress(step, 9, loss));
    }

    private static Progress progress(long step, double loss, @Nullable Double validation) {
        return new Progress(step, 0.5, 100, 1, 12_345, 0.5, 9, loss, validation, validation, 0.001 * step, 0.75);
    }

    private List<Event> events(int file) throws IOException {
        return EventFiles.read(EventFiles.of(folder).get(file));
    }

    /** Read before it, the file that goes on would be voided by the beginning of the one before. */
    @Test
    void aLaterFileStandsBehindWhateverTheClockSays() throws IOException {
        int step = 10;
        for (Instant time : List.of(TIME, TIME, TIME.minusSeconds(3600), TIME.plusSeconds(1), TIME.plusSeconds(9))) {
            try (EventWriter writer = new EventWriter(folder, step > 10, at -> "", () -> time)) {
                step(writer, step, 1);
            }
            step += 10;
        }

        List<Long> steps = new ArrayList<>();
        for (Path file : EventFiles.of(folder)) {
            steps.addAll(EventFiles.steps(EventFiles.read(file), "train_loss"));
        }
        assertThat(steps).containsExactly(10L, 20L, 30L, 40L, 50L);
    }

    @Test
    void everyTenStepsTellTheirMeanLossAndTheLastsOthers() throws IOException {
        try (EventWriter writer = writer(false)) {
            for (int step = 1; step <= 23; step++) {
                step(writer, step, step);
            }
        }
        List<Event> events = events(0);

        assertThat(events).extracting(Event::step).containsExactly(10L, 20L);
        assertThat(events).extracting(Event::wallTime).containsOnly(1_767_323_045.25);
        assertThat(events.get(1).values())
                .extracting(Value::tag)
                .containsExactly("train_loss", "train_bpc", "lr", "grad_norm", "chars_per_s");
        assertThat(events.get(1).values())
                .extracting(Value::number)
                .containsExactly(15.5f, (float) (15.5 / Math.log(2)), 0.02f, 0.75f, 12_345f);
    }

    @Test
    @SuppressWarnings("NullAway")
    void theEndTellsOfTheStepsThatAreLeft() throws IOException {
        try (EventWriter writer = writer(false)) {
            step(writer, 10, 1);
            step(writer, 11, 3);
            step(writer, 12, 4);
            writer.ended(null, progress(12, 4, null));
            writer.ended(null, progress(12, 4, null));
        }

        assertThat(EventFiles.steps(events(0), "train_loss")).containsExactly(10L, 12L);
        assertThat(EventFiles.values(events(0), "train_loss").get(1).number()).isEqualTo(3.5f);
    }

    @Test
    void aValidationTellsItsLossAndASampleThatMarkdownLeavesAsItIs() throws IOException {
        try (EventWriter writer = writer(false)) {
            validate(writer, 7, 2);
        }
        List<Event> events = events(0);

        assertThat(events).extracting(Event::step).containsOnly(7L);
        assertThat(EventFiles.values(events, "val_loss").get(0).number()).isEqualTo(2f);
        assertThat(EventFiles.values(events, "val_bpc").get(0).number()).isEqualTo((float) (2 / Math.log(2)));
        Value sample = EventFiles.values(events, "sample").get(0);
        assertThat(sample.plugin()).isEqualTo("text");
        assertThat(EventFiles.field(sample.message(), "tensor", "dtype")).hasToString("DT_STRING");
        assertThat(EventFiles.field(sample.message(), "tensor", "tensor_shape", "dim"))
                .isEqualTo(List.of());
        assertThat(sample.texts()).containsExactly("    # no heading\n    \n    - at 7\\u0007");
    }

    /** The only field that the messages of 2019 do not know yet: DATA_CLASS_TENSOR of SummaryMetadata. */
    @Test
    void theTextIsOfTheClassOfTensors() throws IOException {
        try (EventWriter writer = writer(false)) {
            validate(writer, 7, 2);
        }
        Message sample = EventFiles.values(events(0), "sample").get(0).message();
        Message metadata = (Message) EventFiles.field(sample, "metadata");

        assertThat(metadata.getUnknownFields().asMap()).containsOnlyKeys(4);
        assertThat(metadata.getUnknownFields().getField(4).getVarintList()).containsExactly(2L);
    }

    @Test
    void aTrainingThatGoesOnMakesVoidWhatItRepeats() throws IOException {
        try (EventWriter first = writer(false)) {
            step(first, 10, 1);
            step(first, 20, 1);
        }
        try (EventWriter second = writer(true)) {
            step(second, 16, 1);
            step(second, 20, 2);
        }

        assertThat(EventFiles.of(folder)).hasSize(2);
        assertThat(EventFiles.steps(events(0), "train_loss")).containsExactly(10L, 20L);
        assertThat(events(0)).extracting(Event::sessionStatus).containsOnly("");
        assertThat(events(1)).extracting(Event::sessionStatus).containsExactly("START", "");
        assertThat(events(1).get(0).step()).isEqualTo(16);
        assertThat(EventFiles.steps(events(1), "train_loss")).containsExactly(20L);
    }

    @Test
    void everyEventIsWholeInTheFileAtOnce() throws IOException {
        try (EventWriter writer = writer(false)) {
            assertThat(events(0)).isEmpty();
            step(writer, 10, 1);
            assertThat(events(0)).hasSize(1);
            validate(writer, 10, 1);
            assertThat(events(0)).hasSize(3);
        }
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        folder = folder.resolve("missing");

        assertThatThrownBy(() -> writer(false))
                .isInstanceOf(TrainingException.class)
                .hasMessageStartingWith("cannot write TensorBoard's events to " + folder + ": no such file")
                .hasMessageContaining("--tensorboard");
    }

    @Test
    void anEarlierRunMovesAside() throws IOException {
        Path run = Files.createDirectory(folder.resolve("run"));
        assertThat(RunFolder.clear(run)).isNull();
        assertThat(RunFolder.clear(folder.resolve("none"))).isNull();
        for (int i = 1; i <= 2; i++) {
            Files.writeString(run.resolve("notes.txt"), "mine");
            Files.writeString(run.resolve("events.out.tfevents.1"), "run " + i);

            assertThat(RunFolder.clear(run)).isEqualTo(folder.resolve("run." + i));
            assertThat(folder.resolve("run." + i + "/events.out.tfevents.1")).hasContent("run " + i);
            assertThat(run.toFile().list()).containsExactly("notes.txt");
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void aRollBackIsAText() throws IOException {
        RollBack rollBack = new RollBack("the loss is NaN", 21, 10, 0.01, 0.001, 1);
        try (EventWriter writer = writer(false)) {
            writer.rolledBack(null, progress(20, 3, null), rollBack);
        }
        Event event = events(0).get(0);

        assertThat(event.step()).isEqualTo(20);
        assertThat(event.values()).singleElement().satisfies(value -> {
            assertThat(value.tag()).isEqualTo("roll_back");
            assertThat(value.texts()).containsExactly(rollBack.message());
        });
    }
}
