package lstm.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import lstm.FuzzedFile;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.CheckpointException;
import lstm.checkpoint.CheckpointSummary;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.text.Corpus;
import lstm.text.Records;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file holds, it is refused in one line, or is a checkpoint that is the same again once it was saved. */
class CheckpointFuzzTest {

    private static final Corpus CORPUS = Trainings.corpus("abc, cab.\n".repeat(20));
    private static final Workers WORKERS = Trainings.workers(1);

    private static Trainer trainer(Cell cell, int attention, Records records) {
        TrainingConfig config = Trainings.withValidation(Trainings.steps(3), 0.2, 2);
        ModelConfig shape = new ModelConfig(cell, CORPUS.vocabulary().size(), 2, 1, 0, 0).withAttention(attention);
        LanguageModel model = LanguageModel.initialized(shape, 1, WORKERS);
        return new Trainer(model, TrainingData.of(CORPUS, records, config), config);
    }

    /** Small checkpoints of every cell. */
    static Stream<byte[]> seeds() {
        return Stream.of(Cell.values()).map(cell -> {
            Trainer trainer = trainer(cell, cell == Cell.GRU ? 2 : 0, cell == Cell.RNN ? Records.LINE : Records.NONE);
            trainer.run(Trainings.NOBODY, Trainings.TO_THE_END);
            Path file = FuzzedFile.of(new byte[0]);
            trainer.checkpoint().save(file);
            return FuzzedFile.input(file);
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aCheckpointIsItself(byte[] seed) {
        Checkpoint checkpoint = Checkpoint.load(FuzzedFile.safetensors(seed));
        assertThat(checkpoint.canResume()).isTrue();
        fuzzerTestOneInput(seed);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        Path file = FuzzedFile.safetensors(input);
        boolean whole = isWhole(file);
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.load(file);
        } catch (CheckpointException e) {
            FuzzedFile.requireLine(e);
            return;
        }
        assertThat(whole).isTrue();
        // What only a training needs is looked at by who goes on with it.
        checkpoint.slim().save(file);
        assertSame(Checkpoint.load(file), checkpoint.slim());
        resume(checkpoint);
    }

    private static boolean isWhole(Path file) {
        try {
            CheckpointSummary.read(file);
            return true;
        } catch (CheckpointException e) {
            FuzzedFile.requireLine(e);
            return false;
        }
    }

    private static void assertSame(Checkpoint one, Checkpoint other) {
        assertThat(one.config()).isEqualTo(other.config());
        assertThat(one.vocabulary()).isEqualTo(other.vocabulary());
        assertThat(one.training()).isEqualTo(other.training());
        assertThat(one.trainingTensors()).isEqualTo(other.trainingTensors());
        assertThat(Checkpoint.tensors(one.config(), one.weights()))
                .isEqualTo(Checkpoint.tensors(other.config(), other.weights()));
    }

    private static void resume(Checkpoint checkpoint) {
        try {
            TrainingState.fromJson(checkpoint.training());
        } catch (TrainingException e) {
            FuzzedFile.requireLine(e);
        }
        boolean large = checkpoint.config().hidden() > 8 || checkpoint.config().attention() > 8;
        if (large || !checkpoint.vocabulary().equals(CORPUS.vocabulary())) {
            return;
        }
        try {
            ModelConfig shape = checkpoint.config();
            TrainingConfig config = Trainings.withValidation(Trainings.steps(5), 0.2, 2);
            LanguageModel model = LanguageModel.initialized(shape, 1, WORKERS);
            Trainer trainer = new Trainer(model, TrainingData.of(CORPUS, checkpoint.records(), config), config);
            if (trainer.resume(checkpoint)) {
                trainer.run(Trainings.NOBODY, Trainings.TO_THE_END);
                Path file = FuzzedFile.of(new byte[0]);
                trainer.checkpoint().save(file);
                Checkpoint.load(file);
            }
        } catch (TrainingException e) {
            FuzzedFile.requireLine(e);
        }
    }
}
