package lstm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import lstm.batch.BatchShape;
import lstm.checkpoint.Checkpoint;
import lstm.kernel.KernelChoice.Request;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.optimize.Schedule;
import lstm.text.Corpus;
import lstm.text.Records;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A training that was stopped at any step and taken up from its file ends with the bytes of one that was not. */
class ExactResumeTest {

    private static final float DROPOUT = 0.3f;

    /** 3 epochs of 23 steps, a validation every 5 and one at the end: all that a run can depend on is there. */
    private static final TrainingConfig CONFIG = new TrainingConfig(
            new BatchShape(4, 10),
            new TrainingLength(3, null, null),
            new Schedule(Schedule.Shape.COSINE, 0.02, 0.1, 8),
            1,
            0.1,
            0.2,
            5,
            7);

    private static final int STEPS_PER_EPOCH = 23;

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("training.safetensors");
    }

    private String text = Trainings.TALE;
    private Cell cell = Cell.LSTM;
    private int attention;
    private Records records = Records.NONE;

    private Trainer begun(TrainingConfig config, Workers workers) {
        Corpus corpus = Trainings.corpus(text);
        ModelConfig shape = new ModelConfig(cell, corpus.vocabulary().size(), 12, 2, DROPOUT, DROPOUT);
        LanguageModel model = LanguageModel.initialized(shape.withAttention(attention), config.seed(), workers);
        return new Trainer(model, TrainingData.of(corpus, records, config), config);
    }

    /** As another process would: everything from the file but the text. */
    private Trainer resumed(Workers workers) {
        Checkpoint checkpoint = Checkpoint.load(file());
        TrainingConfig config = TrainingState.fromJson(checkpoint.training()).config();
        Corpus corpus = Trainings.corpus(text, checkpoint.vocabulary());
        LanguageModel model = LanguageModel.initialized(checkpoint.config(), 999, workers);
        Trainer trainer = new Trainer(model, TrainingData.of(corpus, checkpoint.records(), config), config);
        assertThat(trainer.resume(checkpoint)).isTrue();
        return trainer;
    }

    private byte[] uninterrupted(TrainingConfig config, Request kernel, int threads) {
        try (Workers workers = Trainings.workers(kernel, threads)) {
            Trainer trainer = begun(config, workers);
            assertThat(trainer.run(Trainings.NOBODY, Trainings.TO_THE_END)).isTrue();
            return Trainings.bytes(trainer, folder);
        }
    }

    private void trainAndStop(TrainingConfig config, int step, Request kernel, int threads) {
        try (Workers workers = Trainings.workers(kernel, threads)) {
            runAndStop(begun(config, workers), step);
        }
    }

    private void resumeAndStop(int step, Request kernel, int threads) {
        try (Workers workers = Trainings.workers(kernel, threads)) {
            runAndStop(resumed(workers), step);
        }
    }

    private void runAndStop(Trainer trainer, int step) {
        Trainings.StopAt stop = new Trainings.StopAt(step);
        assertThat(trainer.run(stop, stop)).isFalse();
        trainer.checkpoint().save(file());
    }

    private byte[] resumeToTheEnd(Request kernel, int threads) {
        try (Workers workers = Trainings.workers(kernel, threads)) {
            Trainer trainer = resumed(workers);
            assertThat(trainer.run(Trainings.NOBODY, Trainings.TO_THE_END)).isTrue();
            trainer.checkpoint().save(file());
            return read(file());
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theEpochHasAsManyStepsAsTheseTestsSuppose() {
        try (Workers workers = Trainings.workers(1)) {
            Trainings.Diary diary = new Trainings.Diary();
            begun(CONFIG, workers).run(diary, Trainings.TO_THE_END);

            assertThat(diary.steps).hasSize(3 * STEPS_PER_EPOCH);
            assertThat(diary.steps.get(STEPS_PER_EPOCH - 1).epoch()).isEqualTo(1);
        }
    }

    /** Within the warm-up, in the middle of an epoch, around a validation, around an epoch's end, at the last step. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 6, 12, STEPS_PER_EPOCH - 1, STEPS_PER_EPOCH, STEPS_PER_EPOCH + 1, 40, 68})
    void atAnyStep(int step) {
        trainAndStop(CONFIG, step, Request.AUTO, 2);

        assertThat(resumeToTheEnd(Request.AUTO, 2)).isEqualTo(uninterrupted(CONFIG, Request.AUTO, 2));
    }

    @Test
    void beforeTheFirstStep() {
        trainAndStop(CONFIG, 0, Request.AUTO, 1);

        assertThat(resumeToTheEnd(Request.AUTO, 1)).isEqualTo(uninterrupted(CONFIG, Request.AUTO, 1));
    }

    @Test
    void behindItsEnd() {
        trainAndStop(CONFIG, 68, Request.AUTO, 1);
        byte[] complete = resumeToTheEnd(Request.AUTO, 1);

        assertThat(resumeToTheEnd(Request.AUTO, 1)).isEqualTo(complete);
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({"1, 1", "7, 12", "5, 10", "23, 46", "30, 31"})
    void twice(int first, int second) {
        trainAndStop(CONFIG, first, Request.AUTO, 1);
        resumeAndStop(second, Request.AUTO, 1);

        assertThat(resumeToTheEnd(Request.AUTO, 1)).isEqualTo(uninterrupted(CONFIG, Request.AUTO, 1));
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"1, 2", "2, 1", "3, 2", "2, 5"})
    void withAnotherNumberOfThreads(int before, int after) {
        trainAndStop(CONFIG, 17, Request.AUTO, before);

        assertThat(resumeToTheEnd(Request.AUTO, after)).isEqualTo(uninterrupted(CONFIG, Request.AUTO, 1));
    }

    @ParameterizedTest
    @EnumSource(names = {"OJALGO", "VECTOR"})
    void onEveryKernel(Request kernel) {
        trainAndStop(CONFIG, 9, kernel, 1);

        assertThat(resumeToTheEnd(kernel, 2)).isEqualTo(uninterrupted(CONFIG, kernel, 1));
    }

    @ParameterizedTest
    @EnumSource
    void withEveryCell(Cell kind) {
        cell = kind;
        trainAndStop(CONFIG, 9, Request.AUTO, 2);
        resumeAndStop(31, Request.AUTO, 3);

        assertThat(resumeToTheEnd(Request.AUTO, 1)).isEqualTo(uninterrupted(CONFIG, Request.AUTO, 1));
    }

    /** Short windows follow each other in a memory; a resumed training begins at its front. */
    @ParameterizedTest(name = "{0}, windows of {1}, attention to {2}")
    @CsvSource({
        "LSTM, 10, 15",
        "PEEPHOLE, 9, 15",
        "GRU, 15, 200",
        "RNN, 16, 15",
        "LSTM, 16, 16",
        "LSTM, 3, 100",
        "LSTM, 40, 7"
    })
    void withAttention(Cell kind, int steps, int outputs) {
        cell = kind;
        attention = outputs;
        TrainingConfig config = CONFIG.withShape(new BatchShape(3, steps));
        trainAndStop(config, 5, Request.AUTO, 2);
        resumeAndStop(12, Request.AUTO, 3);

        assertThat(resumeToTheEnd(Request.AUTO, 1)).isEqualTo(uninterrupted(config, Request.AUTO, 1));
    }

    /** The order of the records is another one in each of the three epochs, of about 22 steps. */
    @ParameterizedTest(name = "stopped behind {0} and {1}, records {2}")
    @CsvSource({
        "0, 3, LINE",
        "5, 21, LINE",
        "22, 23, LINE",
        "24, 60, LINE",
        "43, 45, LINE",
        "1, 30, BLANK_LINE",
        "23, 50, BLANK_LINE"
    })
    void ofAList(int first, int second, Records kind) {
        records = kind;
        text = kind == Records.LINE ? Trainings.TALE : Trainings.TALE.replace(". ", ".\n\n");
        trainAndStop(CONFIG, first, Request.AUTO, 2);
        resumeAndStop(second, Request.AUTO, 3);

        assertThat(resumeToTheEnd(Request.AUTO, 1)).isEqualTo(uninterrupted(CONFIG, Request.AUTO, 1));
    }

    @Test
    void withoutValidation() {
        TrainingConfig config = Trainings.withValidation(CONFIG, 0, 0);
        trainAndStop(config, 30, Request.AUTO, 1);

        assertThat(resumeToTheEnd(Request.AUTO, 1)).isEqualTo(uninterrupted(config, Request.AUTO, 1));
    }

    @Test
    void whenItIsKilledBehindASaveByTheClock() {
        // What is held out becomes worse by learning, so that the validation of one certain step must not be missed.
        text = "ab".repeat(460) + "aabb".repeat(60);
        int best = stepOfTheBestValidation();
        byte[] expected = uninterrupted(CONFIG, Request.AUTO, 1);
        for (int step : new int[] {best - 1, best, best + 1}) {
            try (Workers workers = Trainings.workers(1)) {
                Trainer trainer = begun(CONFIG, workers);
                assertThatThrownBy(() -> trainer.run(savingAndDyingBehind(step), Trainings.TO_THE_END))
                        .isInstanceOf(Killed.class);
            }

            assertThat(resumeToTheEnd(Request.AUTO, 1))
                    .as("killed at step %d, best at %d", step, best)
                    .isEqualTo(expected);
        }
    }

    private int stepOfTheBestValidation() {
        Trainings.Diary diary = new Trainings.Diary();
        try (Workers workers = Trainings.workers(1)) {
            begun(CONFIG, workers).run(diary, Trainings.TO_THE_END);
        }
        int best = diary.validationLosses().indexOf(Collections.min(diary.validationLosses()));
        assertThat(best).isLessThan(diary.validations.size() - 1);
        return (int) diary.validations.get(best).step();
    }

    private TrainingListener savingAndDyingBehind(int step) {
        return new TrainingListener() {
            @Override
            public void stepped(Trainer trainer, Progress progress) {
                if (progress.step() == step) {
                    trainer.checkpoint().save(file());
                    throw new Killed();
                }
            }
        };
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 25})
    void alsoWhereALaterRunIsLongerThanWasMeant(int step) {
        TrainingConfig constant = Trainings.withSchedule(CONFIG, new Schedule(Schedule.Shape.CONSTANT, 0.02, 1, 8));
        TrainingConfig shorter = Trainings.withLength(constant, new TrainingLength(null, (long) step, null));
        try (Workers workers = Trainings.workers(1)) {
            Trainer trainer = begun(shorter, workers);
            trainer.run(Trainings.NOBODY, Trainings.TO_THE_END);
            Checkpoint end = trainer.checkpoint();
            TrainingConfig longer = Trainings.withLength(constant, new TrainingLength(null, step + 4L, null));
            Trainer more = begun(longer, workers);
            assertThat(more.resume(end)).isTrue();
            more.run(Trainings.NOBODY, Trainings.TO_THE_END);
            Trainer whole = begun(longer, workers);
            whole.run(Trainings.NOBODY, Trainings.TO_THE_END);

            assertThat(more.checkpoint().trainingTensors())
                    .isEqualTo(whole.checkpoint().trainingTensors());
        }
    }
}
