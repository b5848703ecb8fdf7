package lstm.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lstm.kernel.Addend;
import lstm.kernel.Kernel;
import lstm.kernel.WeightGradient;
import org.ojalgo.matrix.store.R032Store;

/** A projection of a layer's output: large products over all the steps of a shard. */
final class DenseProjection implements Projection {

    private final Parameter weight;
    private final Parameter bias;
    private final Addend addend;
    private final PackedWeight packed;

    DenseProjection(Parameter weight, Parameter bias) {
        this.weight = weight;
        this.bias = bias;
        this.addend = new Addend.Column(bias.value());
        this.packed = new PackedWeight(weight.value());
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight, bias);
    }

    @Override
    public Parameter bias() {
        return bias;
    }

    @Override
    public void packing(Consumer<Consumer<Kernel>> tasks) {
        tasks.accept(packed::pack);
    }

    @Override
    public void packingTransposed(Consumer<Consumer<Kernel>> tasks) {
        tasks.accept(packed::packTransposed);
    }

    @Override
    public Addend forward(Kernel kernel, LayerInput x, R032Store y, Shard shard) {
        LayerInput.Hidden below = hidden(x);
        kernel.multiply(packed.matrix(), below.values(), below.columns(shard), addend, y, shard.all());
        return Addend.OWN;
    }

    @Override
    public void backward(Kernel kernel, R032Store dY, LayerInput x, Shard shard) {
        backward(kernel, dY, x, Addend.ZERO, shard);
    }

    /** The same, added to something. */
    void backward(Kernel kernel, R032Store dY, LayerInput x, Addend addend, Shard shard) {
        R032Store dX = hidden(x).gradient();
        if (dX != null) {
            kernel.multiply(packed.transposed(), dY, shard.all(), addend, dX, shard.all());
        }
    }

    @Override
    public void gradients(R032Store dY, LayerInput x, List<WeightGradient> others, Consumer<GradientTask> tasks) {
        LayerInput.Hidden below = hidden(x);
        List<WeightGradient> weights = new ArrayList<>(others);
        weights.add(new WeightGradient(below.values(), below.shift(), weight.gradient()));
        tasks.accept(new WeightGradientTask(dY, weights, bias.gradient()));
    }

    private static LayerInput.Hidden hidden(LayerInput x) {
        return (LayerInput.Hidden) x;
    }
}
