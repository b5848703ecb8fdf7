package lstm.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import lstm.batch.BatchShape;
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
import lstm.train.Trainer;
import lstm.train.TrainingConfig;
import lstm.train.TrainingData;
import lstm.train.TrainingLength;
import lstm.train.TrainingListener;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What many workers lose against one machine at equal characters, what the time of their rounds goes to, and what follows from it for
 * more of them: {@code make experiments} prints it and draws the last.
 */
public final class Scaling {

    private static final int STREAMS = 32;
    private static final int STEPS = 50;
    private static final int ROUNDS = 3;

    private final Path text;
    private final int hidden;
    private final int epochs;

    /** Models of two layers of so many units, that learn a text so often. */
    private Scaling(Path text, int hidden, int epochs) {
        this.text = text;
        this.hidden = hidden;
        this.epochs = epochs;
    }

    /**
     * What a training came to.
     *
     * @param loss on what was held out
     * @param speed in characters a second, in its second half: before, Java is still compiling
     */
    private record Result(long characters, double loss, double speed) {}

    /**
     * Measures and draws.
     *
     * @param args a text, how many passes over it, the file of the drawing, and then as often as wanted a number of workers and of local
     *     steps, such as 4x50
     */
    public static void main(String[] args) throws IOException {
        Path text = Path.of(args[0]);
        ScalingChart chart = new ScalingChart();
        // The size that the command takes, and a smaller one.
        new Scaling(text, 256, 2).executors(chart);
        new Scaling(text, 128, 4).executors(chart);
        chart.save(Path.of(args[2]));
        System.out.println(chart);
        new Scaling(text, 128, Integer.parseInt(args[1])).compare(List.of(args).subList(3, args.length));
    }

    private void compare(List<String> sharings) {
        Result alone = alone();
        System.out.printf(Locale.ROOT, "one machine: %,d characters, %.4f nats%n", alone.characters, alone.loss);
        for (String sharing : sharings) {
            String[] numbers = sharing.split("x", 2);
            compare(sharing(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])), alone);
        }
    }

    /** At equal characters, within this process. */
    private void compare(Sharing sharing, Result alone) {
        RoundTimes times = new RoundTimes();
        Result result = together("local[2]", sharing, STREAMS, times);
        System.out.printf(
                Locale.ROOT,
                "%d workers, %d local steps: %.4f nats, %+.2f%%%n",
                sharing.workers(),
                sharing.localSteps(),
                result.loss,
                100 * (result.loss / alone.loss - 1));
    }

    /** Executors of their own with a thread each: one, and two with as many streams each, in turn. */
    private void executors(ScalingChart chart) {
        RoundTimes times = new RoundTimes();
        for (int i = 0; i < ROUNDS; i++) {
            double one = together("local-cluster[1,1,1024]", sharing(1, Sharing.LOCAL_STEPS), STREAMS, new RoundTimes())
                    .speed;
            double two = together("local-cluster[2,1,1024]", sharing(2, Sharing.LOCAL_STEPS), 2 * STREAMS, times).speed;
            System.out.printf(
                    Locale.ROOT, "2 x %d: one executor %,.0f char/s, two %,.0f: %.2f%n", hidden, one, two, two / one);
        }
        System.out.println("two: " + times);
        chart.add(hidden, times);
    }

    private static Sharing sharing(int workers, int localSteps) {
        return new Sharing(workers, localSteps, 1, KernelChoice.Request.AUTO);
    }

    private TrainingConfig config(long tokens, int streams) {
        return new TrainingConfig(
                        new BatchShape(streams, STEPS),
                        new TrainingLength(epochs, null, null),
                        new Schedule(Schedule.Shape.COSINE, 0.01, 0.02, 50),
                        5,
                        0.05,
                        0.1,
                        1_000_000_000,
                        1)
                .holdingOutEnough(tokens);
    }

    private Result alone() {
        Corpus corpus = Corpus.read(
                Sources.of(List.of(text.toString()), new ByteArrayInputStream(new byte[0])), Unit.CHARACTER);
        try (Workers workers = workers(2)) {
            TrainingConfig config = config(corpus.tokens().size(), STREAMS);
            return run(new Trainer(model(corpus, workers), TrainingData.of(corpus, config), config), new RoundTimes());
        }
    }

    private Result together(String master, Sharing sharing, int streams, RoundTimes times) {
        SparkConf conf = SparkConnector.fit(new SparkConf())
                .setMaster(master)
                .setAppName("scaling")
                .set("spark.ui.enabled", "false")
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path"));
        try (JavaSparkContext context = new JavaSparkContext(conf);
                Workers workers = workers(2)) {
            SparkCluster cluster = new SparkCluster(context, sharing, note -> {});
            Corpus corpus = cluster.read(List.of(text.toString()), Vocabulary.none(Unit.CHARACTER));
            TrainingConfig config = cluster.fitted(config(corpus.tokens().size(), streams));
            TrainingData data = TrainingData.of(corpus, config);
            LanguageModel model = model(corpus, workers);
            OuterOptimizer.Settings settings = OuterOptimizer.Settings.of(sharing.workers());
            SparkLearner learner = new SparkLearner(context, model, data, config, sharing, settings, times);
            return run(new Trainer(model, data, config, learner), times);
        }
    }

    private static Workers workers(int threads) {
        return new Workers(threads, KernelChoice.of(KernelChoice.Request.AUTO).kernels());
    }

    private LanguageModel model(Corpus corpus, Workers workers) {
        return LanguageModel.initialized(
                new ModelConfig(Cell.LSTM, corpus.vocabulary().size(), hidden, 2, 0, 0), 1, workers);
    }

    private static Result run(Trainer trainer, RoundTimes times) {
        Course course = new Course(times);
        trainer.run(course, () -> false);
        return new Result(course.last().characters(), course.loss, course.speed());
    }

    /** Takes the time from the middle to the last step: behind it there is a validation. */
    private static final class Course implements TrainingListener {

        private final RoundTimes times;
        private final List<Progress> secondHalf = new ArrayList<>();
        private double loss = Double.NaN;

        Course(RoundTimes times) {
            this.times = times;
        }

        Progress last() {
            return secondHalf.get(secondHalf.size() - 1);
        }

        double speed() {
            Progress half = secondHalf.get(0);
            return (last().characters() - half.characters()) / (last().elapsedSeconds() - half.elapsedSeconds());
        }

        @Override
        public void stepped(Trainer trainer, Progress progress) {
            if (progress.share() < 0.5) {
                return;
            }
            if (secondHalf.isEmpty()) {
                times.forget();
            }
            secondHalf.add(progress);
        }

        @Override
        public void validated(Trainer trainer, Progress progress) {
            loss = Objects.requireNonNull(progress.validationLoss());
        }
    }
}
