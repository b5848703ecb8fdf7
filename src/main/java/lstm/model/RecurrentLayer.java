package lstm.model;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lstm.kernel.Kernel;

/** A recurrent cell, unrolled over the steps of a window. */
interface RecurrentLayer {

    /** What is learnt, in PyTorch's order. */
    List<Parameter> parameters();

    /** The weight of the layer's own last output. */
    RecurrentWeight recurrent();

    /** Rows of the layer's gates in a window. */
    int gateRows();

    /** Packs the weights for forward passes. */
    void pack(Kernel kernel);

    /** Packs the weights for backward passes. */
    void packTransposed(Kernel kernel);

    /** All steps of a shard: the gates and the states behind every step. */
    void forward(Kernel kernel, LayerInput x, LayerWindow window, Shard shard);

    /** All steps of a shard, last to first: from dHidden to the gates' gradients and the input's. */
    void backward(Kernel kernel, LayerInput x, LayerWindow window, Shard shard);

    /** Passes on the tasks that compute the weights' gradients from the gates'. */
    void gradients(LayerInput x, LayerWindow window, Consumer<GradientTask> tasks);

    /** Biases that PyTorch's layer has beside the model's, by name, with the parameter that holds their sum. */
    Map<String, Parameter> foldedBiases();
}
