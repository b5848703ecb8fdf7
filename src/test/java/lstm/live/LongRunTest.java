package lstm.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import lstm.batch.BatchShape;
import lstm.generate.Sampler;
import lstm.generate.SamplingSettings;
import lstm.generate.TextGenerator;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.metrics.MetricsWriter;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.optimize.Schedule;
import lstm.tensorboard.EventWriter;
import lstm.text.Corpus;
import lstm.text.Records;
import lstm.text.Sources;
import lstm.text.Unit;
import lstm.train.CheckpointSaver;
import lstm.train.Progress;
import lstm.train.Trainer;
import lstm.train.TrainingConfig;
import lstm.train.TrainingData;
import lstm.train.TrainingLength;
import lstm.train.TrainingListener;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training with all that looks on: after a while neither memory nor files nor threads become more. */
class LongRunTest {

    /** As many as the tales' default training of 57 steps a second takes in 8 hours. */
    private static final long EIGHT_HOURS = 1_650_000;

    private static final int MARKS = 10;
    /** From then on the curves, which keep some thousand points, are full. */
    private static final int FIRST_MARK = 3;
    /** What the JVM itself keeps now more, now less of. */
    private static final long HEAP_SLACK = 3 << 20;
    /** For the JVM's threads, and libraries that it opens later on. */
    private static final int SLACK = 8;

    @TempDir
    private Path folder;

    /**
     * What is in use.
     *
     * @param heap bytes that are left after a collection
     * @param files that are open
     * @param threads that live
     */
    private record Use(long step, long heap, long files, long threads) {

        static Use now(long step) {
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            return new Use(
                    step,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    openFiles(),
                    ManagementFactory.getThreadMXBean().getThreadCount());
        }

        private static long openFiles() {
            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                return open.count();
            } catch (IOException e) {
                return 0; // only Linux tells it so
            }
        }
    }

    @Test
    void nothingGrows() throws IOException {
        requireNoGrowth(40_000, Records.NONE);
    }

    @Tag("torture")
    @Test
    void nothingGrowsInEightHours() throws IOException {
        requireNoGrowth(EIGHT_HOURS, Records.NONE);
    }

    @Tag("torture")
    @Test
    void nothingGrowsInEightHoursOfAList() throws IOException {
        requireNoGrowth(EIGHT_HOURS, Records.LINE);
    }

    private void requireNoGrowth(long steps, Records records) throws IOException {
        List<Use> uses = new ArrayList<>();
        train(steps, records, uses);

        System.out.println(uses + ", metrics of " + Files.size(folder.resolve("m")) / 1024 + " KB");
        Use first = uses.get(FIRST_MARK);
        assertThat(uses).hasSizeGreaterThanOrEqualTo(MARKS);
        assertThat(uses.subList(FIRST_MARK, uses.size())).allSatisfy(use -> {
            assertThat(use.heap).isLessThan(first.heap + HEAP_SLACK);
            assertThat(use.files).isLessThan(first.files + SLACK);
            assertThat(use.threads).isLessThan(first.threads + SLACK);
        });
    }

    private void train(long steps, Records records, List<Use> uses) throws IOException {
        String text = "the quick brown fox\njumps over\nthe lazy dog\n".repeat(20);
        Corpus corpus = Corpus.read(
                Sources.of(List.of("-"), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))),
                Unit.CHARACTER);
        TrainingConfig config = new TrainingConfig(
                new BatchShape(1, 2),
                new TrainingLength(null, steps, null),
                new Schedule(Schedule.Shape.COSINE, 0.01, 0.1, 10),
                1,
                0.1,
                Math.toIntExact(steps / 40),
                1);
        ModelConfig shape = new ModelConfig(Cell.LSTM, corpus.vocabulary().size(), 3, 1, 0.1f, 0.1f);
        LineDisciplineTerminal terminal = new LineDisciplineTerminal(
                "test", "xterm-256color", OutputStream.nullOutputStream(), StandardCharsets.UTF_8);
        terminal.setSize(Size.of(80, 40));
        try (Workers workers =
                new Workers(1, KernelChoice.of(KernelChoice.Request.AUTO).kernels())) {
            LanguageModel model = LanguageModel.initialized(shape, 1, workers);
            Trainer trainer = new Trainer(model, TrainingData.of(corpus, records, config), config);
            Sample sample = new Sample(model, corpus);
            try (MetricsWriter metrics = new MetricsWriter(folder.resolve("m"), false);
                    EventWriter events = new EventWriter(folder, false, sample::at);
                    LiveView view = new LiveView(terminal, new Look(Glyphs.UNICODE, true), sample::at, () -> true)) {
                TrainingListener all = listener(metrics, events, new CheckpointSaver(folder.resolve("c")), view);
                trainer.run(new Marks(all, steps / MARKS, uses), () -> false);
            }
        }
    }

    /** Writes with the model, as the command does. */
    private static final class Sample {
        private final TextGenerator generator;
        private final Corpus corpus;

        Sample(LanguageModel model, Corpus corpus) {
            generator = new TextGenerator(model);
            this.corpus = corpus;
        }

        String at(long step) {
            generator.begin(corpus.vocabulary());
            Sampler sampler = SamplingSettings.DEFAULT.sampler();
            SplittableRandom random = new SplittableRandom(step);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 40; i++) {
                text.append(corpus.vocabulary().symbols().get(generator.next(sampler, random)));
            }
            return text.toString();
        }
    }

    /** Takes down what is in use, now and then. */
    private record Marks(TrainingListener others, long distance, List<Use> uses) implements TrainingListener {
        @Override
        public void stepped(Trainer trainer, Progress progress) {
            others.stepped(trainer, progress);
            if (progress.step() % distance == 0) {
                uses.add(Use.now(progress.step()));
            }
        }

        @Override
        public void validated(Trainer trainer, Progress progress) {
            others.validated(trainer, progress);
        }

        @Override
        public void ended(Trainer trainer, Progress progress) {
            others.ended(trainer, progress);
        }
    }

    private static TrainingListener listener(TrainingListener... all) {
        return new TrainingListener() {
            @Override
            public void stepped(Trainer trainer, Progress progress) {
                Stream.of(all).forEach(one -> one.stepped(trainer, progress));
            }

            @Override
            public void validated(Trainer trainer, Progress progress) {
                Stream.of(all).forEach(one -> one.validated(trainer, progress));
            }

            @Override
            public void ended(Trainer trainer, Progress progress) {
                Stream.of(all).forEach(one -> one.ended(trainer, progress));
            }
        };
    }
}
