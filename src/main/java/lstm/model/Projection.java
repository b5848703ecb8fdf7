package lstm.model;

import java.util.List;
import java.util.function.Consumer;
import lstm.kernel.Addend;
import lstm.kernel.Kernel;
import lstm.kernel.WeightGradient;
import org.ojalgo.matrix.store.R032Store;

/**
 * A weight matrix and a bias applied to what lies below, for all steps of a window at once: y = W x + b, where x may be made of
 * what lies below first, by weights of its own.
 */
interface Projection {

    /** Makes the projection from what lies below a layer. */
    @FunctionalInterface
    interface Factory {
        Projection create(Parameter weight, Parameter bias);
    }

    /** What is learnt, the weight and the bias last. */
    List<Parameter> parameters();

    /** The bias. */
    Parameter bias();

    /** Passes on the tasks that pack the weight for forward passes. */
    void packing(Consumer<Consumer<Kernel>> tasks);

    /** Passes on the tasks that pack the weight for backward passes. */
    void packingTransposed(Consumer<Consumer<Kernel>> tasks);

    /**
     * Brings W x + b to a shard's columns of y, or leaves it to the product that comes next.
     *
     * @return what that product is to be added to
     */
    Addend forward(Kernel kernel, LayerInput x, R032Store y, Shard shard);

    /** dX = W' dY in a shard's columns, where the input has a gradient. */
    void backward(Kernel kernel, R032Store dY, LayerInput x, Shard shard);

    /**
     * Passes on the tasks that compute dW and db from all columns of dY.
     *
     * @param others weights whose products were added to the projection's
     */
    void gradients(R032Store dY, LayerInput x, List<WeightGradient> others, Consumer<GradientTask> tasks);
}
