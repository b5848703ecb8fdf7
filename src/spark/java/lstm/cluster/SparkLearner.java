package lstm.cluster;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import lstm.batch.BatchShape;
import lstm.batch.Cursor;
import lstm.batch.Windows;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.DType;
import lstm.checkpoint.Tensor;
import lstm.model.LanguageModel;
import lstm.train.Cluster.Sharing;
import lstm.train.Learner;
import lstm.train.RollBacks;
import lstm.train.TrainingConfig;
import lstm.train.TrainingData;
import lstm.train.TrainingException;
import lstm.train.TrainingLength;
import lstm.train.TrainingState;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import org.ojalgo.matrix.store.R032Store;
import scala.Tuple2;

/**
 * Rounds of local steps: every worker takes some from the weights that all have in common, in its own share of the text with its own
 * streams and moments, and an {@link OuterOptimizer} makes the next weights of what they come to.
 *
 * <p>A round is one job. What the workers carry stays where they are, as a dataset that each round makes of the last; so Spark can
 * make again what is lost with a machine. For the mean of their weights each sums up a slice of all, in the order of the workers and not of
 * arrival, and the driver gets the slices of the mean: it would be too slow to send it everybody's weights.
 */
final class SparkLearner implements Learner {

    private static final String WORKER = "worker.";
    private static final String VELOCITY = "outer.velocity";
    private static final String CLUSTER = "cluster";
    /** Until what the workers carry is fetched, so that no round has too many before it to be made again. */
    private static final int MOST_ROUNDS_TO_REPEAT = 50;

    private static final long MILLIS_BETWEEN_QUESTIONS = 20;

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

    private JavaRDD<Replica> replicas;
    /** Of all rounds since the replicas were fetched. */
    private final List<Earlier> earlier = new ArrayList<>();

    private long windows;
    private float[] weights = {};
    private float[] mean = {};
    private double norm;

    /** What a round of before leaves on the cluster, until nobody could need it any more. */
    private record Earlier(JavaRDD<RoundResult> results, Broadcast<float[]> weights) {}

    /** A part of all weights, of one worker or of their mean. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Slice(int worker, float[] values, Report report) implements Serializable {}

    /** The mean of a slice, and what all workers tell. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record MeanSlice(int slice, float[] values, List<Report> reports) implements Serializable {}

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
                .withLength(new TrainingLength(null, totalSteps, null))
                .withValidation(0);
        ClusterTokens text = (ClusterTokens) data.training().tokens(0);
        shares = context.parallelize(IntStream.range(0, workers).boxed().toList(), workers)
                .map(new Reading(text, shareSize)::share)
                .persist(StorageLevel.MEMORY_AND_DISK());
        outer = new OuterOptimizer(FlatWeights.of(model).length, settings);
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
        Round round = Round.of(
                model.config(), data, workersConfig, rollBacks, step, place(), shareSize, steps, sharing.threads());
        weights = FlatWeights.of(model);
        // A copy: on one machine the workers get the very array, which then is changed.
        Broadcast<float[]> common = context.broadcast(weights.clone());
        JavaRDD<RoundResult> results = shares.zipPartitions(
                        replicas,
                        (share, replica) -> List.of(round.run(
                                        only(share).tokens(),
                                        only(replica),
                                        common.value(),
                                        TaskContext.get()::isInterrupted))
                                .iterator())
                .persist(StorageLevel.MEMORY_AND_DISK());
        List<MeanSlice> slices = collect(meanOf(results), stop);
        if (slices == null) {
            // Its weights are left to Spark's cleaner: a task that has not heard yet may still ask for them.
            results.unpersist();
            return null;
        }
        earlier.add(new Earlier(results, common));
        replicas = results.map(RoundResult::replica);
        windows += steps;
        mean = joined(slices);
        List<Report> reports = slices.get(0).reports();
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

    /** The element of a partition, to whose end Spark wants to be read. */
    private static <T> T only(Iterator<T> partition) {
        T element = partition.next();
        if (partition.hasNext()) {
            throw new IllegalStateException("a partition of two workers");
        }
        return element;
    }

    private JavaRDD<MeanSlice> meanOf(JavaRDD<RoundResult> results) {
        int workers = sharing.workers();
        JavaPairRDD<Integer, Slice> slices = results.flatMapToPair(result -> IntStream.range(0, workers)
                .mapToObj(slice -> new Tuple2<>(slice, sliceOf(result, slice, workers)))
                .iterator());
        return slices.groupByKey(workers).map(slice -> meanOf(slice._1, slice._2));
    }

    private static Slice sliceOf(RoundResult result, int slice, int workers) {
        int size = result.weights().length;
        int from = begin(size, slice, workers);
        float[] values = Arrays.copyOfRange(result.weights(), from, begin(size, slice + 1, workers));
        return new Slice(result.replica().worker(), values, result.report());
    }

    private static int begin(int size, int slice, int slices) {
        return (int) ((long) size * slice / slices);
    }

    /** In the order of the workers: a sum of floats depends on it. */
    private static MeanSlice meanOf(int slice, Iterable<Slice> found) {
        List<Slice> ordered = new ArrayList<>();
        found.forEach(ordered::add);
        ordered.sort(Comparator.comparingInt(Slice::worker));
        double[] sum = new double[ordered.get(0).values.length];
        ordered.forEach(one -> Arrays.setAll(sum, i -> sum[i] + one.values[i]));
        float[] mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / ordered.size());
        }
        return new MeanSlice(slice, mean, ordered.stream().map(Slice::report).toList());
    }

    private float[] joined(List<MeanSlice> slices) {
        float[] all = new float[weights.length];
        for (MeanSlice slice : slices) {
            System.arraycopy(
                    slice.values, 0, all, begin(all.length, slice.slice, sharing.workers()), slice.values.length);
        }
        return all;
    }

    /** Null where it is to stop before. */
    private static <T> @Nullable List<T> collect(JavaRDD<T> dataset, BooleanSupplier stop) {
        JavaFutureAction<List<T>> job = dataset.collectAsync();
        while (!stop.getAsBoolean()) {
            try {
                return job.get(MILLIS_BETWEEN_QUESTIONS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // It is not done yet.
            } catch (ExecutionException e) {
                throw SparkFailures.told(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        job.cancel(true);
        return null;
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
        earlier.forEach(round -> {
            round.results.unpersist();
            round.weights.destroy();
        });
        earlier.clear();
    }

    @Override
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(CLUSTER, Tensor.longs(sharing.workers(), windows));
        R032Store velocity = R032Store.FACTORY.make(outer.velocity().length, 1);
        System.arraycopy(outer.velocity(), 0, velocity.data, 0, velocity.data.length);
        tensors.put(VELOCITY, Tensor.vector(velocity));
        for (Replica replica : fetch()) {
            replica.toTensors().forEach((name, tensor) -> tensors.put(WORKER + replica.worker() + "." + name, tensor));
        }
        return tensors;
    }

    @Override
    public void restore(Checkpoint checkpoint, TrainingState state, boolean exactly) {
        if (!exactly) {
            return;
        }
        Map<String, Tensor> there = checkpoint.trainingTensors();
        long[] cluster = longs(there.get(CLUSTER));
        if (cluster[0] != sharing.workers()) {
            throw new TrainingException("the checkpoint cannot be resumed: it was trained by " + cluster[0]
                    + " workers; give --workers " + cluster[0] + ", or --init-from to start from its weights");
        }
        windows = cluster[1];
        Tensor velocity = there.get(VELOCITY);
        if (velocity == null || !velocity.isFinite() || velocity.shape().length != 1) {
            throw senseless(VELOCITY);
        }
        float[] values = velocity.toStore().data;
        if (values.length != outer.velocity().length) {
            throw senseless(VELOCITY);
        }
        System.arraycopy(values, 0, outer.velocity(), 0, values.length);
        List<Replica> found = IntStream.range(0, sharing.workers())
                .mapToObj(worker -> replica(worker, there))
                .toList();
        // All carry something, or, right behind a roll-back, none does.
        if (found.stream().map(Replica::isFresh).distinct().count() > 1) {
            throw senseless(WORKER + "*");
        }
        replicas = spread(found);
    }

    private static TrainingException senseless(String tensor) {
        return new TrainingException("the checkpoint cannot be resumed: its tensor training." + tensor
                + " is missing or makes no sense; use --init-from to start from its weights");
    }

    private static Replica replica(int worker, Map<String, Tensor> there) {
        String prefix = WORKER + worker + ".";
        Map<String, Tensor> own = new LinkedHashMap<>();
        there.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                own.put(name.substring(prefix.length()), tensor);
            }
        });
        return Replica.of(worker, own);
    }

    private static long[] longs(@Nullable Tensor cluster) {
        if (cluster == null) {
            throw new TrainingException(
                    "the checkpoint cannot be resumed: it was trained on one machine; leave --workers and"
                            + " --spark out, or use --init-from to start from its weights");
        }
        boolean isPair = cluster.dtype() == DType.I64 && Arrays.equals(cluster.shape(), new int[] {2});
        if (!isPair || cluster.toLongs()[1] < 0) {
            throw senseless(CLUSTER);
        }
        return cluster.toLongs();
    }
}
