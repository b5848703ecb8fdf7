package lstm.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import lstm.kernel.Addend;
import lstm.kernel.CellStep;
import lstm.kernel.Columns;
import lstm.kernel.Kernel;
import lstm.kernel.WeightGradient;
import org.ojalgo.matrix.store.R032Store;

/**
 * A recurrent cell, unrolled over the steps of a window: W x for all of them at once, then step by step U h and the cell's own
 * arithmetic. What a kind of cell adds is its matrices, and what it does differently.
 */
abstract class RecurrentLayer {

    private final Projection input;
    private final RecurrentWeight recurrent;
    private final String secondBias;

    RecurrentLayer(LayerParameters parameters, Projection.Factory inputs) {
        input = inputs.create(parameters.create("weight_ih"), parameters.create("bias_ih"));
        recurrent = new RecurrentWeight(parameters.create("weight_hh"));
        secondBias = parameters.name("bias_hh");
    }

    /** The matrices of a window with this hidden state, and so many columns of everything else. */
    abstract CellStep newStep(R032Store hidden, int columns);

    /** H. */
    int hidden() {
        return recurrent.parameter().value().getColDim();
    }

    /** What is learnt, in PyTorch's order. */
    List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(input.parameters());
        all.add(1, recurrent.parameter());
        return all;
    }

    /** Biases that PyTorch's layer has beside the model's, by name, with the parameter that holds their sum. */
    Map<String, Parameter> foldedBiases() {
        return Map.of(secondBias, input.bias());
    }

    /** The weight of the layer's own last output. */
    RecurrentWeight recurrent() {
        return recurrent;
    }

    /** Passes on the tasks that pack the weights for forward passes. */
    void packing(Consumer<Consumer<Kernel>> tasks) {
        input.packing(tasks);
        tasks.accept(recurrent.packed()::pack);
    }

    /** Passes on the tasks that pack the weights for backward passes. */
    void packingTransposed(Consumer<Consumer<Kernel>> tasks) {
        input.packingTransposed(tasks);
        tasks.accept(recurrent.packed()::packTransposed);
    }

    /**
     * All steps of a shard: the gates and the states behind every step.
     *
     * @param before is told of every step before it is computed
     */
    final void forward(Kernel kernel, LayerInput x, LayerWindow window, Shard shard, IntConsumer before) {
        CellStep cell = window.cell();
        Addend start = project(kernel, input, x, cell, shard);
        for (int t = 0; t < window.steps(); t++) {
            before.accept(t);
            Columns step = shard.step(t);
            kernel.multiply(recurrent.packed().matrix(), cell.hidden(), step, start, cell.gates(), step);
            kernel.stepForward(cell, step);
        }
    }

    /**
     * Brings the input's part to a shard's columns.
     *
     * @return what the recurrent product is to be added to
     */
    Addend project(Kernel kernel, Projection projection, LayerInput x, CellStep cell, Shard shard) {
        return projection.forward(kernel, x, cell.gates(), shard);
    }

    /**
     * All steps of a shard, last to first: from dHidden to the gates' gradients and the input's.
     *
     * @param before is told of every step t, and T, as soon as the gradients by the states before it are complete
     */
    final void backward(Kernel kernel, LayerInput x, LayerWindow window, Shard shard, IntConsumer before) {
        CellStep cell = window.cell();
        LayerWindow.Training d = window.training();
        before.accept(window.steps());
        for (int t = window.steps() - 1; t >= 0; t--) {
            Columns step = shard.step(t);
            kernel.stepBackward(cell, d.gradients(), step);
            if (t > 0) {
                R032Store dHidden = d.gradients().dHidden();
                kernel.multiply(
                        recurrent.packed().transposed(), cell.gates(), step, Addend.OWN, dHidden, shard.step(t - 1));
                before.accept(t);
            }
        }
        input.backward(kernel, projected(cell), x, shard);
    }

    /** What holds the gradient by the input's part after a backward pass. */
    R032Store projected(CellStep cell) {
        return cell.gates();
    }

    /** Passes on the tasks that compute the weights' gradients from the gates'. */
    final void gradients(LayerInput x, LayerWindow window, Consumer<GradientTask> tasks) {
        CellStep cell = window.cell();
        R032Store gradient = recurrent.parameter().gradient();
        gradients(input, x, cell, new WeightGradient(cell.hidden(), 0, gradient), tasks);
    }

    /** The same; {@code ofHidden} is the recurrent weight's. */
    void gradients(
            Projection projection, LayerInput x, CellStep cell, WeightGradient ofHidden, Consumer<GradientTask> tasks) {
        projection.gradients(cell.gates(), x, List.of(ofHidden), tasks);
    }
}
