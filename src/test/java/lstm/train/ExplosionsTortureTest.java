package lstm.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lstm.batch.BatchShape;
import lstm.checkpoint.Checkpoint;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.optimize.Schedule;
import lstm.text.Corpus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Many trainings: those that go as they should are left alone, and those that explode end well, at any interruption. */
@Tag("torture")
class ExplosionsTortureTest {

    private static final int STEPS = 1500;

    @TempDir
    private Path folder;

    /** Texts that change in the middle, in the worst of ways, and texts of which nothing can be learnt. */
    private static List<String> texts() {
        Random random = new Random(3);
        String tale = Trainings.TALE.repeat(30);
        return List.of(
                tale,
                "a".repeat(60_000) + symbols(random, 33, 94, 30_000),
                tale + symbols(random, 0x430, 32, 20_000),
                tale + symbols(random, 0x4e00, 3000, 20_000) + tale,
                symbols(random, 'a', 2, 60_000),
                symbols(random, 0x4e00, 6000, 60_000),
                "x".repeat(30_000) + "\n" + tale + "-".repeat(20_000) + symbols(random, 0x4e00, 300, 3000) + tale);
    }

    private static String symbols(Random random, int first, int count, int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> Character.toString(first + random.nextInt(count)))
                .collect(Collectors.joining());
    }

    static Stream<Arguments> ordinary() {
        List<Arguments> all = new ArrayList<>();
        for (int text = 0; text < texts().size(); text++) {
            for (Cell cell : Cell.values()) {
                for (int streams : new int[] {1, 2, 8}) {
                    for (Schedule.Shape shape : new Schedule.Shape[] {Schedule.Shape.COSINE, Schedule.Shape.CONSTANT}) {
                        all.add(Arguments.of(text, cell, streams, shape));
                    }
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "text {0}, {1}, {2} streams, {3}")
    @MethodSource("ordinary")
    void anOrdinaryTrainingNeverGoesBack(int text, Cell cell, int streams, Schedule.Shape shape) {
        Corpus corpus = Trainings.corpus(texts().get(text));
        TrainingConfig config = new TrainingConfig(
                new BatchShape(streams, 25),
                new TrainingLength(null, (long) STEPS, null),
                new Schedule(shape, Recipe.learningRate(cell, 24), 0.02, 50),
                5,
                0.05,
                0.1,
                0,
                text + 1);
        try (Workers workers = Trainings.workers(2)) {
            Trainer trainer = trainer(corpus, cell, config, workers);
            trainer.run(Trainings.NOBODY, Trainings.TO_THE_END);

            assertThat(TrainingState.fromJson(trainer.checkpoint().training()).rollBacks())
                    .extracting(RollBacks::count)
                    .isEqualTo(0);
        }
    }

    private static Trainer trainer(Corpus corpus, Cell cell, TrainingConfig config, Workers workers) {
        ModelConfig shape = new ModelConfig(cell, corpus.vocabulary().size(), 24, 2, 0.1f, 0.2f);
        LanguageModel model = LanguageModel.initialized(shape, config.seed(), workers);
        return new Trainer(model, TrainingData.of(corpus, config), config);
    }

    static Stream<Arguments> steep() {
        List<Arguments> all = new ArrayList<>();
        for (Cell cell : Cell.values()) {
            for (double rate : new double[] {0.3, 1, 3, 10, 30, 100, 1e4, 1e10, 1e300}) {
                for (int every : new int[] {0, 7, 100}) {
                    all.add(Arguments.of(cell, rate, every));
                }
            }
        }
        return all.stream();
    }

    /** Also where it is interrupted at three random steps and goes on with other numbers of threads. */
    @ParameterizedTest(name = "{0}, learning rate {1}, a validation every {2} steps")
    @MethodSource("steep")
    void aSteepOneEndsWithTheBytesOfOneThatWasNeverInterrupted(Cell cell, double rate, int every) {
        Corpus corpus = Trainings.corpus(Trainings.TALE.repeat(3));
        TrainingConfig config = new TrainingConfig(
                new BatchShape(4, 20),
                new TrainingLength(null, 300L, null),
                new Schedule(Schedule.Shape.COSINE, rate, 0.02, 30),
                5,
                0.05,
                every == 0 ? 0 : 0.1,
                every,
                1);
        byte[] expected;
        try (Workers workers = Trainings.workers(1)) {
            Trainer trainer = trainer(corpus, cell, config, workers);
            trainer.run(Trainings.NOBODY, Trainings.TO_THE_END);
            expected = Trainings.bytes(trainer, folder);
        }
        Random random = new Random(Double.hashCode(rate) + every);
        long[] stops = random.longs(3, 1, 300).sorted().toArray();
        Path file = folder.resolve("stopped.safetensors");
        for (int i = 0; i <= stops.length; i++) {
            try (Workers workers = Trainings.workers(1 + random.nextInt(3))) {
                Trainer trainer = trainer(corpus, cell, config, workers);
                assertThat(i == 0 || trainer.resume(Checkpoint.load(file))).isTrue();
                Trainings.StopAt stop = new Trainings.StopAt(i < stops.length ? stops[i] : Long.MAX_VALUE);
                trainer.run(stop, stop);
                trainer.checkpoint().save(file);
            }
        }
        assertThat(Trainings.bytes(Checkpoint.load(file), folder)).isEqualTo(expected);
    }
}
