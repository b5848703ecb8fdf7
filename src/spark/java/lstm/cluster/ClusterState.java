package lstm.cluster;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lstm.checkpoint.Tensor;
import lstm.train.Cluster.Shared;
import lstm.train.TrainingException;
import org.ojalgo.matrix.store.R032Store;

/**
 * What a training by many workers needs to go on beside the weights, and the tensors of a checkpoint that hold it.
 *
 * @param shared how it is shared out, and how far it is
 * @param velocity of the {@link OuterOptimizer}
 * @param replicas what each worker carries
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ClusterState(Shared shared, float[] velocity, List<Replica> replicas) {

    private static final String VELOCITY = "outer.velocity";

    /**
     * Finds it among the training tensors of a checkpoint.
     *
     * @param workers of the cluster that is to go on
     * @param weights of the model
     * @throws TrainingException where it is not there, is not whole, or of another number of workers
     */
    static ClusterState of(Map<String, Tensor> tensors, int workers, int weights) {
        Shared shared = Shared.of(tensors);
        if (shared == null || shared.workers() != workers) {
            throw new TrainingException("the checkpoint cannot be resumed: it was trained by "
                    + (shared == null ? "one machine alone" : shared.workers() + " workers")
                    + ", and " + workers + " are to go on; use --init-from to start from its weights");
        }
        Tensor velocity = tensors.get(VELOCITY);
        if (velocity == null || !velocity.isFinite() || !Arrays.equals(velocity.shape(), new int[] {weights})) {
            throw senseless(VELOCITY);
        }
        List<Replica> replicas = IntStream.range(0, workers)
                .mapToObj(worker -> replica(worker, tensors))
                .toList();
        // All carry something, or, right behind a roll-back, none does.
        if (replicas.stream().map(Replica::isFresh).distinct().count() > 1) {
            throw senseless(Shared.WORKER + "*");
        }
        return new ClusterState(shared, velocity.toStore().data, replicas);
    }

    private static Replica replica(int worker, Map<String, Tensor> tensors) {
        String prefix = Shared.WORKER + worker + ".";
        Map<String, Tensor> own = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                own.put(name.substring(prefix.length()), tensor);
            }
        });
        return Replica.of(worker, own);
    }

    private static TrainingException senseless(String tensor) {
        return TrainingException.ofTensor(tensor, "is missing or makes no sense");
    }

    Map<String, Tensor> toTensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(Shared.TENSOR, shared.toTensor());
        R032Store column = R032Store.FACTORY.make(velocity.length, 1);
        System.arraycopy(velocity, 0, column.data, 0, velocity.length);
        tensors.put(VELOCITY, Tensor.vector(column));
        for (Replica replica : replicas) {
            replica.toTensors()
                    .forEach((name, tensor) -> tensors.put(Shared.WORKER + replica.worker() + "." + name, tensor));
        }
        return tensors;
    }
}
