package lstm.cluster;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import lstm.batch.BatchShape;
import lstm.batch.Cursor;
import lstm.batch.Windows;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.Tensor;
import lstm.model.LanguageModel;
import lstm.train.Cluster.Shared;
import lstm.train.Cluster.Sharing;
import lstm.train.Learner;
import lstm.train.RollBacks;
import lstm.train.TrainingConfig;
import lstm.train.TrainingData;
import lstm.train.TrainingException;
import lstm.train.TrainingLength;
import lstm.train.TrainingState;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Rounds of local steps: every worker takes some from the weights that all have in common, in its own share of the text with its own
 * streams and moments, and an {@link OuterOptimizer} makes the next weights of what they come to.
 *
 * <p>A round is one job. What the workers carry stays where they are, as a dataset that each round makes of the last; so Spark can
 * make again what is lost with a machine. The driver gets the mean of their weights by an {@link Exchange}.
 */
final class SparkLearner implements Learner {

    /** Until what the workers carry is fetched, so that no round has too many before it to be made again. */
    private static final int MOST_ROUNDS_TO_REPEAT = 50;

    private final JavaSparkContext context;
    private final LanguageModel model;
    private final TrainingData data;
    private final TrainingConfig workersConfig;
    private final Sharing sharing;
    private final RoundTimes times;
    private final long shareSize;
    private final long stepsPerEpoch;
    private final long totalSteps;
    private final JavaRDD<Share> shares;
    private final OuterOptimizer outer;
    private final Exchange exchange;

    private JavaRDD<Replica> replicas;
    /** What the replicas are part of; null where they were spread from here. */
    private @Nullable JavaRDD<RoundResult> last;
    /** The weights of all rounds since the replicas were spread from here, from which they can be made again. */
    private final List<Broadcast<Floats>> earlier = new ArrayList<>();

    private long windows;
    private float[] weights = {};
    private float[] mean = {};
    private double norm;

    SparkLearner(
            JavaSparkContext context,
            LanguageModel model,
            TrainingData data,
            TrainingConfig config,
            Sharing sharing,
            OuterOptimizer.Settings settings,
            RoundTimes times) {
        this.context = context;
        this.model = model;
        this.data = data;
        this.sharing = sharing;
        this.times = times;
        int workers = sharing.workers();
        BatchShape shape = new BatchShape(
                config.shape().streams() / workers, config.shape().steps());
        shareSize = data.training().size() / workers;
        requireLongEnough(shape);
        stepsPerEpoch = Windows.perEpoch(shareSize, shape);
        totalSteps = config.length().steps(stepsPerEpoch);
        workersConfig = config.withShape(shape)
                .withWeightDecay(settings.ofWeightDecay(config.weightDecay()))
                .withLength(new TrainingLength(null, totalSteps, null))
                .withValidation(0);
        ClusterTokens text = (ClusterTokens) data.training().tokens(0);
        shares = context.parallelize(IntStream.range(0, workers).boxed().toList(), workers)
                .map(new Reading(text, shareSize)::share)
                .persist(StorageLevel.MEMORY_AND_DISK());
        int size = FlatWeights.of(model).length;
        outer = new OuterOptimizer(size, settings);
        exchange = new Exchange(workers, size);
        replicas = spread(fresh());
    }

    private void requireLongEnough(BatchShape shape) {
        if (shareSize / shape.streams() <= shape.steps()) {
            throw new TrainingException(String.format(
                    Locale.ROOT,
                    "the text is too short to be shared: each of %d workers would have %,d characters, fewer than a window of %d x %d"
                            + " needs; take fewer --workers, a smaller --batch or a smaller --seq-length",
                    sharing.workers(),
                    shareSize,
                    shape.streams(),
                    shape.steps()));
        }
    }

    /** Reads a worker's share of the text. */
    private record Reading(ClusterTokens text, long size) implements Serializable {
        Share share(int worker) {
            return new Share(
                    worker, text.slice(worker * size, (worker + 1) * size).read());
        }
    }

    private List<Replica> fresh() {
        return IntStream.range(0, sharing.workers()).mapToObj(Replica::fresh).toList();
    }

    private JavaRDD<Replica> spread(List<Replica> all) {
        return context.parallelize(all, sharing.workers());
    }

    @Override
    public long stepsPerEpoch() {
        return stepsPerEpoch;
    }

    @Override
    public int stepsPerPass() {
        return sharing.localSteps();
    }

    @Override
    public Cursor place() {
        return new Cursor(windows / stepsPerEpoch, windows % stepsPerEpoch);
    }

    @Override
    public @Nullable Pass pass(long step, RollBacks rollBacks, BooleanSupplier stop) {
        long from = System.nanoTime();
        int steps = (int) Math.min(sharing.localSteps(), totalSteps - step);
        Round round =
                Round.of(model.config(), data, workersConfig, rollBacks, step, place(), shareSize, steps, sharing);
        weights = FlatWeights.of(model);
        // A copy: on one machine the workers get the very array, which then is changed.
        Broadcast<Floats> common = context.broadcast(new Floats(weights.clone()));
        JavaRDD<RoundResult> results = shares.zipPartitions(
                        replicas,
                        (share, replica) -> List.of(round.run(
                                        only(share).tokens(),
                                        only(replica),
                                        common.value().values(),
                                        TaskContext.get()::isInterrupted))
                                .iterator())
                .persist(StorageLevel.MEMORY_AND_DISK());
        Exchange.Mean found = exchange.mean(results, stop);
        if (found == null) {
            // Its weights are left to Spark's cleaner: a task that has not heard yet may still ask for them.
            results.unpersist();
            return null;
        }
        keep(results, common);
        windows += steps;
        mean = found.weights();
        List<Report> reports = found.reports();
        norm = reports.stream().mapToDouble(Report::gradientNorm).average().orElseThrow();
        times.add(reports, System.nanoTime() - from);
        if (earlier.size() >= MOST_ROUNDS_TO_REPEAT) {
            fetch();
        }
        return new Pass(
                steps,
                reports.stream().mapToLong(Report::characters).sum(),
                reports.stream().mapToDouble(Report::loss).average().orElseThrow(),
                reports.stream()
                        .map(report ->
                                report.fault() == null ? null : "worker " + report.worker() + ": " + report.fault())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    /** Of the rounds before, the workers keep nothing: with a machine all that it keeps would be lost. */
    private void keep(JavaRDD<RoundResult> results, Broadcast<Floats> common) {
        forgetLast();
        last = results;
        replicas = results.map(RoundResult::replica);
        common.unpersist();
        earlier.add(common);
    }

    private void forgetLast() {
        if (last != null) {
            last.unpersist();
            last = null;
        }
    }

    /** The element of a partition, to whose end Spark wants to be read. */
    private static <T> T only(Iterator<T> partition) {
        T element = partition.next();
        if (partition.hasNext()) {
            throw new IllegalStateException("a partition of two workers");
        }
        return element;
    }

    @Override
    public double update(double learningRate) {
        outer.step(weights, mean);
        model.load(FlatWeights.matrices(model.config(), weights));
        return norm;
    }

    @Override
    public void forget() {
        outer.forget();
        replicas = spread(fresh());
        letGo();
    }

    /** What the workers carry, which then is spread from here, so that nothing of before is needed any more. */
    private List<Replica> fetch() {
        List<Replica> all = SparkFailures.telling(replicas::collect);
        replicas = spread(all);
        letGo();
        return all;
    }

    private void letGo() {
        forgetLast();
        earlier.forEach(Broadcast::destroy);
        earlier.clear();
    }

    @Override
    public Map<String, Tensor> tensors() {
        Shared shared = new Shared(sharing.workers(), sharing.localSteps(), windows);
        return new ClusterState(shared, outer.velocity(), fetch()).toTensors();
    }

    @Override
    public void restore(Checkpoint checkpoint, TrainingState state, boolean exactly) {
        if (exactly) {
            ClusterState found =
                    ClusterState.of(checkpoint.trainingTensors(), sharing.workers(), outer.velocity().length);
            windows = found.shared().windows();
            outer.restore(found.velocity());
            replicas = spread(found.replicas());
        }
    }
}
