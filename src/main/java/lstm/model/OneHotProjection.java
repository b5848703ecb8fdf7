package lstm.model;

import java.util.List;
import java.util.function.Consumer;
import lstm.kernel.Columns;
import lstm.kernel.Kernel;
import org.ojalgo.matrix.store.R032Store;

/** A projection of one-hot tokens: its product is a column of the weight, its gradient an addition to one. */
final class OneHotProjection implements Projection {

    private final Parameter weight;
    private final Parameter bias;

    OneHotProjection(String weight, String bias, int rows, int vocabulary) {
        this.weight = Parameter.of(weight, rows, vocabulary);
        this.bias = Parameter.of(bias, rows, 1);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(weight, bias);
    }

    @Override
    public void pack(Kernel kernel) {
        // Columns are read as they stand.
    }

    @Override
    public void packTransposed(Kernel kernel) {
        // Nothing flows back into tokens.
    }

    @Override
    public void forward(Kernel kernel, LayerInput x, R032Store y, Columns columns) {
        kernel.gatherColumns(weight.value(), bias.value(), ids(x), y, columns);
    }

    @Override
    public void backward(Kernel kernel, R032Store dY, LayerInput x, Columns columns) {
        // Nothing flows back into tokens.
    }

    @Override
    public void gradients(R032Store dY, LayerInput x, Consumer<GradientTask> tasks) {
        int count = dY.getColDim();
        int rows = dY.getRowDim();
        tasks.accept(GradientTask.of(
                rows, (k, from, to) -> k.scatterColumns(dY, ids(x), count, from, to, weight.gradient())));
        tasks.accept(GradientTask.of(rows, (k, from, to) -> k.rowSums(dY, count, from, to, bias.gradient())));
    }

    private static int[] ids(LayerInput x) {
        return ((LayerInput.Tokens) x).ids();
    }
}
