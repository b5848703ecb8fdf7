package lstm.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import lstm.kernel.Columns;
import lstm.kernel.Kernel;
import org.ojalgo.matrix.store.R032Store;

/** A projection of a layer's output: large products over all the steps of a shard. */
final class DenseProjection implements Projection {

    private final Parameter weight;
    private final Parameter bias;
    private final PackedWeight packed;

    DenseProjection(String weight, String bias, int rows, int columns) {
        this.weight = Parameter.of(weight, rows, columns);
        this.bias = Parameter.of(bias, rows, 1);
        this.packed = new PackedWeight(this.weight.value());
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight, bias);
    }

    @Override
    public void pack(Kernel kernel) {
        packed.pack(kernel);
    }

    @Override
    public void packTransposed(Kernel kernel) {
        packed.packTransposed(kernel);
    }

    @Override
    public void forward(Kernel kernel, LayerInput x, R032Store y, Columns columns) {
        LayerInput.Hidden below = hidden(x);
        kernel.fillColumns(bias.value(), y, columns);
        kernel.multiplyAdd(packed.matrix(), below.values(), below.columns(columns), y, columns);
    }

    @Override
    public void backward(Kernel kernel, R032Store dY, LayerInput x, Columns columns) {
        R032Store dX = hidden(x).gradient();
        if (dX == null) {
            return;
        }
        int rows = dX.getRowDim();
        for (int j = 0; j < columns.count(); j++) {
            Arrays.fill(dX.data, columns.at(j) * rows, (columns.at(j) + 1) * rows, 0f);
        }
        kernel.multiplyAdd(packed.transposed(), dY, columns, dX, columns);
    }

    @Override
    public void gradients(R032Store dY, LayerInput x, Consumer<GradientTask> tasks) {
        LayerInput.Hidden below = hidden(x);
        int count = dY.getColDim();
        int rows = dY.getRowDim();
        tasks.accept(GradientTask.of(
                rows,
                (k, from, to) ->
                        k.multiplyTransposed(dY, below.values(), below.shift(), count, from, to, weight.gradient())));
        tasks.accept(GradientTask.of(rows, (k, from, to) -> k.rowSums(dY, count, from, to, bias.gradient())));
    }

    private static LayerInput.Hidden hidden(LayerInput x) {
        return (LayerInput.Hidden) x;
    }
}
