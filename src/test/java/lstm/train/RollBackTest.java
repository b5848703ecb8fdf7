package lstm.train;

import static java.util.Objects.requireNonNull;
import static lstm.train.Trainings.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.DType;
import lstm.checkpoint.Tensor;
import lstm.kernel.KernelChoice.Request;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.model.Parameter;
import lstm.optimize.Schedule;
import lstm.text.Corpus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ojalgo.matrix.store.R032Store;

class RollBackTest {

    private static final double GUESSING = Math.log(43);

    private final Corpus tale = Trainings.corpus(Trainings.TALE);
    private final Workers workers = Trainings.workers(1);
    private final Told told = new Told();

    @TempDir
    private Path folder;

    @AfterEach
    void end() {
        workers.close();
    }

    /** Keeps what it hears, and does something to the model behind some steps. */
    private static final class Told implements TrainingListener {
        final List<Double> losses = new ArrayList<>();
        final List<Double> rates = new ArrayList<>();
        final List<RollBack> rollBacks = new ArrayList<>();
        final List<Progress> ends = new ArrayList<>();
        long[] broken = {};

        @Nullable
        LanguageModel model;

        @Override
        public void stepped(Trainer trainer, Progress progress) {
            losses.add(progress.trainLoss());
            rates.add(progress.learningRate());
            LanguageModel breaking = model;
            if (breaking != null && Arrays.stream(broken).anyMatch(step -> step == progress.step())) {
                // The output layer's bias: a token's own weights would not be missed before it is read.
                breaking.parameters().get(breaking.parameters().size() - 1).value().data[0] = Float.NaN;
                breaking.weightsChanged();
            }
        }

        @Override
        public void rolledBack(Trainer trainer, Progress progress, RollBack rollBack) {
            rollBacks.add(rollBack);
        }

        @Override
        public void ended(Trainer trainer, Progress progress) {
            ends.add(progress);
        }
    }

    private static TrainingConfig config(long steps, double rate, int validateEvery) {
        return Trainings.withSchedule(
                Trainings.withValidation(Trainings.steps(steps), validateEvery > 0 ? 0.2 : 0, validateEvery),
                new Schedule(Schedule.Shape.CONSTANT, rate, 1, 0));
    }

    private Trainer trainer(TrainingConfig config, long... broken) {
        LanguageModel model = Trainings.model(tale, 1, 0, config, workers);
        told.model = model;
        told.broken = broken;
        return new Trainer(model, TrainingData.of(tale, config), config);
    }

    @ParameterizedTest(name = "{0}, {1}, a validation every {2} steps")
    @CsvSource({
        "OJALGO, 100, 20",
        "VECTOR, 100, 20",
        "VECTOR, 1e4, 0",
        "OJALGO, 1e30, 1",
        "VECTOR, 1e30, 1",
        "VECTOR, 1e38, 7",
        "OJALGO, 1e300, 50",
        "VECTOR, 1e300, 50"
    })
    void aLearningRateFarTooHighEndsInAModelThatHasLearnt(Request kernel, double rate, int every) {
        TrainingConfig config = config(400, rate, every);
        try (Workers team = Trainings.workers(kernel, 1)) {
            Trainer trainer = Trainings.trainer(tale, config, team);
            List<String> unsound = new ArrayList<>();
            TrainingListener soundness = Trainings.afterStep(p -> unsound.addAll(notFinite(trainer.checkpoint())));

            boolean complete = trainer.run(new Both(told, soundness), Trainings.TO_THE_END);

            assertThat(complete).isTrue();
            assertThat(unsound).isEmpty();
            // A step whose validation explodes is counted, and nobody hears of it.
            assertThat(told.losses).hasSizeBetween(399, 400);
            assertThat(told.rollBacks).hasSize(1);
            assertThat(told.rollBacks.get(0).to()).isEqualTo(0.01);
            assertThat(told.rates.get(told.rates.size() - 1)).isEqualTo(0.01);
            assertThat(told.losses.get(told.losses.size() - 1)).isLessThan(0.7 * GUESSING);
        }
    }

    private record Both(TrainingListener one, TrainingListener other) implements TrainingListener {
        @Override
        public void stepped(Trainer trainer, Progress progress) {
            one.stepped(trainer, progress);
            other.stepped(trainer, progress);
        }

        @Override
        public void rolledBack(Trainer trainer, Progress progress, RollBack rollBack) {
            one.rolledBack(trainer, progress, rollBack);
            other.rolledBack(trainer, progress, rollBack);
        }

        @Override
        public void ended(Trainer trainer, Progress progress) {
            one.ended(trainer, progress);
            other.ended(trainer, progress);
        }
    }

    private static List<String> notFinite(Checkpoint checkpoint) {
        List<String> names = new ArrayList<>();
        checkpoint.weights().forEach((name, matrix) -> add(names, name, matrix));
        checkpoint.trainingTensors().forEach((name, tensor) -> {
            if (tensor.dtype() == DType.F32) {
                add(names, "training." + name, tensor.toStore());
            }
        });
        return names;
    }

    private static void add(List<String> names, String name, R032Store matrix) {
        for (float number : matrix.data) {
            if (!Float.isFinite(number)) {
                names.add(name);
                return;
            }
        }
    }

    @Test
    void itGoesBackToTheBestModelOnValidationWithATenthOfTheLearningRate() {
        Trainer trainer = trainer(config(60, 0.01, 25), 57);
        Trainings.StopAt stop = new Trainings.StopAt(50);
        trainer.run(stop, stop);
        Map<String, R032Store> best = trainer.checkpoint().weights();
        long[] goodStep = {0};
        List<Map<String, R032Store>> behind = new ArrayList<>();

        trainer.run(
                new Both(told, new TrainingListener() {
                    @Override
                    public void rolledBack(Trainer t, Progress progress, RollBack rollBack) {
                        goodStep[0] = rollBack.goodStep();
                        assertThat(progress.step()).isEqualTo(57);
                        behind.add(copies(t.checkpoint()));
                    }
                }),
                Trainings.TO_THE_END);

        assertThat(told.rollBacks).containsExactly(new RollBack("the loss is NaN", 58, goodStep[0], 0.01, 0.001, 1));
        assertThat(goodStep[0]).isIn(25L, 50L);
        assertThat(behind).hasSize(1);
        best.forEach((name, matrix) ->
                assertThat(named(name, behind.get(0)).data).as(name).isEqualTo(matrix.data));
        assertThat(told.rates.get(told.rates.size() - 1)).isEqualTo(0.001);
        assertThat(told.losses).hasSize(10).allMatch(Double::isFinite);
    }

    /** The last weights, which the training goes on with. */
    private static Map<String, R032Store> copies(Checkpoint checkpoint) {
        return TrainingTensors.weights(checkpoint);
    }

    @Test
    void whatTheOptimizerAndTheStateKnewIsForgotten() {
        Trainer trainer = trainer(config(30, 0.01, 10), 25);
        List<Checkpoint> behind = new ArrayList<>();
        trainer.run(
                new Both(told, new TrainingListener() {
                    @Override
                    public void rolledBack(Trainer t, Progress progress, RollBack rollBack) {
                        behind.add(t.checkpoint());
                    }
                }),
                Trainings.TO_THE_END);

        Checkpoint checkpoint = behind.get(0);
        assertThat(TrainingTensors.optimizerSteps(checkpoint, TrainingState.fromJson(checkpoint.training())))
                .isZero();
        TrainingTensors.moments(checkpoint)
                .forEach((name, moment) -> assertThat(moment.data).as(name).containsOnly(0f));
        TrainingTensors.state(checkpoint)
                .matrices()
                .forEach((name, state) -> assertThat(state.data).as(name).containsOnly(0f));
    }

    @Test
    void theLearningRateRisesAnew() {
        TrainingConfig config =
                Trainings.withSchedule(config(40, 1, 0), new Schedule(Schedule.Shape.CONSTANT, 0.08, 1, 4));

        trainer(config, 30).run(told, Trainings.TO_THE_END);

        double[] expected = new double[40];
        for (int i = 0; i < 40; i++) {
            double peak = i < 30 ? 0.08 : 0.008;
            expected[i] = peak * Math.min(1, (i % 30 + 1) / 4.0);
        }
        assertThat(told.rates)
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1)
                .containsExactlyElementsOf(Arrays.stream(expected).boxed().toList());
    }

    @ParameterizedTest
    @CsvSource({"150, 0", "199, 0", "200, 200", "390, 200"})
    void withoutValidationItGoesBackToACopyOfEveryTwoHundredSteps(long broken, long good) {
        trainer(config(405, 0.01, 0), broken).run(told, Trainings.TO_THE_END);

        assertThat(told.rollBacks).hasSize(1);
        // A copy is taken in the step, before a listener breaks the model.
        assertThat(told.rollBacks.get(0).goodStep()).isEqualTo(good);
    }

    @Test
    void afterThreeTimesItStopsWithAdviceAtTheLastGoodModel() {
        Trainer trainer = trainer(config(100, 0.01, 10), 12, 34, 56, 78);
        Path file = folder.resolve("diverged.safetensors");

        Throwable thrown =
                catchThrowable(() -> trainer.run(new Both(new CheckpointSaver(file), told), Trainings.TO_THE_END));

        assertThat(thrown)
                .isInstanceOf(TrainingException.class)
                .hasMessage(
                        "the training diverged at step 79: the loss is NaN, though it has gone back 3 times and its learning"
                                + " rate is down to 0.00001; the checkpoint holds the last good model, of step "
                                + told.rollBacks.get(3).goodStep()
                                + ": --resume goes on from there with a smaller --lr, such as 0.000001,"
                                + " or a smaller --clip");
        assertThat(told.rollBacks).extracting(RollBack::goesOn).containsExactly(true, true, true, false);
        assertThat(told.rollBacks).extracting(RollBack::step).containsExactly(13L, 35L, 57L, 79L);
        assertThat(told.ends).hasSize(1);
        Checkpoint saved = Checkpoint.load(file);
        assertThat(notFinite(saved)).isEmpty();
        saved.weights()
                .forEach((name, matrix) -> assertThat(named(name, TrainingTensors.weights(saved)).data)
                        .as(name)
                        .isEqualTo(matrix.data));
    }

    /** Weights at the end of the float range: no learning rate helps. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10})
    void whereItBeginsWithNothingGoodItStopsAtOnceAndLeavesNumbers(int validateEvery) {
        TrainingConfig config = config(100, 0.01, validateEvery);
        Trainer trainer = trainer(config);
        for (Parameter parameter : requireNonNull(told.model).parameters()) {
            Arrays.fill(parameter.value().data, Float.MAX_VALUE);
            for (int i = 0; i < parameter.size(); i += 2) {
                parameter.value().data[i] = -Float.MAX_VALUE;
            }
        }
        requireNonNull(told.model).weightsChanged();
        Path file = folder.resolve("hopeless.safetensors");

        Throwable thrown =
                catchThrowable(() -> trainer.run(new Both(new CheckpointSaver(file), told), Trainings.TO_THE_END));

        assertThat(thrown).isInstanceOf(TrainingException.class).hasMessageContaining("diverged at step 1");
        assertThat(told.rollBacks).hasSize(4);
        assertThat(notFinite(Checkpoint.load(file))).isEmpty();
    }

    @Test
    void anInfiniteGradientIsAnExplosion() {
        assertThat(Divergence.ofNorm(Double.POSITIVE_INFINITY)).isEqualTo("the norm of the gradient is Infinity");
        assertThat(Divergence.ofNorm(Double.NaN)).isEqualTo("the norm of the gradient is NaN");
        assertThat(Divergence.ofNorm(1e40)).isNull();
    }

    private static Divergence divergence() {
        return new Divergence(
                new ModelConfig(Cell.LSTM, 43, 12, 1, 0, 0), new Schedule(Schedule.Shape.CONSTANT, 0.01, 1, 0));
    }

    @Test
    void aLossThatIsHighForFiftyStepsIsAnExplosionAndOneThatComesDownIsNone() {
        Divergence divergence = divergence();
        assertThat(divergence.ofLoss(3.7, 1, 0)).isNull();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 49; i++) {
                assertThat(divergence.ofLoss(2.01 * GUESSING, 1, 0)).isNull();
                assertThat(divergence.isCalm()).isFalse();
            }
            assertThat(divergence.ofLoss(1.99 * GUESSING, 1, 0)).isNull();
            assertThat(divergence.isCalm()).isTrue();
        }
        for (int i = 0; i < 49; i++) {
            assertThat(divergence.ofLoss(9, 1, 0)).isNull();
        }
        assertThat(divergence.ofLoss(9, 1, 0)).isEqualTo("the loss has been above 7.5 nats for 50 steps, and is 9.0");
    }

    @Test
    void aModelThatHasLearntSomethingIsGivenMoreTime() {
        Divergence divergence = divergence();
        assertThat(divergence.ofLoss(3.7, 1, 0)).isNull();
        for (int i = 0; i < 199; i++) {
            assertThat(divergence.ofLoss(9, 1, 10)).isNull();
        }
        assertThat(divergence.ofLoss(9, 1, 10)).isEqualTo("the loss has been above 7.5 nats for 200 steps, and is 9.0");
    }

    /** Weights of another text, and a learning rate that hardly moves them. */
    @Test
    void aLossThatStaysWhereItBeganIsNone() {
        Divergence divergence = divergence();
        for (int i = 0; i < 1000; i++) {
            assertThat(divergence.ofLoss(20 + Math.sin(i), 1, 0)).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1000, 1e9, Double.POSITIVE_INFINITY, Double.NaN})
    void aLossThatNobodyComesBackFromIsAnExplosionAtOnce(double loss) {
        assertThat(divergence().ofLoss(loss, 1, 0)).startsWith("the loss is ");
        assertThat(Divergence.ofValidation(loss)).startsWith("the validation loss is ");
    }

    @Test
    void onlyASymbolIsNoExplosion() {
        Divergence divergence = new Divergence(
                new ModelConfig(Cell.LSTM, 1, 12, 1, 0, 0), new Schedule(Schedule.Shape.CONSTANT, 0.01, 1, 0));
        for (int i = 0; i < 100; i++) {
            assertThat(divergence.ofLoss(0, 1, 0)).isNull();
        }
    }

    /** The learning rate rises until it is too high, at about step 30; a third or fourth explosion lies behind it. */
    private static TrainingConfig exploding(int validateEvery) {
        return Trainings.withSchedule(config(90, 1, validateEvery), new Schedule(Schedule.Shape.CONSTANT, 300, 1, 80));
    }

    private byte[] uninterrupted(TrainingConfig config) {
        Trainer trainer = Trainings.trainer(tale, config, workers);
        trainer.run(told, Trainings.TO_THE_END);
        return Trainings.bytes(trainer, folder);
    }

    private byte[] interrupted(TrainingConfig config, int threads, long... stops) {
        Path file = folder.resolve("stopped.safetensors");
        boolean begun = false;
        for (int i = 0; i <= stops.length; i++) {
            try (Workers team = Trainings.workers(i % 2 == 0 ? 1 : threads)) {
                Trainer trainer = Trainings.trainer(tale, config, team);
                assertThat(!begun || trainer.resume(Checkpoint.load(file))).isTrue();
                begun = true;
                Trainings.StopAt stop = new Trainings.StopAt(i < stops.length ? stops[i] : Long.MAX_VALUE);
                trainer.run(stop, stop);
                trainer.checkpoint().save(file);
            }
        }
        return Trainings.bytes(Checkpoint.load(file), folder);
    }

    @ParameterizedTest(name = "a validation every {0} steps")
    @ValueSource(ints = {0, 1, 7, 1000})
    void itGoesOnExactlyAlsoWhereItIsInterruptedAroundARollBack(int validateEvery) {
        TrainingConfig config = exploding(validateEvery);
        byte[] expected = uninterrupted(config);
        assertThat(told.rollBacks).isNotEmpty();
        int at = (int) told.rollBacks.get(0).step();

        for (int step : new int[] {1, at - 3, at - 2, at - 1, at, at + 1, at + 20}) {
            assertThat(interrupted(config, 2, step))
                    .as("interrupted behind step %d", step)
                    .isEqualTo(expected);
        }
        assertThat(interrupted(config, 3, 2, at - 1, at, at + 9)).isEqualTo(expected);
    }

    @Test
    void aCountOfHighLossesGoesOnToo() {
        TrainingConfig config = config(120, 25, 1000);
        byte[] expected = uninterrupted(config);
        assertThat(told.rollBacks.get(0).fault()).contains("for 50 steps");

        int at = (int) told.rollBacks.get(0).step();
        assertThat(interrupted(config, 2, at - 20, at - 1, at + 1)).isEqualTo(expected);
    }

    @Test
    void whoTakesAnotherLearningRateBeginsToCountAnew() {
        Trainer trainer = Trainings.trainer(tale, config(60, 1e9, 10), workers);
        Trainings.StopAt stop = new Trainings.StopAt(20);
        trainer.run(stop, stop);
        Checkpoint checkpoint = trainer.checkpoint();
        assertThat(TrainingState.fromJson(checkpoint.training()).rollBacks().count())
                .isEqualTo(1);

        Trainer resumed = Trainings.trainer(tale, config(60, 0.003, 10), workers);
        assertThat(resumed.resume(checkpoint)).isTrue();
        resumed.run(told, Trainings.TO_THE_END);

        assertThat(told.rates).containsOnly(0.003);
        assertThat(TrainingState.fromJson(resumed.checkpoint().training())
                        .rollBacks()
                        .count())
                .isZero();
    }

    @Test
    void aCheckpointThatKnowsOfNoRollBacksIsTakenUp() {
        Trainer trainer = Trainings.trainer(tale, config(60, 0.01, 0), workers);
        Trainings.StopAt stop = new Trainings.StopAt(20);
        trainer.run(stop, stop);
        Checkpoint now = trainer.checkpoint();
        String training = now.training().replaceFirst(",\"roll_backs\":\\{[^}]*}", "");
        assertThat(training).doesNotContain("roll_backs");
        Map<String, Tensor> tensors = new LinkedHashMap<>(now.trainingTensors());
        tensors.keySet().removeIf(name -> name.startsWith("good."));
        Checkpoint older = new Checkpoint(now.config(), now.vocabulary(), training, now.weights(), tensors);

        Trainer resumed = trainer(config(60, 0.01, 0), 30);
        assertThat(resumed.resume(older)).isTrue();
        resumed.run(told, Trainings.TO_THE_END);

        assertThat(told.rollBacks).hasSize(1);
        assertThat(told.rollBacks.get(0).goodStep()).isEqualTo(20);
    }
}
