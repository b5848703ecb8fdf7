package lstm.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import lstm.kernel.BothKernels;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.model.LanguageModel;
import lstm.optimize.Schedule;
import lstm.text.Corpus;
import lstm.text.Records;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@BothKernels
class ReproducibilityTest {

    private static final TrainingConfig CONFIG = Trainings.withValidation(Trainings.steps(40), 0.2, 10);

    private final KernelChoice.Request kernel;

    @TempDir
    private Path folder;

    ReproducibilityTest(KernelChoice.Request kernel) {
        this.kernel = kernel;
    }

    private byte[] trained(TrainingConfig config, int threads) {
        return trained(config, Records.NONE, threads);
    }

    private byte[] trained(TrainingConfig config, Records records, int threads) {
        try (Workers workers = Trainings.workers(kernel, threads)) {
            Corpus corpus = Trainings.corpus(Trainings.TALE);
            Trainer trainer = new Trainer(
                    Trainings.model(corpus, 2, 0.2f, config, workers),
                    TrainingData.of(corpus, records, config),
                    config);
            trainer.run(Trainings.NOBODY, Trainings.TO_THE_END);
            return Trainings.bytes(trainer, folder);
        }
    }

    @ParameterizedTest(name = "{0} threads")
    @ValueSource(ints = {1, 2, 3})
    void oneSeedGivesOneFile(int threads) {
        assertThat(trained(CONFIG, threads)).isEqualTo(trained(CONFIG, 1));
    }

    @ParameterizedTest(name = "{0} threads")
    @ValueSource(ints = {2, 3})
    void alsoOfAListWhoseRecordsAreShuffled(int threads) {
        assertThat(trained(CONFIG, Records.LINE, threads)).isEqualTo(trained(CONFIG, Records.LINE, 1));
    }

    @Test
    void anotherSeedGivesAnotherModel() {
        assertThat(trained(Trainings.withSeed(CONFIG, 2), 1)).isNotEqualTo(trained(CONFIG, 1));
    }

    @Test
    void theSeedAlsoMovesTheDropout() {
        TrainingConfig config = Trainings.steps(1);

        assertThat(lossesUnderDropout(Trainings.withSeed(config, 2))).isNotEqualTo(lossesUnderDropout(config));
    }

    @Test
    void everyStepDropsOtherUnits() {
        // Weights that stand still and a text of one character: only the masks can differ, once the state has settled.
        TrainingConfig still =
                Trainings.withSchedule(Trainings.steps(60), new Schedule(Schedule.Shape.CONSTANT, 1e-30, 1, 0));

        assertThat(lossesUnderDropout(still).subList(30, 60)).doesNotHaveDuplicates();
    }

    /** Of one model, whatever the configuration's seed is, on the letter a over and over. */
    private List<Double> lossesUnderDropout(TrainingConfig config) {
        Trainings.Diary diary = new Trainings.Diary();
        try (Workers workers = Trainings.workers(kernel, 1)) {
            Corpus corpus = Trainings.corpus("b" + "a".repeat(5000));
            LanguageModel model = Trainings.model(corpus, 1, 0.5f, Trainings.withSeed(config, 1), workers);
            new Trainer(model, TrainingData.of(corpus, config), config).run(diary, Trainings.TO_THE_END);
        }
        return diary.trainLosses();
    }
}
