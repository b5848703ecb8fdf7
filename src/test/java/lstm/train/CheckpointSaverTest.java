package lstm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.CheckpointException;
import lstm.kernel.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointSaverTest {

    private final Workers workers = Trainings.workers(1);
    private final Trainer trainer = Trainings.trainer(Trainings.corpus(Trainings.TALE), Trainings.steps(1), workers);
    private final List<String> notes = new ArrayList<>();
    private long nanos = Long.MAX_VALUE - 30_000_000_000L; // System.nanoTime may overflow

    @TempDir
    private Path folder;

    @AfterEach
    void closeWorkers() {
        workers.close();
    }

    private Path file() {
        return folder.resolve("saved.safetensors");
    }

    private CheckpointSaver saver() {
        return new CheckpointSaver(file(), notes::add, () -> nanos);
    }

    private static Progress at(long step) {
        return new Progress(step, 0, 0, 0, 0, 0, 0, 1, null, null, 0, 0);
    }

    /** Whether a file was written since the last question. */
    private boolean saved() throws IOException {
        return Files.deleteIfExists(file());
    }

    private void seconds(double seconds) {
        nanos += (long) (seconds * 1e9);
    }

    @Test
    void everyValidationIsSaved() throws IOException {
        CheckpointSaver saver = saver();
        assertThat(saved()).isFalse();
        saver.validated(trainer, at(5));
        assertThat(saved()).isTrue();
        saver.validated(trainer, at(10));
        assertThat(saved()).isTrue();
    }

    @Test
    void aMinuteAfterTheLastSaveTheNextStepIsSaved() throws IOException {
        CheckpointSaver saver = saver();
        saver.stepped(trainer, at(1));
        seconds(59.9);
        saver.stepped(trainer, at(2));
        assertThat(saved()).isFalse();
        seconds(0.1);
        saver.stepped(trainer, at(3));
        assertThat(saved()).isTrue();
        saver.stepped(trainer, at(4));
        assertThat(saved()).isFalse();
        seconds(60);
        saver.stepped(trainer, at(5));
        assertThat(saved()).isTrue();
    }

    @Test
    void aValidationPutsTheMinuteOff() throws IOException {
        CheckpointSaver saver = saver();
        seconds(40);
        saver.validated(trainer, at(5));
        assertThat(saved()).isTrue();
        seconds(40);
        saver.stepped(trainer, at(6));
        assertThat(saved()).isFalse();
        seconds(20);
        saver.stepped(trainer, at(7));
        assertThat(saved()).isTrue();
    }

    @Test
    void theEndIsSavedButNotTwice() throws IOException {
        CheckpointSaver saver = saver();
        saver.stepped(trainer, at(1));
        saver.ended(trainer, at(1));
        assertThat(saved()).isTrue();

        CheckpointSaver validated = saver();
        validated.stepped(trainer, at(5));
        validated.validated(trainer, at(5));
        assertThat(saved()).isTrue();
        validated.ended(trainer, at(5));
        assertThat(saved()).isFalse();

        CheckpointSaver timed = saver();
        seconds(60);
        timed.stepped(trainer, at(5));
        assertThat(saved()).isTrue();
        timed.ended(trainer, at(5));
        assertThat(saved()).isFalse();
    }

    @Test
    void aTrainingThatIsStoppedBeforeItsFirstStepIsSavedToo() throws IOException {
        saver().ended(trainer, at(0));

        assertThat(saved()).isTrue();
    }

    @Test
    void whatIsSavedIsTheTrainersCheckpoint() throws IOException {
        trainer.run(new CheckpointSaver(file()), Trainings.TO_THE_END);

        assertThat(Files.readAllBytes(file())).isEqualTo(Trainings.bytes(trainer, folder));
        assertThat(Checkpoint.load(file()).canResume()).isTrue();
    }

    @Test
    void aSaveThatFailsIsToldOfOnceAndTriedAgain() throws IOException {
        CheckpointSaver saver = saver();
        Files.createDirectory(file());
        saver.validated(trainer, at(5));
        saver.validated(trainer, at(10));

        assertThat(notes)
                .containsExactly("cannot write " + file()
                        + ": it is a directory; the training goes on, and tries again at" + " the next save");
        Files.delete(file());
        saver.validated(trainer, at(15));
        saver.validated(trainer, at(20));
        assertThat(saved()).isTrue();
        assertThat(notes).hasSize(2).last().isEqualTo("saved " + file() + " again, at step 15");
    }

    @Test
    void whatIsStillThereIsToldAndANewTroubleToo() throws IOException {
        CheckpointSaver saver = saver();
        saver.validated(trainer, at(1_000));
        assertThat(saved()).isTrue();
        Files.createDirectory(file());
        saver.validated(trainer, at(2_000));
        assertThat(notes).last().asString().endsWith("; the file still holds step 1,000");
        Files.delete(file());
        Files.delete(folder);
        Files.createFile(folder);
        saver.validated(trainer, at(3_000));
        assertThat(notes).hasSize(2).last().asString().contains("a file is where a directory is needed");
        Files.delete(folder);
    }

    @Test
    void aMinuteAfterASaveThatFailedTheNextStepIsSaved() throws IOException {
        CheckpointSaver saver = saver();
        Files.createDirectory(file());
        seconds(60);
        saver.stepped(trainer, at(1));
        Files.delete(file());
        seconds(59);
        saver.stepped(trainer, at(2));
        assertThat(saved()).isFalse();
        seconds(1);
        saver.stepped(trainer, at(3));
        assertThat(saved()).isTrue();
    }

    @Test
    void aSaveThatFailsAtTheEndFails() throws IOException {
        Files.createDirectory(file());
        assertThatThrownBy(() -> trainer.run(new CheckpointSaver(file()), Trainings.TO_THE_END))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(
                        "cannot write " + file() + ": it is a directory; what was learnt is lost: mend that, or name"
                                + " another file, and train again");

        Files.delete(file());
        CheckpointSaver saver = saver();
        saver.validated(trainer, at(5));
        assertThat(saved()).isTrue();
        Files.createDirectory(file());
        assertThatThrownBy(() -> saver.ended(trainer, at(6)))
                .hasMessageEndingWith("; the file still holds step 5: mend that, and --resume goes on from there");
    }
}
