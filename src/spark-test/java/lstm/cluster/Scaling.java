package lstm.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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

    private static final int HIDDEN = 128;
    private static final int STREAMS = 32;
    private static final int STEPS = 50;

    private final Path text;
    private final int epochs;

    private Scaling(Path text, int epochs) {
        this.text = text;
        this.epochs = epochs;
    }

    /**
     * What a training came to.
     *
     * @param loss on what was held out
     * @param speed in characters a second
     */
    private record Result(long characters, double loss, double speed) {}

    /**
     * Measures and draws.
     *
     * @param args a text, how many passes over it, the file of the drawing, and then as often as wanted a number of workers and of local
     *     steps, such as 4x50
     */
    public static void main(String[] args) throws IOException {
        Scaling scaling = new Scaling(Path.of(args[0]), Integer.parseInt(args[1]));
        Result alone = scaling.alone();
        System.out.printf(Locale.ROOT, "one machine: %,d characters, %.4f nats%n", alone.characters, alone.loss);
        for (String sharing : List.of(args).subList(3, args.length)) {
            String[] numbers = sharing.split("x");
            scaling.compare(new Sharing(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), 1), alone);
        }
        scaling.executors(Path.of(args[2]));
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
    private void executors(Path drawing) throws IOException {
        double[] ratios = new double[3];
        RoundTimes times = new RoundTimes();
        for (int i = 0; i < ratios.length; i++) {
            double one = together("local-cluster[1,1,1024]", new Sharing(1, 50, 1), STREAMS, new RoundTimes()).speed;
            double two = together("local-cluster[2,1,1024]", new Sharing(2, 50, 1), 2 * STREAMS, times).speed;
            ratios[i] = two / one;
            System.out.printf(Locale.ROOT, "one executor %,.0f char/s, two %,.0f: %.2f%n", one, two, ratios[i]);
        }
        System.out.println("two: " + times);
        ScalingChart chart = new ScalingChart(times.exchanging());
        chart.add("2 x 128", HIDDEN, times.computing() / 50);
        // A step of 64 streams of 100 characters takes 40 times the arithmetic.
        chart.add("2 x 512", 4 * HIDDEN, times.computing() / 50 * 40);
        chart.save(drawing);
        System.out.println(chart);
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
            return run(new Trainer(model(corpus, workers), TrainingData.of(corpus, config), config));
        }
    }

    private Result together(String master, Sharing sharing, int streams, RoundTimes times) {
        SparkConf conf = new SparkConf()
                .setMaster(master)
                .setAppName("scaling")
                .set("spark.ui.enabled", "false")
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .set("spark.executor.extraJavaOptions", SparkConnector.EXECUTORS_JAVA_OPTIONS);
        try (JavaSparkContext context = new JavaSparkContext(conf);
                Workers workers = workers(2)) {
            SparkCluster cluster = new SparkCluster(context, sharing, note -> {});
            Corpus corpus = cluster.read(List.of(text.toString()), Vocabulary.none(Unit.CHARACTER));
            TrainingConfig config = cluster.fitted(config(corpus.tokens().size(), streams));
            TrainingData data = TrainingData.of(corpus, config);
            LanguageModel model = model(corpus, workers);
            OuterOptimizer.Settings settings = OuterOptimizer.Settings.DEFAULT;
            return run(new Trainer(
                    model, data, config, new SparkLearner(context, model, data, config, sharing, settings, times)));
        }
    }

    private static Workers workers(int threads) {
        return new Workers(threads, KernelChoice.of(KernelChoice.Request.AUTO).kernels());
    }

    private static LanguageModel model(Corpus corpus, Workers workers) {
        return LanguageModel.initialized(
                new ModelConfig(Cell.LSTM, corpus.vocabulary().size(), HIDDEN, 2, 0, 0), 1, workers);
    }

    private static Result run(Trainer trainer) {
        Progress[] last = new Progress[1];
        trainer.run(
                new TrainingListener() {
                    @Override
                    public void ended(Trainer ended, Progress progress) {
                        last[0] = progress;
                    }
                },
                () -> false);
        Double loss = last[0].validationLoss();
        return new Result(last[0].characters(), loss == null ? Double.NaN : loss, last[0].charactersPerSecond());
    }
}
