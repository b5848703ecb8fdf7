package lstm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.CheckpointException;
import lstm.kernel.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointSaverTest {

    private final Workers workers = Trainings.workers(1);
    private final Trainer trainer = Trainings.trainer(Trainings.corpus(Trainings.TALE), Trainings.steps(1), workers);
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
        return new CheckpointSaver(file(), () -> nanos);
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
    void aSaveThatFailsEndsTheTraining() throws IOException {
        Files.createDirectory(file());

        assertThatThrownBy(() -> trainer.run(new CheckpointSaver(file()), Trainings.TO_THE_END))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(file().toString());
    }
}
