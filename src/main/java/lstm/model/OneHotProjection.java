package lstm.model;

import java.util.List;
import java.util.function.Consumer;
import lstm.kernel.Addend;
import lstm.kernel.Kernel;
import lstm.kernel.WeightGradient;
import org.ojalgo.matrix.store.R032Store;

/** A projection of one-hot tokens: its product is a column of the weight, its gradient an addition to one. */
final class OneHotProjection implements Projection {

    private final Parameter weight;
    private final Parameter bias;
    /** The weight's columns with the bias added: a symbol's whole part in the gates. */
    private final TokenTable table;

    OneHotProjection(Parameter weight, Parameter bias) {
        this.weight = weight;
        this.bias = bias;
        table = new TokenTable(weight.value().getRowDim(), weight.value().getColDim());
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
        tasks.accept(kernel -> kernel.addToColumns(weight.value(), bias.value(), table.columns()));
    }

    @Override
    public void packingTransposed(Consumer<Consumer<Kernel>> tasks) {
        // Nothing flows back into tokens.
    }

    @Override
    public Addend forward(Kernel kernel, LayerInput x, R032Store y, Shard shard) {
        return table.of(ids(x));
    }

    @Override
    public void backward(Kernel kernel, R032Store dY, LayerInput x, Shard shard) {
        // Nothing flows back into tokens.
    }

    @Override
    public void gradients(R032Store dY, LayerInput x, List<WeightGradient> others, Consumer<GradientTask> tasks) {
        int rows = dY.getRowDim();
        tasks.accept(new WeightGradientTask(dY, others, bias.gradient()));
        tasks.accept(GradientTask.of(rows, (k, from, to) -> k.scatterColumns(dY, ids(x), from, to, weight.gradient())));
    }

    private static int[] ids(LayerInput x) {
        return ((LayerInput.Tokens) x).ids();
    }
}
