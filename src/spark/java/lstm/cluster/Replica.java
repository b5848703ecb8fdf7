package lstm.cluster;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lstm.checkpoint.DType;
import lstm.checkpoint.Tensor;

/**
 * What a worker carries from round to round beside the weights, which all have in common: its optimizer's moments, the state of its
 * streams, and its place in the text.
 *
 * @param worker its number, from 0
 * @param tensors by the names of a checkpoint's training tensors; none before its first round
 */
record Replica(int worker, List<Named> tensors) implements Serializable {

    /** A tensor in the form in which it goes from machine to machine. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Named(String name, DType dtype, int[] shape, byte[] bytes) implements Serializable {

        static Named of(String name, Tensor tensor) {
            byte[] bytes = new byte[tensor.bytes().remaining()];
            tensor.bytes().get(bytes);
            return new Named(name, tensor.dtype(), tensor.shape(), bytes);
        }
    }

    static Replica fresh(int worker) {
        return new Replica(worker, List.of());
    }

    static Replica of(int worker, Map<String, Tensor> tensors) {
        return new Replica(
                worker,
                tensors.entrySet().stream()
                        .map(tensor -> Named.of(tensor.getKey(), tensor.getValue()))
                        .toList());
    }

    boolean isFresh() {
        return tensors.isEmpty();
    }

    Map<String, Tensor> toTensors() {
        Map<String, Tensor> map = new LinkedHashMap<>();
        tensors.forEach(named -> map.put(named.name, Tensor.of(named.dtype, named.shape, named.bytes)));
        return map;
    }
}
