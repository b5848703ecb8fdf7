package lstm.model;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lstm.kernel.Addend;
import lstm.kernel.CellStep;
import lstm.kernel.GruStep;
import lstm.kernel.Kernel;
import lstm.kernel.WeightGradient;
import org.ojalgo.matrix.store.R032Store;

/**
 * The gated recurrent unit (Cho et al., 2014) as PyTorch has it, with the reset gate behind the product.
 *
 * <p>r, z = logistic(W x + b + U h + d), n = tanh(W x + b + r (U h + d)), h = n + z (h - n); gates stacked in PyTorch's order
 * r z n, 3H rows. What r multiplies stands apart from the input's part, so there are two biases.
 */
final class GruLayer extends RecurrentLayer {

    private final Parameter recurrentBias;
    private final Addend start;

    GruLayer(LayerParameters parameters, Projection.Factory inputs) {
        super(parameters, inputs);
        recurrentBias = parameters.create("bias_hh");
        start = new Addend.Column(recurrentBias.value());
    }

    @Override
    List<Parameter> parameters() {
        List<Parameter> all = super.parameters();
        all.add(recurrentBias);
        return all;
    }

    @Override
    Map<String, Parameter> foldedBiases() {
        return Map.of();
    }

    @Override
    CellStep newStep(R032Store hidden, int columns) {
        int rows = 3 * hidden.getRowDim();
        return new GruStep(LayerWindow.matrix(rows, columns), LayerWindow.matrix(rows, columns), hidden);
    }

    @Override
    Addend project(Kernel kernel, Projection projection, LayerInput x, CellStep cell, Shard shard) {
        R032Store inputs = projected(cell);
        kernel.fill(projection.forward(kernel, x, inputs, shard), inputs, shard.all());
        return start;
    }

    @Override
    R032Store projected(CellStep cell) {
        return ((GruStep) cell).inputs();
    }

    @Override
    void gradients(
            Projection projection, LayerInput x, CellStep cell, WeightGradient ofHidden, Consumer<GradientTask> tasks) {
        projection.gradients(projected(cell), x, List.of(), tasks);
        List<WeightGradient> weights = List.of(ofHidden);
        tasks.accept(new WeightGradientTask(cell.gates(), weights, recurrentBias.gradient()));
    }
}
