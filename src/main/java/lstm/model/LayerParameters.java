package lstm.model;

import java.util.Map;

/**
 * Where a layer's parameters get their names and shapes from.
 *
 * @param prefix of the layer's kind, as PyTorch has it: "lstm", "gru", "rnn"
 * @param suffix of the layer: "l0", "l1", ...
 * @param shapes of the model's tensors, by name
 */
record LayerParameters(String prefix, String suffix, Map<String, int[]> shapes) {

    /** A tensor's name. */
    String name(String kind) {
        return prefix + "." + kind + "_" + suffix;
    }

    /** A new parameter, all zeros. */
    Parameter create(String kind) {
        return Parameter.create(name(kind), shapes);
    }
}
