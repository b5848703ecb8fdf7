package lstm.cluster;

import java.io.ByteArrayInputStream;
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

/** What many workers lose against one machine at equal characters, and what their time goes to. */
final class Scaling {

    private final Path text;
    private final int hidden;
    private final int epochs;
    private final int batch;

    private Scaling(Path text, int hidden, int batch, int epochs) {
        this.text = text;
        this.hidden = hidden;
        this.batch = batch;
        this.epochs = epochs;
    }

    /** A text, units, streams, epochs, a master, and then WORKERS,LOCAL_STEPS,RATE,MOMENTUM as often as wanted; 0 workers is one machine. */
    public static void main(String[] args) {
        Scaling scaling = new Scaling(
                Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        for (int i = 5; i < args.length; i++) {
            String[] numbers = args[i].split(",");
            System.out.println(args[i] + " "
                    + (numbers[0].equals("0")
                            ? scaling.alone()
                            : scaling.together(
                                    args[4],
                                    new Sharing(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), 1),
                                    new OuterOptimizer.Settings(
                                            Float.parseFloat(numbers[2]), Float.parseFloat(numbers[3])))));
        }
    }

    private TrainingConfig config(long tokens) {
        return new TrainingConfig(
                        new BatchShape(batch, 50),
                        new TrainingLength(epochs, null, null),
                        new Schedule(Schedule.Shape.COSINE, 0.01, 0.02, 50),
                        5,
                        0.05,
                        0.1,
                        1_000_000_000,
                        1)
                .holdingOutEnough(tokens);
    }

    private String alone() {
        Corpus corpus = Corpus.read(
                Sources.of(List.of(text.toString()), new ByteArrayInputStream(new byte[0])), Unit.CHARACTER);
        try (Workers workers =
                new Workers(1, KernelChoice.of(KernelChoice.Request.AUTO).kernels())) {
            TrainingConfig config = config(corpus.tokens().size());
            TrainingData data = TrainingData.of(corpus, config);
            return run(new Trainer(model(corpus, workers), data, config));
        }
    }

    private String together(String master, Sharing sharing, OuterOptimizer.Settings settings) {
        SparkConf conf = new SparkConf()
                .setMaster(master)
                .setAppName("scaling")
                .set("spark.ui.enabled", "false")
                .set("spark.executor.extraJavaOptions", SparkConnector.EXECUTORS_JAVA_OPTIONS);
        RoundTimes times = new RoundTimes();
        try (JavaSparkContext context = new JavaSparkContext(conf);
                Workers workers = new Workers(
                        1, KernelChoice.of(KernelChoice.Request.AUTO).kernels())) {
            SparkCluster cluster = new SparkCluster(context, sharing, note -> {});
            Corpus corpus = cluster.read(List.of(text.toString()), Vocabulary.none(Unit.CHARACTER));
            TrainingConfig config = cluster.fitted(config(corpus.tokens().size()));
            TrainingData data = TrainingData.of(corpus, config);
            LanguageModel model = model(corpus, workers);
            return run(new Trainer(
                            model,
                            data,
                            config,
                            new SparkLearner(context, model, data, config, sharing, settings, times)))
                    + ", " + times;
        }
    }

    private LanguageModel model(Corpus corpus, Workers workers) {
        return LanguageModel.initialized(
                new ModelConfig(Cell.LSTM, corpus.vocabulary().size(), hidden, 2, 0, 0), 1, workers);
    }

    private static String run(Trainer trainer) {
        String[] result = new String[1];
        trainer.run(
                new TrainingListener() {
                    @Override
                    public void ended(Trainer ended, Progress progress) {
                        result[0] = String.format(
                                Locale.ROOT,
                                "%,d characters, validation %.4f, %,.0f char/s",
                                progress.characters(),
                                progress.validationLoss(),
                                progress.charactersPerSecond());
                    }
                },
                () -> false);
        return result[0];
    }
}
