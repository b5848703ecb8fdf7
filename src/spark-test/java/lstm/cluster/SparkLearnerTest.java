package lstm.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import lstm.batch.BatchShape;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.Tensor;
import lstm.cluster.OuterOptimizer.Settings;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.optimize.Schedule;
import lstm.text.Corpus;
import lstm.text.Sources;
import lstm.text.Unit;
import lstm.text.Vocabulary;
import lstm.train.Cluster.Sharing;
import lstm.train.Progress;
import lstm.train.RollBack;
import lstm.train.Trainer;
import lstm.train.TrainingConfig;
import lstm.train.TrainingData;
import lstm.train.TrainingException;
import lstm.train.TrainingLength;
import lstm.train.TrainingListener;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ojalgo.matrix.store.R032Store;

/** Trainings of a small model, with Spark within this process. */
class SparkLearnerTest {

    private static final int WORKERS = 3;
    private static final int LOCAL_STEPS = 7;

    @TempDir
    Path folder;

    private Workers team =
            new Workers(1, KernelChoice.of(KernelChoice.Request.AUTO).kernels());
    private JavaSparkContext context = context(2);
    private Path text = Path.of("");

    private static JavaSparkContext context(int slots) {
        return new JavaSparkContext(new SparkConf()
                .setMaster("local[" + slots + "]")
                .setAppName("test")
                .set("spark.ui.enabled", "false"));
    }

    @BeforeEach
    void write() throws IOException {
        String tales = Files.readString(Path.of("corpora/tales.txt"));
        text = Files.writeString(folder.resolve("tale.txt"), tales.substring(0, 4000));
    }

    @AfterEach
    void close() {
        context.close();
        team.close();
    }

    /** 6 streams of 10 steps, a constant learning rate of 0.01, a fifth held out, validated every 20 steps. */
    private static TrainingConfig config(long steps) {
        return config(steps, 0.01);
    }

    private static TrainingConfig config(long steps, double rate) {
        return new TrainingConfig(
                new BatchShape(6, 10),
                new TrainingLength(null, steps, null),
                new Schedule(Schedule.Shape.CONSTANT, rate, 1, 0),
                5,
                0.01,
                0.2,
                20,
                1);
    }

    private static ModelConfig shape(Cell cell, Corpus corpus) {
        return new ModelConfig(cell, corpus.vocabulary().size(), 12, 2, 0.1f, 0.1f);
    }

    private Trainer trainer(Cell cell, int workers, Settings settings, TrainingConfig asked) {
        return trainer(cell, new Sharing(workers, LOCAL_STEPS, 1, KernelChoice.Request.AUTO), settings, asked);
    }

    private Trainer trainer(Cell cell, Sharing sharing, Settings settings, TrainingConfig asked) {
        SparkCluster cluster = new SparkCluster(context, sharing, note -> {});
        Corpus corpus = cluster.read(List.of(text.toString()), Vocabulary.none(Unit.CHARACTER));
        TrainingConfig config = cluster.fitted(asked);
        TrainingData data = TrainingData.of(corpus, config);
        LanguageModel model = LanguageModel.initialized(shape(cell, corpus), 1, team);
        RoundTimes times = new RoundTimes();
        return new Trainer(
                model, data, config, new SparkLearner(context, model, data, config, sharing, settings, times));
    }

    private Trainer trainer(long steps) {
        return trainer(Cell.LSTM, WORKERS, Settings.of(WORKERS), config(steps));
    }

    private byte[] bytes(Trainer trainer) throws IOException {
        Path file = folder.resolve("bytes.safetensors");
        trainer.checkpoint().save(file);
        return Files.readAllBytes(file);
    }

    private Checkpoint saved(Trainer trainer) {
        Path file = folder.resolve("saved.safetensors");
        trainer.checkpoint().save(file);
        return Checkpoint.load(file);
    }

    /** Keeps what it hears, and stops a training after so many rounds. */
    private static final class Diary implements TrainingListener, BooleanSupplier {
        private final List<Progress> rounds = new ArrayList<>();
        private final List<Progress> validations = new ArrayList<>();
        private final List<RollBack> rollBacks = new ArrayList<>();
        private final int most;

        Diary(int most) {
            this.most = most;
        }

        @Override
        public void stepped(Trainer trainer, Progress progress) {
            rounds.add(progress);
        }

        @Override
        public void validated(Trainer trainer, Progress progress) {
            validations.add(progress);
        }

        @Override
        public void rolledBack(Trainer trainer, Progress progress, RollBack rollBack) {
            rollBacks.add(rollBack);
        }

        @Override
        public boolean getAsBoolean() {
            return rounds.size() >= most;
        }
    }

    @Test
    void oneWorkerThatIsFollowedAllTheWayLearnsAsOneMachineDoes() {
        TrainingConfig config = config(50);
        Trainer spark = trainer(Cell.LSTM, 1, Settings.of(1), config);
        spark.run(new TrainingListener() {}, () -> false);

        Corpus corpus = Corpus.read(Sources.of(List.of(text.toString()), System.in), Unit.CHARACTER);
        LanguageModel model = LanguageModel.initialized(shape(Cell.LSTM, corpus), 1, team);
        Trainer alone = new Trainer(model, TrainingData.of(corpus, config), config);
        alone.run(new TrainingListener() {}, () -> false);

        Map<String, R032Store> weights = alone.checkpoint().weights();
        spark.checkpoint().weights().forEach((name, found) -> {
            assertThat(found.data).as(name).containsExactly(requireNonNull(weights.get(name)).data);
        });
    }

    @Test
    void theWorkersTakeTheKernelThatIsAskedFor() throws IOException {
        KernelChoice.Request fastest = KernelChoice.Request.AUTO;
        assumeThat(KernelChoice.of(fastest).name()).isEqualTo("vector");
        List<byte[]> ends = new ArrayList<>();
        for (KernelChoice.Request kernel : List.of(fastest, fastest, KernelChoice.Request.OJALGO)) {
            Trainer trainer = trainer(
                    Cell.LSTM, new Sharing(WORKERS, LOCAL_STEPS, 1, kernel), Settings.of(WORKERS), config(LOCAL_STEPS));
            trainer.run(new TrainingListener() {}, () -> false);
            ends.add(bytes(trainer));
        }

        assertThat(ends.get(1)).isEqualTo(ends.get(0));
        // The sums of the slow one are rounded otherwise.
        assertThat(ends.get(2)).hasSameSizeAs(ends.get(0)).isNotEqualTo(ends.get(0));
    }

    @Test
    void theWorkersLearnTogether() {
        Diary diary = new Diary(Integer.MAX_VALUE);
        boolean complete = trainer(600).run(diary, () -> false);

        assertThat(complete).isTrue();
        // 85 whole rounds, and one of 5 steps.
        assertThat(diary.rounds).hasSize(86);
        assertThat(diary.rounds.get(0).step()).isEqualTo(LOCAL_STEPS);
        assertThat(diary.rounds.get(0).characters()).isEqualTo(LOCAL_STEPS * 60);
        assertThat(diary.rounds.get(85).step()).isEqualTo(600);
        assertThat(diary.rounds.get(85).characters()).isEqualTo(600 * 60);
        assertThat(diary.rounds.get(85).trainLoss())
                .isLessThan(diary.rounds.get(0).trainLoss() - 1);
        // At the end of the rounds in which a multiple of 20 was passed, the last one at the end.
        assertThat(diary.validations).extracting(Progress::step).startsWith(21L, 42L, 63L, 84L, 105L, 126L, 140L);
        assertThat(diary.validations).hasSize(30);
    }

    @ParameterizedTest
    @EnumSource(Cell.class)
    void aTrainingThatIsResumedEndsWithTheSameBytes(Cell cell) throws IOException {
        Trainer whole = trainer(cell, WORKERS, Settings.of(WORKERS), config(60));
        whole.run(new TrainingListener() {}, () -> false);

        Diary first = new Diary(3);
        Trainer begun = trainer(cell, WORKERS, Settings.of(WORKERS), config(60));
        assertThat(begun.run(first, first)).isFalse();
        Checkpoint between = saved(begun);
        Trainer resumed = trainer(cell, WORKERS, Settings.of(WORKERS), config(60));
        assertThat(resumed.resume(between)).isTrue();
        resumed.run(new TrainingListener() {}, () -> false);

        assertThat(bytes(resumed)).isEqualTo(bytes(whole));
    }

    @Test
    void theNumberOfSlotsAndOfSavesChangesNoBit() throws IOException {
        Trainer rarely = trainer(60);
        rarely.run(new TrainingListener() {}, () -> false);
        byte[] expected = bytes(rarely);
        context.close();
        context = context(1);
        Trainer often = trainer(60);
        often.run(
                new TrainingListener() {
                    @Override
                    public void stepped(Trainer trainer, Progress progress) {
                        assertThat(trainer.checkpoint().trainingTensors()).isNotEmpty();
                    }
                },
                () -> false);

        assertThat(bytes(often)).isEqualTo(expected);
    }

    /** Asked for the n-th time, in or between rounds, it says stop. */
    @Test
    void aRoundThatIsGivenUpHasNotBegun() throws IOException {
        Trainer whole = trainer(40);
        whole.run(new TrainingListener() {}, () -> false);
        byte[] expected = bytes(whole);
        for (int questions = 1; questions < 12; questions++) {
            int[] left = {questions};
            Trainer begun = trainer(40);
            begun.run(new TrainingListener() {}, () -> left[0]-- <= 0);
            Trainer resumed = trainer(40);
            resumed.resume(saved(begun));
            resumed.run(new TrainingListener() {}, () -> false);

            assertThat(bytes(resumed)).as("stopped at question %d", questions).isEqualTo(expected);
        }
    }

    @Test
    void anExplosionBringsAllWorkersBack() {
        Diary diary = new Diary(Integer.MAX_VALUE);
        boolean complete = trainer(Cell.LSTM, WORKERS, Settings.of(WORKERS), config(300, 1e4))
                .run(diary, () -> false);

        assertThat(complete).isTrue();
        assertThat(diary.rollBacks).isNotEmpty();
        assertThat(diary.rollBacks.get(0).to()).isLessThan(0.1);
        assertThat(diary.rounds.get(diary.rounds.size() - 1).trainLoss()).isLessThan(3.5);
    }

    @Test
    void whatCannotBeSharedIsOneClearLine() {
        assertThatThrownBy(() -> trainer(Cell.LSTM, 400, Settings.of(WORKERS), config(10)))
                .isInstanceOf(TrainingException.class)
                .hasMessage(
                        "the text is too short to be shared: each of 400 workers would have 8 characters, fewer than a"
                                + " window of 1 x 10 needs; take fewer --workers, a smaller --batch or a smaller --seq-length");
    }

    @Test
    void whatCannotBeResumedIsOneClearLine() {
        Trainer three = trainer(10);
        three.run(new TrainingListener() {}, () -> false);
        Checkpoint ofThree = saved(three);

        assertThatThrownBy(() ->
                        trainer(Cell.LSTM, 2, Settings.of(WORKERS), config(20)).resume(ofThree))
                .isInstanceOf(TrainingException.class)
                .hasMessage(
                        "the checkpoint cannot be resumed: it was trained by 3 workers, and 2 are to go on; use --init-from to"
                                + " start from its weights");
    }

    @Test
    void aCheckpointThatIsNotWholeIsNotGoneOnFrom() {
        Trainer three = trainer(10);
        three.run(new TrainingListener() {}, () -> false);
        Checkpoint whole = saved(three);

        assertNotResumed(
                whole, "outer.velocity", null, "its tensor training.outer.velocity is missing or makes no sense");
        assertNotResumed(
                whole,
                "outer.velocity",
                Tensor.longs(1, 2),
                "its tensor training.outer.velocity is missing or makes no sense");
        assertNotResumed(whole, "cluster", Tensor.longs(3, 7, -1), "its tensor training.cluster makes no sense");
        assertNotResumed(whole, "cluster", Tensor.longs(3, 0, 1), "its tensor training.cluster makes no sense");
        assertNotResumed(whole, "cluster", Tensor.longs(3), "its tensor training.cluster makes no sense");
        assertNotResumed(whole, "cluster", null, "it was trained by one machine alone, and 3 are to go on");
        assertNotResumed(whole, "worker.1.random", null, "it has no tensor training.random");
        assertNotResumed(whole, "worker.2.state.h_l0", null, "expected a state h_l0 of 12 x 2");
        Map<String, Tensor> withoutOne = new LinkedHashMap<>(whole.trainingTensors());
        withoutOne.keySet().removeIf(name -> name.startsWith("worker.1."));
        assertNotResumed(with(whole, withoutOne), "its tensor training.worker.* is missing or makes no sense");
    }

    private void assertNotResumed(Checkpoint whole, String name, @Nullable Tensor tensor, String message) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(whole.trainingTensors());
        if (tensor == null) {
            tensors.remove(name);
        } else {
            tensors.put(name, tensor);
        }
        assertNotResumed(with(whole, tensors), message);
    }

    private void assertNotResumed(Checkpoint damaged, String message) {
        assertThatThrownBy(() -> {
                    Trainer resumed = trainer(20);
                    resumed.resume(damaged);
                    resumed.run(new TrainingListener() {}, () -> false);
                })
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    private static Checkpoint with(Checkpoint checkpoint, Map<String, Tensor> tensors) {
        return new Checkpoint(
                checkpoint.config(),
                checkpoint.vocabulary(),
                checkpoint.records(),
                checkpoint.training(),
                checkpoint.weights(),
                tensors);
    }
}
