package lstm.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import lstm.batch.BatchShape;
import lstm.checkpoint.Checkpoint;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.optimize.Schedule;
import lstm.text.Corpus;
import lstm.text.Records;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A training that is interrupted anywhere, also within a step or a validation, and taken up from its file with another number of
 * threads, over and over again: it ends with the bytes of one that was not.
 */
class InterruptedAnywhereTest {

    private static final String[] LISTS = {"\n", ".\n\n"};

    @TempDir
    private Path folder;

    /** All that a training depends on. */
    private record Setting(String text, Records records, ModelConfig model, TrainingConfig training) {

        /** Any that there may be, from a seed. */
        static Setting random(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            Records records = pick(random, Records.values());
            String text = records == Records.NONE ? Trainings.TALE : Trainings.TALE.replace(". ", pick(random, LISTS));
            int layers = random.nextInt(1, 4);
            int hidden = random.nextInt(1, 20);
            ModelConfig model = new ModelConfig(
                    pick(random, Cell.values()),
                    Trainings.corpus(text).vocabulary().size(),
                    hidden,
                    layers,
                    random.nextBoolean() ? 0.3f : 0,
                    random.nextBoolean() ? 0.4f : 0);
            boolean tied = random.nextInt(3) == 0;
            model = model.withEmbedding(tied ? hidden : random.nextInt(2) * 7, tied)
                    .withAttention(random.nextInt(3) == 0 ? random.nextInt(1, 50) : 0);
            return new Setting(text, records, model, training(random));
        }

        private static TrainingConfig training(SplittableRandom random) {
            TrainingLength length = random.nextBoolean()
                    ? new TrainingLength(random.nextInt(1, 4), null, null)
                    : new TrainingLength(null, random.nextLong(1, 60), null);
            return new TrainingConfig(
                    new BatchShape(random.nextInt(1, 6), random.nextInt(1, 20)),
                    length,
                    new Schedule(pick(random, Schedule.Shape.values()), 0.02, random.nextDouble(), random.nextInt(20)),
                    random.nextDouble(0.2, 5),
                    random.nextBoolean() ? 0.2 : 0,
                    random.nextInt(4) == 0 ? 0 : 0.2,
                    random.nextInt(0, 9),
                    random.nextLong());
        }

        private static <T> T pick(SplittableRandom random, T[] values) {
            return values[random.nextInt(values.length)];
        }

        Trainer begun(Workers workers) {
            return trainer(Trainings.corpus(text), training.seed(), workers);
        }

        /** As another process would: everything from the file but the text. */
        Trainer resumed(Path file, Workers workers) {
            Checkpoint checkpoint = Checkpoint.load(file);
            assertThat(checkpoint.config()).isEqualTo(model);
            assertThat(TrainingState.fromJson(checkpoint.training()).config()).isEqualTo(training);
            Trainer trainer = trainer(Trainings.corpus(text, checkpoint.vocabulary()), 999, workers);
            assertThat(trainer.resume(checkpoint)).isTrue();
            return trainer;
        }

        private Trainer trainer(Corpus corpus, long modelSeed, Workers workers) {
            LanguageModel fresh = LanguageModel.initialized(model, modelSeed, workers);
            return new Trainer(fresh, TrainingData.of(corpus, records, training), training);
        }
    }

    /** Stops where it has been asked so often. */
    private static final class StopAtQuestion implements BooleanSupplier {
        private final long last;
        private final AtomicLong asked = new AtomicLong();

        StopAtQuestion(long last) {
            this.last = last;
        }

        @Override
        public boolean getAsBoolean() {
            return asked.incrementAndGet() >= last;
        }
    }

    private byte[] bytes(Path file) throws IOException {
        return Files.readAllBytes(file);
    }

    /** Trains to the end in one go; returns how often it was asked whether to stop. */
    private long train(Setting setting, Path file, int threads) {
        StopAtQuestion never = new StopAtQuestion(Long.MAX_VALUE);
        try (Workers workers = Trainings.workers(threads)) {
            Trainer trainer = setting.begun(workers);
            assertThat(trainer.run(Trainings.NOBODY, never)).isTrue();
            trainer.checkpoint().save(file);
        }
        return never.asked.get();
    }

    static LongStream some() {
        return LongStream.range(0, 12);
    }

    static LongStream many() {
        return LongStream.range(12, 1012);
    }

    @ParameterizedTest(name = "setting {0}")
    @MethodSource("some")
    void endsWithTheSameBytes(long seed) throws IOException {
        Setting setting = Setting.random(seed);
        SplittableRandom random = new SplittableRandom(~seed);
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        long questions = train(setting, whole, random.nextInt(1, 4));

        boolean complete = false;
        for (int run = 0; !complete; run++) {
            // The later ones go on for longer, so that all come to an end.
            StopAtQuestion stop = new StopAtQuestion(random.nextLong(1, questions * (run + 4) / 8 + 2));
            try (Workers workers = Trainings.workers(random.nextInt(1, 4))) {
                Trainer trainer = run == 0 ? setting.begun(workers) : setting.resumed(parts, workers);
                complete = trainer.run(Trainings.NOBODY, stop);
                trainer.checkpoint().save(parts);
            }
        }

        assertThat(bytes(parts)).as("%s", setting).isEqualTo(bytes(whole));
    }

    @Tag("torture")
    @ParameterizedTest(name = "setting {0}")
    @MethodSource("many")
    void endsWithTheSameBytesWhateverItsSettings(long seed) throws IOException {
        endsWithTheSameBytes(seed);
    }

    /** At every question of a step with a validation behind it, of two that follow each other. */
    @ParameterizedTest
    @EnumSource
    void atEveryMomentOfAStepAndOfAValidation(Cell cell) throws IOException {
        Setting some = Setting.random(1);
        int symbols = Trainings.corpus(some.text).vocabulary().size();
        Setting setting = new Setting(
                some.text,
                Records.NONE,
                new ModelConfig(cell, symbols, 6, 2, 0.2f, 0.2f).withAttention(9),
                Trainings.withValidation(Trainings.steps(2).withShape(new BatchShape(2, 3)), 0.02, 1));
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        long questions = train(setting, whole, 1);
        assertThat(questions).isGreaterThan(2L * 2 * 2 * 3);

        // All cells together come to every one of them.
        List<Cell> cells = List.of(Cell.values());
        for (long last = 1L + cells.indexOf(cell); last <= questions; last += cells.size()) {
            try (Workers workers = Trainings.workers(1)) {
                Trainer stopped = setting.begun(workers);
                assertThat(stopped.run(Trainings.NOBODY, new StopAtQuestion(last)))
                        .as("at question %d of %d", last, questions)
                        .isFalse();
                stopped.checkpoint().save(parts);
                Trainer resumed = setting.resumed(parts, workers);
                assertThat(resumed.run(Trainings.NOBODY, Trainings.TO_THE_END)).isTrue();
                resumed.checkpoint().save(parts);
                assertThat(bytes(parts)).as("at question %d", last).isEqualTo(bytes(whole));

                assertThat(stopped.run(Trainings.NOBODY, Trainings.TO_THE_END)).isTrue();
                assertThat(Trainings.bytes(stopped, folder))
                        .as("going on itself")
                        .isEqualTo(bytes(whole));
            }
        }
    }

    /** A validation is told of once, by the process that has made it. */
    @Test
    void aValidationThatWasGivenUpIsMadeBeforeTheNextStep() {
        TrainingConfig config = Trainings.withValidation(Trainings.steps(6), 0.2, 3);
        Path file = folder.resolve("stopped");
        Trainings.Diary before = new Trainings.Diary();
        Trainings.Diary after = new Trainings.Diary();
        try (Workers workers = Trainings.workers(1)) {
            Corpus corpus = Trainings.corpus(Trainings.TALE);
            Trainer trainer = Trainings.trainer(corpus, config, workers);
            // Of the step nothing is said before its validation has begun.
            trainer.run(before, new StopAtQuestion(questionsOfSteps(config, 3, workers) + 2));
            assertThat(before.steps).hasSize(3);
            assertThat(before.validations).isEmpty();
            assertThat(before.ends).hasSize(1);
            trainer.checkpoint().save(file);

            Trainer resumed = Trainings.trainer(corpus, config, workers);
            resumed.resume(Checkpoint.load(file));
            resumed.run(after, Trainings.TO_THE_END);
        }
        assertThat(after.validations).extracting(Progress::step).containsExactly(3L, 6L);
        assertThat(after.steps).extracting(Progress::step).containsExactly(4L, 5L, 6L);
    }

    private static long questionsOfSteps(TrainingConfig config, int steps, Workers workers) {
        StopAtQuestion never = new StopAtQuestion(Long.MAX_VALUE);
        long[] asked = new long[1];
        Trainer trainer = Trainings.trainer(
                Trainings.corpus(Trainings.TALE), Trainings.withValidation(config, 0.2, 1000), workers);
        trainer.run(
                Trainings.afterStep(progress -> asked[0] = progress.step() == steps ? never.asked.get() : asked[0]),
                never);
        return asked[0];
    }

    @Test
    void whatIsCompleteIsNotValidatedAnew() {
        TrainingConfig config = Trainings.withValidation(Trainings.steps(5), 0.2, 3);
        Trainings.Diary diary = new Trainings.Diary();
        try (Workers workers = Trainings.workers(1)) {
            Corpus corpus = Trainings.corpus(Trainings.TALE);
            Trainer trainer = Trainings.trainer(corpus, config, workers);
            trainer.run(Trainings.NOBODY, Trainings.TO_THE_END);
            Trainer resumed = Trainings.trainer(corpus, config, workers);
            resumed.resume(trainer.checkpoint());

            assertThat(resumed.run(diary, Trainings.TO_THE_END)).isTrue();
        }
        assertThat(diary.validations).isEmpty();
        assertThat(diary.ends).hasSize(1);
    }
}
