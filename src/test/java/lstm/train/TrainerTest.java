package lstm.train;

import static lstm.kernel.SameBits.assertSameBits;
import static lstm.train.Trainings.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lstm.batch.BatchShape;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.Tensor;
import lstm.kernel.KernelChoice.Request;
import lstm.kernel.Workers;
import lstm.model.LanguageModel;
import lstm.optimize.Schedule;
import lstm.text.Corpus;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.ojalgo.matrix.store.R032Store;

class TrainerTest {

    private final Workers workers = Trainings.workers(1);
    private final Corpus tale = Trainings.corpus(Trainings.TALE);
    private final Trainings.Diary diary = new Trainings.Diary();

    @AfterEach
    void closeWorkers() {
        workers.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"OJALGO", "VECTOR"})
    void aTextThatRepeatsItselfIsLearnt(Request kernel) {
        TrainingConfig config = Trainings.withValidation(Trainings.steps(800), 0.2, 100);
        Corpus corpus = Trainings.corpus("the cat sat on the mat. ".repeat(40));
        try (Workers team = Trainings.workers(kernel, 2)) {
            Trainings.trainer(corpus, config, team).run(diary, Trainings.TO_THE_END);
        }

        assertThat(diary.trainLosses().get(0)).isGreaterThan(2);
        assertThat(diary.trainLosses().get(799)).isLessThan(0.05);
        assertThat(diary.validationLosses().get(7)).isLessThan(0.05);
    }

    @Test
    void theFirstLossIsThatOfGuessing() {
        Trainings.trainer(tale, Trainings.steps(1), workers).run(diary, Trainings.TO_THE_END);

        assertThat(diary.trainLosses().get(0))
                .isCloseTo(Math.log(tale.vocabulary().size()), Offset.offset(0.1));
    }

    @Test
    void validationLeavesTheTrainingAsItIs() {
        TrainingConfig never = Trainings.withValidation(Trainings.steps(60), 0.2, 1_000_000);
        Trainings.Diary without = new Trainings.Diary();
        Trainer rarely = Trainings.trainer(tale, never, workers);
        rarely.run(without, Trainings.TO_THE_END);
        Trainer often = Trainings.trainer(tale, Trainings.withValidation(never, 0.2, 1), workers);
        often.run(diary, Trainings.TO_THE_END);

        assertThat(without.validations).hasSize(1);
        assertThat(diary.validations).hasSize(60);
        assertThat(diary.trainLosses()).isEqualTo(without.trainLosses());
        assertThat(withoutCurve(often)).isEqualTo(withoutCurve(rarely));
    }

    private static Map<String, Tensor> withoutCurve(Trainer trainer) {
        Map<String, Tensor> tensors = new TreeMap<>(trainer.checkpoint().trainingTensors());
        tensors.keySet().removeIf(name -> name.startsWith("curve"));
        return tensors;
    }

    @Test
    void theBestModelOnValidationIsKeptWhileTheTrainingGoesOn() {
        // What is held out goes on otherwise than what is learnt, so that learning makes it worse.
        Corpus corpus = Trainings.corpus("ab".repeat(300) + "aabb".repeat(40));
        TrainingConfig config = Trainings.withValidation(Trainings.steps(60), 0.2, 5);
        LanguageModel model = Trainings.model(corpus, 1, 0, config, workers);
        Trainer trainer = new Trainer(model, TrainingData.of(corpus, config), config);
        List<Map<String, R032Store>> weights = new ArrayList<>();
        trainer.run(
                new TrainingListener() {
                    @Override
                    public void validated(Trainer unused, Progress progress) {
                        diary.validated(unused, progress);
                        weights.add(model.weights());
                    }
                },
                Trainings.TO_THE_END);

        List<Double> losses = diary.validationLosses();
        double best = Collections.min(losses);
        assertThat(losses.get(11)).isGreaterThan(best + 0.1);
        assertThat(diary.validations.get(11).bestLoss()).isEqualTo(best);
        Checkpoint checkpoint = trainer.checkpoint();
        assertSameWeights(checkpoint.weights(), weights.get(losses.indexOf(best)));
        assertThat(training(checkpoint).get("best_val_loss").getAsDouble()).isEqualTo(best);
        assertThat(new Evaluator(checkpoint.model(workers))
                        .evaluate(TrainingData.of(corpus, config).validation())
                        .nats())
                .isEqualTo(best);
        // The last weights are there as well, to go on from.
        assertThat(named("decoder.weight", checkpoint.trainingTensors()).toStore().data)
                .isEqualTo(named("decoder.weight", model.weights()).data)
                .isNotEqualTo(named("decoder.weight", checkpoint.weights()).data);
    }

    private static void assertSameWeights(Map<String, R032Store> actual, Map<String, R032Store> expected) {
        assertThat(actual.keySet()).containsExactlyElementsOf(expected.keySet());
        expected.forEach((name, store) -> assertSameBits(named(name, actual).data, store.data, name));
    }

    private static JsonObject training(Checkpoint checkpoint) {
        return JsonParser.parseString(checkpoint.training()).getAsJsonObject();
    }

    @Test
    void withoutValidationTheLastModelIsKept() {
        TrainingConfig config = Trainings.steps(12);
        LanguageModel model = Trainings.model(tale, 1, 0, config, workers);
        Trainer trainer = new Trainer(model, TrainingData.of(tale, config), config);
        trainer.run(diary, Trainings.TO_THE_END);

        assertThat(diary.validations).isEmpty();
        assertSameWeights(trainer.checkpoint().weights(), model.weights());
        assertThat(training(trainer.checkpoint()).get("best_val_loss").isJsonNull())
                .isTrue();
    }

    @Test
    void aValidationIsMadeEverySoManyStepsAndAtTheEndButNotTwice() {
        Trainings.trainer(tale, Trainings.withValidation(Trainings.steps(10), 0.2, 4), workers)
                .run(diary, Trainings.TO_THE_END);
        assertThat(diary.validations).extracting(Progress::step).containsExactly(4L, 8L, 10L);

        Trainings.Diary even = new Trainings.Diary();
        Trainings.trainer(tale, Trainings.withValidation(Trainings.steps(8), 0.2, 4), workers)
                .run(even, Trainings.TO_THE_END);
        assertThat(even.validations).extracting(Progress::step).containsExactly(4L, 8L);
    }

    @Test
    void aTrainingThatIsStoppedIsNotValidatedOnceMore() {
        Trainings.StopAt stop = new Trainings.StopAt(6);
        Trainer trainer = Trainings.trainer(tale, Trainings.withValidation(Trainings.steps(10), 0.2, 4), workers);
        trainer.run(
                new TrainingListener() {
                    @Override
                    public void stepped(Trainer unused, Progress progress) {
                        stop.stepped(unused, progress);
                    }

                    @Override
                    public void validated(Trainer unused, Progress progress) {
                        diary.validated(unused, progress);
                    }

                    @Override
                    public void ended(Trainer unused, Progress progress) {
                        diary.ended(unused, progress);
                    }
                },
                stop);

        assertThat(diary.validations).extracting(Progress::step).containsExactly(4L);
        assertThat(diary.ends).extracting(Progress::step).containsExactly(6L);
    }

    /** 1,162 characters in 4 streams of 290 make 28 windows of 10 an epoch. */
    @ParameterizedTest(name = "{0} epochs, {1} steps, {2} seconds: {3} steps")
    @CsvSource({
        "2, , , 56",
        ", 7, , 7",
        ", , 9.5, 10",
        "2, 7, , 7",
        "2, 100, , 56",
        "1, 100, 9.5, 10",
        "1, 5, 9.5, 5",
        "1, 100, 1000, 28"
    })
    void theFirstEndThatIsReachedEndsTheTraining(
            @Nullable Integer epochs, @Nullable Long steps, @Nullable Double seconds, int expected) {
        TrainingConfig config = Trainings.withLength(Trainings.steps(1), new TrainingLength(epochs, steps, seconds));
        Clock clock = new Clock();

        boolean complete = timed(config, clock).run(both(clock, diary), Trainings.TO_THE_END);

        assertThat(complete).isTrue();
        assertThat(diary.steps).hasSize(expected);
        assertThat(diary.ends).singleElement().satisfies(end -> {
            assertThat(end.share()).isEqualTo(1);
            assertThat(end.secondsLeft()).isEqualTo(0);
        });
    }

    /** Goes on by a second at every step, and by nothing else. */
    private static final class Clock implements TrainingListener {
        private long nanos = 123_456_789;

        long nanos() {
            return nanos;
        }

        @Override
        public void stepped(Trainer trainer, Progress progress) {
            nanos += 1_000_000_000;
        }
    }

    private static TrainingListener both(TrainingListener first, TrainingListener second) {
        return new TrainingListener() {
            @Override
            public void stepped(Trainer trainer, Progress progress) {
                first.stepped(trainer, progress);
                second.stepped(trainer, progress);
            }

            @Override
            public void ended(Trainer trainer, Progress progress) {
                second.ended(trainer, progress);
            }
        };
    }

    private Trainer timed(TrainingConfig config, Clock clock) {
        LanguageModel model = Trainings.model(tale, 1, 0, config, workers);
        return new Trainer(model, TrainingData.of(tale, config), config, clock::nanos);
    }

    @Test
    void aResumedTrainingHasTheTimeThatWasLeft() {
        TrainingConfig config = Trainings.withLength(Trainings.steps(1), new TrainingLength(null, null, 10.0));
        Clock clock = new Clock();
        Trainer first = timed(config, clock);
        Trainings.StopAt stop = new Trainings.StopAt(4);
        first.run(both(clock, stop), stop);
        assertThat(training(first.checkpoint()).get("seconds").getAsDouble()).isEqualTo(4);

        Clock later = new Clock();
        Trainer second = timed(config, later);
        second.resume(first.checkpoint());
        second.run(both(later, diary), Trainings.TO_THE_END);

        assertThat(diary.steps).extracting(Progress::step).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void noClockReachesTheCheckpointOfATrainingThatIsNotTimed() {
        TrainingConfig config = Trainings.steps(3);
        Clock clock = new Clock();
        Trainer trainer = timed(config, clock);
        trainer.run(clock, Trainings.TO_THE_END);

        assertThat(training(trainer.checkpoint()).has("seconds")).isFalse();
    }

    @Test
    void theProgressTellsShareSpeedAndTimeLeft() {
        Clock clock = new Clock();
        timed(Trainings.steps(56), clock).run(both(diary, clock), Trainings.TO_THE_END);

        // The diary writes before the clock goes on.
        Progress fifteenth = diary.steps.get(14);
        assertThat(fifteenth.step()).isEqualTo(15);
        assertThat(fifteenth.characters()).isEqualTo(15 * 40);
        assertThat(fifteenth.epoch()).isCloseTo(15 / 28.0, Offset.offset(1e-12));
        assertThat(fifteenth.elapsedSeconds()).isEqualTo(14);
        assertThat(fifteenth.charactersPerSecond()).isCloseTo(15 * 40 / 14.0, Offset.offset(1e-9));
        assertThat(fifteenth.share()).isCloseTo(15 / 56.0, Offset.offset(1e-12));
        assertThat(fifteenth.secondsLeft()).isCloseTo(14 * 41 / 15.0, Offset.offset(1e-9));
        assertThat(fifteenth.learningRate()).isEqualTo(0.01);
        assertThat(fifteenth.gradientNorm()).isPositive();
        assertThat(fifteenth.validationLoss()).isNull();
        assertThat(fifteenth.bestLoss()).isNull();
    }

    @Test
    void aModelOfAnotherVocabularyIsRefused() {
        TrainingConfig config = Trainings.steps(1);
        LanguageModel model = Trainings.model(Trainings.corpus("abc"), 1, 0, config, workers);

        assertThatThrownBy(() -> new Trainer(model, TrainingData.of(tale, config), config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 symbols");
    }

    @Test
    void theStateIsCarriedFromWindowToWindow() {
        // The same window again: only what the model remembers differs, while its weights stand still.
        Corpus corpus = Trainings.corpus("abcdefghij".repeat(20) + "a");
        TrainingConfig config = new TrainingConfig(
                new BatchShape(1, 10),
                new TrainingLength(2, null, null),
                new Schedule(Schedule.Shape.CONSTANT, 1e-30, 1, 0),
                5,
                0,
                0,
                1);
        Trainings.trainer(corpus, config, workers).run(diary, Trainings.TO_THE_END);

        List<Double> losses = diary.trainLosses();
        assertThat(losses).hasSize(40);
        assertThat(losses.get(1)).isNotEqualTo(losses.get(0));
        // And forgotten where the streams start again.
        assertThat(losses.subList(20, 40)).isEqualTo(losses.subList(0, 20));
    }
}
