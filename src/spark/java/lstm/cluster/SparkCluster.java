package lstm.cluster;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import lstm.batch.BatchShape;
import lstm.checkpoint.Checkpoint;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.text.Corpus;
import lstm.text.Sources;
import lstm.text.TextException;
import lstm.text.Unit;
import lstm.text.Vocabulary;
import lstm.train.Cluster;
import lstm.train.Learner;
import lstm.train.TrainingConfig;
import lstm.train.TrainingData;
import lstm.train.TrainingException;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/** A Spark application. */
final class SparkCluster implements Cluster {

    /** Among the hooks that Hadoop runs one by one at the end of a process. */
    private static final int BEFORE_SPARK = 1000;

    /** The most that a checkpoint holds beside the weights and what the workers carry. */
    private static final int TENSORS_OF_TRAINING = 64;

    private final JavaSparkContext context;
    private final Sharing sharing;
    private final Consumer<String> notes;
    private final RoundTimes times = new RoundTimes();
    private final CountDownLatch closed = new CountDownLatch(1);

    SparkCluster(JavaSparkContext context, Sharing sharing, Consumer<String> notes) {
        this.context = context;
        this.sharing = sharing;
        this.notes = notes;
    }

    /** Keeps Spark, which ends as soon as the process is asked to: what the workers carry is then still to be fetched and saved. */
    SparkCluster outlastingInterruptions() {
        ShutdownHookManager.get().addShutdownHook(this::awaitClosed, BEFORE_SPARK, 1, TimeUnit.DAYS);
        return this;
    }

    private void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Corpus read(List<String> texts, Vocabulary known) {
        Unit unit = known.unit();
        SerializableConfiguration configuration = new SerializableConfiguration(context.hadoopConfiguration());
        List<TextPart> parts = HadoopTexts.parts(texts, configuration.value(), unit, notes);
        List<PartSummary> summaries = SparkFailures.telling(() -> context.parallelize(parts, Math.max(1, parts.size()))
                .map(part -> PartSummary.of(part, configuration.value(), unit))
                .collect());
        BitSet symbols = new BitSet();
        long[] tokensBefore = new long[parts.size() + 1];
        MessageDigest digest = sha256();
        for (int i = 0; i < parts.size(); i++) {
            PartSummary summary = summaries.get(i);
            if (summary.fault() != null) {
                throw new TextException(summary.fault());
            }
            for (int symbol : summary.symbols()) {
                symbols.set(symbol);
            }
            tokensBefore[i + 1] = tokensBefore[i] + summary.count();
            digest.update(summary.digest());
        }
        if (tokensBefore[parts.size()] == 0) {
            throw new TextException("nothing to read in " + String.join(", ", texts) + ": the text is empty");
        }
        Vocabulary vocabulary = known.extendedBy(symbols.stream().toArray());
        String name = texts.stream().map(Sources::name).collect(Collectors.joining(", "));
        return new Corpus(
                vocabulary,
                new ClusterTokens(
                        parts,
                        tokensBefore,
                        vocabulary,
                        configuration,
                        HexFormat.of().formatHex(digest.digest())),
                name);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    @Override
    public TrainingConfig fitted(TrainingConfig config) {
        BatchShape shape = config.shape();
        int streams = (shape.streams() + sharing.workers() - 1) / sharing.workers();
        return config.withShape(new BatchShape(streams * sharing.workers(), shape.steps()));
    }

    @Override
    public Learner learner(LanguageModel model, TrainingData data, TrainingConfig config) {
        requireSavable(model.config());
        return new SparkLearner(
                context, model, data, config, sharing, OuterOptimizer.Settings.of(sharing.workers()), times);
    }

    /** Refuses so many workers that no checkpoint would take what they carry. */
    private void requireSavable(ModelConfig config) {
        // Two moments of each weight, at most two states of each layer, a memory, a place in the text and one among
        // random numbers.
        int ofWorker = 2 * config.tensorShapes().size() + 2 * config.layers() + 3;
        int most = (Checkpoint.MOST_TENSORS - config.tensorShapes().size() - TENSORS_OF_TRAINING) / ofWorker;
        if (sharing.workers() > most) {
            throw new TrainingException("a checkpoint of this model has room for what " + most + " workers carry, not "
                    + sharing.workers() + "; take fewer --workers");
        }
    }

    @Override
    public void close() {
        if (times.rounds() > 0) {
            notes.accept(times.toString());
        }
        closed.countDown();
        context.close();
    }
}
