package lstm.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lstm.kernel.Addend;
import lstm.kernel.Kernel;
import lstm.kernel.WeightGradient;
import org.ojalgo.matrix.store.R032Store;

/** A projection of what an attention makes of the top layer's output. */
final class AttendedProjection implements Projection {

    private final Attention attention;
    private final Projection projection;

    AttendedProjection(Attention attention, Projection projection) {
        this.attention = attention;
        this.projection = projection;
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(attention.parameters());
        all.addAll(projection.parameters());
        return all;
    }

    @Override
    public Parameter bias() {
        return projection.bias();
    }

    @Override
    public void packing(Consumer<Consumer<Kernel>> tasks) {
        attention.packing(tasks);
        projection.packing(tasks);
    }

    @Override
    public void packingTransposed(Consumer<Consumer<Kernel>> tasks) {
        attention.packingTransposed(tasks);
        projection.packingTransposed(tasks);
    }

    @Override
    public Addend forward(Kernel kernel, LayerInput x, R032Store y, Shard shard) {
        LayerInput.Attended attended = (LayerInput.Attended) x;
        attention.forward(kernel, attended.top(), attended.window(), shard);
        return projection.forward(kernel, attended.window().output(), y, shard);
    }

    @Override
    public void backward(Kernel kernel, R032Store dY, LayerInput x, Shard shard) {
        LayerInput.Attended attended = (LayerInput.Attended) x;
        projection.backward(kernel, dY, attended.window().output(), shard);
        attention.backward(kernel, attended.top(), attended.window(), shard);
    }

    @Override
    public void gradients(R032Store dY, LayerInput x, List<WeightGradient> others, Consumer<GradientTask> tasks) {
        LayerInput.Attended attended = (LayerInput.Attended) x;
        attention.gradients(attended.top(), attended.window(), tasks);
        projection.gradients(dY, attended.window().output(), others, tasks);
    }
}
