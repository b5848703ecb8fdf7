package lstm.cluster;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Finds the mean of the weights that all workers have come to, summed up in the order of the workers and not of arrival.
 *
 * <p>Where all of them together are few, the driver gets them. Where it would be too slow to send it everybody's weights, each worker sums up a
 * slice of all, and the driver gets the slices of the mean.
 */
final class Exchange {

    /** Floats that a network of 1 Gbit/s brings to the driver in the time that the second stage of a job takes: 16 MB. */
    private static final long FEW = 1 << 22;

    private static final long MILLIS_BETWEEN_QUESTIONS = 20;

    private final int workers;
    private final boolean areFew;

    /** Of so many workers, which have so many weights each. */
    Exchange(int workers, int weights) {
        this(workers, areFew(workers, weights));
    }

    Exchange(int workers, boolean areFew) {
        this.workers = workers;
        this.areFew = areFew;
    }

    /** Whether the driver gets the weights of every worker. */
    static boolean areFew(int workers, long weights) {
        return workers * weights <= FEW;
    }

    /**
     * What all have come to.
     *
     * @param weights the mean
     * @param reports in the order of the workers
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Mean(float[] weights, List<Report> reports) {}

    /** A slice of the weights, of one worker. */
    private record Slice(Floats values, Report report) implements Serializable {}

    /** The mean of a slice, and what all workers tell. */
    private record MeanSlice(int slice, Floats values, List<Report> reports) implements Serializable {}

    /** The mean of these results; null where it is to stop before. */
    @Nullable
    Mean mean(JavaRDD<RoundResult> results, BooleanSupplier stop) {
        List<MeanSlice> slices;
        if (areFew) {
            List<Slice> whole = collect(results.map(result -> slice(result, 0, 1)), stop);
            slices = whole == null ? null : List.of(mean(0, whole));
        } else {
            int count = workers;
            slices = collect(
                    results.flatMapToPair(result -> IntStream.range(0, count)
                                    .mapToObj(slice -> new Tuple2<>(slice, slice(result, slice, count)))
                                    .iterator())
                            .groupByKey(count)
                            .map(slice -> mean(slice._1, slice._2)),
                    stop);
        }
        return slices == null ? null : new Mean(joined(slices), slices.get(0).reports);
    }

    private static Slice slice(RoundResult result, int slice, int slices) {
        int size = result.weights().length;
        int from = begin(size, slice, slices);
        float[] values = new float[begin(size, slice + 1, slices) - from];
        System.arraycopy(result.weights(), from, values, 0, values.length);
        return new Slice(new Floats(values), result.report());
    }

    private static int begin(int size, int slice, int slices) {
        return (int) ((long) size * slice / slices);
    }

    private static MeanSlice mean(int slice, Iterable<Slice> found) {
        List<Slice> ordered = new ArrayList<>();
        found.forEach(ordered::add);
        ordered.sort(Comparator.comparingInt(one -> one.report.worker()));
        double[] sum = new double[ordered.get(0).values.values().length];
        for (Slice one : ordered) {
            float[] values = one.values.values();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += values[i];
            }
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / ordered.size());
        }
        return new MeanSlice(
                slice, new Floats(mean), ordered.stream().map(Slice::report).toList());
    }

    private static float[] joined(List<MeanSlice> slices) {
        int size =
                slices.stream().mapToInt(slice -> slice.values.values().length).sum();
        float[] all = new float[size];
        for (MeanSlice slice : slices) {
            float[] values = slice.values.values();
            System.arraycopy(values, 0, all, begin(size, slice.slice, slices.size()), values.length);
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
}
