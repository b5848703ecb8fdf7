package lstm.train;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import lstm.batch.BatchShape;
import lstm.checkpoint.Checkpoint;
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

/** Small texts, settings and listeners for trainings in tests. */
final class Trainings {

    /** The beginning of corpora/tales.txt. */
    static final String TALE = """
            Ephraim Tolley of Calder Cross would mend a clock for money, and if you
            had no money he would mend it for time. A mainspring cost an hour. A new
            pendulum was twenty minutes, and a cracked dial a whole morning, because
            he hated painting numerals. You shook hands on it across his bench and
            told him which hour he was to have, and when that hour came round you
            sat down at the front of it and got up at the back with nothing in the
            middle. It did not hurt. People who had paid said it was like missing a
            stair.

            Naturally nobody gave him a good one. Tobias Fenn settled for the mill
            clock with three hours out of his sister-in-law's Easter visit, and said
            he would have thrown in the Tuesday. Parson Ewer looked down one Sunday
            on nine parishioners with no expression at all, and took it for
            attention until he asked one of them a question. But the greater part of
            what Tolley was paid was spent on my bench at the landing, waiting for
            the boat. I would bring her in on a market morning and find four of them
            sitting in a row with their hands on their knees and their faces shut,
            and I had to tie up and wait for them to come back before I could ask
            for the fare.
            """;

    /** Never stops a training. */
    static final BooleanSupplier TO_THE_END = () -> false;

    static final TrainingListener NOBODY = new TrainingListener() {};

    private Trainings() {}

    static Workers workers(KernelChoice.Request kernel, int threads) {
        return new Workers(threads, KernelChoice.of(kernel).kernels());
    }

    static Workers workers(int threads) {
        return workers(KernelChoice.Request.AUTO, threads);
    }

    static Corpus corpus(String text) {
        return Corpus.read(sources(text), Unit.CHARACTER);
    }

    /** The text in the tokens of a model that knows some of its characters. */
    static Corpus corpus(String text, Vocabulary known) {
        return Corpus.read(sources(text), known);
    }

    private static Sources sources(String text) {
        return Sources.of(
                List.of(Sources.STANDARD_INPUT), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** 4 streams of 10 steps, a constant learning rate of 0.01, clip 5, seed 1, no validation, this many steps. */
    static TrainingConfig steps(long steps) {
        return new TrainingConfig(
                new BatchShape(4, 10),
                new TrainingLength(null, steps, null),
                new Schedule(Schedule.Shape.CONSTANT, 0.01, 1, 0),
                5,
                0,
                0,
                1);
    }

    static TrainingConfig withValidation(TrainingConfig config, double share, int every) {
        return new TrainingConfig(
                config.shape(), config.length(), config.schedule(), config.clip(), share, every, config.seed());
    }

    static TrainingConfig withLength(TrainingConfig config, TrainingLength length) {
        return new TrainingConfig(
                config.shape(),
                length,
                config.schedule(),
                config.clip(),
                config.validation(),
                config.validateEvery(),
                config.seed());
    }

    static TrainingConfig withSchedule(TrainingConfig config, Schedule schedule) {
        return new TrainingConfig(
                config.shape(),
                config.length(),
                schedule,
                config.clip(),
                config.validation(),
                config.validateEvery(),
                config.seed());
    }

    static TrainingConfig withSeed(TrainingConfig config, long seed) {
        return new TrainingConfig(
                config.shape(),
                config.length(),
                config.schedule(),
                config.clip(),
                config.validation(),
                config.validateEvery(),
                seed);
    }

    /** A new model of 12 units a layer for a text, from the configuration's seed. */
    static LanguageModel model(Corpus corpus, int layers, float dropout, TrainingConfig config, Workers workers) {
        ModelConfig shape = new ModelConfig(Cell.LSTM, corpus.vocabulary().size(), 12, layers, dropout, dropout);
        return LanguageModel.initialized(shape, config.seed(), workers);
    }

    /** A trainer of a new model of one layer without dropout. */
    static Trainer trainer(Corpus corpus, TrainingConfig config, Workers workers) {
        return new Trainer(model(corpus, 1, 0, config, workers), TrainingData.of(corpus, config), config);
    }

    /** The element of a name, which is there. */
    static <T> T named(String name, Map<String, T> elements) {
        return requireNonNull(elements.get(name), name);
    }

    /** What the trainer's checkpoint would be as a file. */
    static byte[] bytes(Trainer trainer, Path folder) {
        return bytes(trainer.checkpoint(), folder);
    }

    static byte[] bytes(Checkpoint checkpoint, Path folder) {
        Path file = folder.resolve("bytes.safetensors");
        checkpoint.save(file);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops a training behind a step. */
    static final class StopAt implements TrainingListener, BooleanSupplier {
        private final long last;
        private long step;

        StopAt(long last) {
            this.last = last;
        }

        @Override
        public void stepped(Trainer trainer, Progress progress) {
            step = progress.step();
        }

        @Override
        public boolean getAsBoolean() {
            return step >= last;
        }
    }

    /** Keeps what it hears. */
    static final class Diary implements TrainingListener {
        final List<Progress> steps = new ArrayList<>();
        final List<Progress> validations = new ArrayList<>();
        final List<Progress> ends = new ArrayList<>();

        @Override
        public void stepped(Trainer trainer, Progress progress) {
            steps.add(progress);
        }

        @Override
        public void validated(Trainer trainer, Progress progress) {
            validations.add(progress);
        }

        @Override
        public void ended(Trainer trainer, Progress progress) {
            ends.add(progress);
        }

        List<Double> trainLosses() {
            return steps.stream().map(Progress::trainLoss).toList();
        }

        List<Double> validationLosses() {
            return validations.stream().map(Progress::validationLoss).toList();
        }
    }

    /** Does something after every step. */
    static TrainingListener afterStep(Consumer<Progress> action) {
        return new TrainingListener() {
            @Override
            public void stepped(Trainer trainer, Progress progress) {
                action.accept(progress);
            }
        };
    }
}
