package lstm.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lstm.kernel.Addend;
import lstm.kernel.Columns;
import lstm.kernel.Kernel;
import lstm.kernel.WeightGradient;
import org.ojalgo.matrix.store.R032Store;

/**
 * A classic LSTM layer (Hochreiter and Schmidhuber, 1997, with the forget gate of Gers, Schmidhuber and Cummins, 2000).
 *
 * <p>i, f, o = logistic(W x + U h + b), g = tanh(W x + U h + b), c = f c + i g, h = o tanh(c); gates stacked in
 * PyTorch's order i f g o, 4H rows.
 */
final class LstmLayer implements RecurrentLayer {

    private final Projection input;
    private final RecurrentWeight recurrent;
    private final String secondBias;
    private final int hidden;

    LstmLayer(Projection.Factory inputs, int hidden, String suffix) {
        this.hidden = hidden;
        input = inputs.create("lstm.weight_ih_" + suffix, "lstm.bias_ih_" + suffix, 4 * hidden);
        recurrent = new RecurrentWeight("lstm.weight_hh_" + suffix, 4 * hidden, hidden);
        secondBias = "lstm.bias_hh_" + suffix;
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(input.parameters());
        all.add(1, recurrent.parameter());
        return all;
    }

    @Override
    public RecurrentWeight recurrent() {
        return recurrent;
    }

    @Override
    public int gateRows() {
        return 4 * hidden;
    }

    @Override
    public void pack(Kernel kernel) {
        input.pack(kernel);
        recurrent.packed().pack(kernel);
    }

    @Override
    public void packTransposed(Kernel kernel) {
        input.packTransposed(kernel);
        recurrent.packed().packTransposed(kernel);
    }

    @Override
    public void forward(Kernel kernel, LayerInput x, LayerWindow window, Shard shard) {
        R032Store gates = window.gates();
        Addend fromInput = input.forward(kernel, x, gates, shard);
        for (int t = 0; t < window.steps(); t++) {
            Columns step = shard.step(t);
            kernel.multiply(recurrent.packed().matrix(), window.hidden(), step, fromInput, gates, step);
            kernel.lstmForward(gates, window.cell(), window.tanhCell(), window.hidden(), step, window.streams());
        }
    }

    @Override
    public void backward(Kernel kernel, LayerInput x, LayerWindow window, Shard shard) {
        R032Store gates = window.gates();
        LayerWindow.Training d = window.training();
        for (int t = window.steps() - 1; t >= 0; t--) {
            Columns step = shard.step(t);
            kernel.lstmBackward(
                    gates, window.cell(), window.tanhCell(), d.dHidden(), d.dCell(), step, window.streams());
            if (t > 0) {
                kernel.multiply(
                        recurrent.packed().transposed(), gates, step, Addend.OWN, d.dHidden(), shard.step(t - 1));
            }
        }
        input.backward(kernel, gates, x, shard);
    }

    @Override
    public void gradients(LayerInput x, LayerWindow window, Consumer<GradientTask> tasks) {
        WeightGradient ofPrevious =
                new WeightGradient(window.hidden(), 0, recurrent.parameter().gradient());
        input.gradients(window.gates(), x, List.of(ofPrevious), tasks);
    }

    @Override
    public Map<String, Parameter> foldedBiases() {
        return Map.of(secondBias, parameters().get(2));
    }
}
