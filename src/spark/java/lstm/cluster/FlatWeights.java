package lstm.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import org.ojalgo.matrix.store.R032Store;

/** All weights of a model in one array, in the order of its tensors, so that machines can share out the numbers and not the tensors. */
final class FlatWeights {

    private FlatWeights() {}

    static float[] of(LanguageModel model) {
        Map<String, R032Store> weights = model.weights();
        float[] flat = new float
                [weights.values().stream().mapToInt(store -> store.data.length).sum()];
        int at = 0;
        for (R032Store store : weights.values()) {
            System.arraycopy(store.data, 0, flat, at, store.data.length);
            at += store.data.length;
        }
        return flat;
    }

    static Map<String, R032Store> matrices(ModelConfig config, float[] flat) {
        Map<String, R032Store> weights = new LinkedHashMap<>();
        int at = 0;
        for (Map.Entry<String, int[]> tensor : config.tensorShapes().entrySet()) {
            int[] shape = tensor.getValue();
            R032Store store = R032Store.FACTORY.make(shape[0], shape.length == 1 ? 1 : shape[1]);
            System.arraycopy(flat, at, store.data, 0, store.data.length);
            at += store.data.length;
            weights.put(tensor.getKey(), store);
        }
        return weights;
    }
}
