package lstm.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import lstm.batch.Cursor;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.DType;
import lstm.checkpoint.Tensor;
import lstm.model.RecurrentState;
import lstm.optimize.Adam;
import org.ojalgo.matrix.store.R032Store;

/** What a training needs to go on, as the tensors of a checkpoint under "training.", and back. */
final class TrainingTensors {

    private static final String MOMENTS = "adam.";
    private static final String STATE = "state.";
    private static final String CURSOR = "cursor";
    private static final String RANDOM = "random";

    private TrainingTensors() {}

    /** The optimizer's moments, the carried state, the place in the text and in the random numbers. */
    static Map<String, Tensor> of(Adam adam, RecurrentState state, Cursor cursor, long seed) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        adam.moments().forEach((name, store) -> tensors.put(MOMENTS + name, Tensor.matrix(store)));
        state.matrices().forEach((name, store) -> tensors.put(STATE + name, Tensor.matrix(store)));
        tensors.put(CURSOR, Tensor.longs(cursor.epoch(), cursor.window()));
        tensors.put(RANDOM, Tensor.longs(seed, adam.steps()));
        return tensors;
    }

    /** The last weights. */
    static Map<String, R032Store> weights(Checkpoint checkpoint) {
        Map<String, R032Store> weights = new LinkedHashMap<>();
        for (String name : checkpoint.weights().keySet()) {
            weights.put(name, store(checkpoint, name));
        }
        return weights;
    }

    /** The optimizer's moments, each of the shape of its weights. */
    static Map<String, R032Store> moments(Checkpoint checkpoint) {
        Map<String, R032Store> moments = prefixed(checkpoint, MOMENTS);
        moments.forEach((name, moment) -> {
            R032Store weight = checkpoint.weights().get(name.replaceFirst("^[mv]\\.", ""));
            boolean fits = weight != null
                    && moment.getRowDim() == weight.getRowDim()
                    && moment.getColDim() == weight.getColDim();
            require(fits, MOMENTS + name);
        });
        return moments;
    }

    static RecurrentState state(Checkpoint checkpoint) {
        return new RecurrentState(prefixed(checkpoint, STATE));
    }

    /** The place in the text, in the epoch that the training says it is in. */
    static Cursor cursor(Checkpoint checkpoint, TrainingState training, long windowsPerEpoch) {
        long[] place = longs(checkpoint, CURSOR);
        require(place[0] == training.epoch() && place[1] >= 0 && place[1] < windowsPerEpoch, CURSOR);
        return new Cursor(place[0], place[1]);
    }

    /** How many steps the optimizer has taken, over all texts, of a training from the seed that it says. */
    static long optimizerSteps(Checkpoint checkpoint, TrainingState training) {
        long[] random = longs(checkpoint, RANDOM);
        require(random[0] == training.config().seed() && random[1] >= 0, RANDOM);
        return random[1];
    }

    private static Map<String, R032Store> prefixed(Checkpoint checkpoint, String prefix) {
        Map<String, R032Store> stores = new LinkedHashMap<>();
        checkpoint.trainingTensors().keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> stores.put(name.substring(prefix.length()), store(checkpoint, name)));
        return stores;
    }

    /** Of numbers that a training can go on from: one that is none would soon be all over the model. */
    static R032Store store(Checkpoint checkpoint, String name) {
        Tensor tensor = tensor(checkpoint, name);
        require(tensor.isFinite() && (tensor.shape().length == 1 || tensor.shape().length == 2), name);
        return tensor.toStore();
    }

    private static long[] longs(Checkpoint checkpoint, String name) {
        Tensor tensor = tensor(checkpoint, name);
        require(tensor.dtype() == DType.I64 && Arrays.equals(tensor.shape(), new int[] {2}), name);
        return tensor.toLongs();
    }

    private static void require(boolean sense, String name) {
        if (!sense) {
            throw TrainingException.ofTensor(name, "makes no sense");
        }
    }

    private static Tensor tensor(Checkpoint checkpoint, String name) {
        Tensor tensor = checkpoint.trainingTensors().get(name);
        if (tensor == null) {
            throw new TrainingException("the checkpoint cannot be resumed: it has no tensor training." + name
                    + "; use --init-from to start from its weights");
        }
        return tensor;
    }
}
