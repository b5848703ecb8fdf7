package lstm.model;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import lstm.kernel.Addend;
import lstm.kernel.Kernel;
import lstm.kernel.WeightGradient;
import org.ojalgo.matrix.store.R032Store;

/** A projection of tokens' vectors. */
final class EmbeddedProjection implements Projection {

    private final Embedding embedding;
    private final DenseProjection projection;

    EmbeddedProjection(Embedding embedding, Parameter weight, Parameter bias) {
        this.embedding = embedding;
        projection = new DenseProjection(weight, bias);
    }

    @Override
    public List<Parameter> parameters() {
        return projection.parameters();
    }

    @Override
    public Parameter bias() {
        return projection.bias();
    }

    @Override
    public void packing(Consumer<Consumer<Kernel>> tasks) {
        tasks.accept(embedding::pack);
        projection.packing(tasks);
    }

    @Override
    public void packingTransposed(Consumer<Consumer<Kernel>> tasks) {
        projection.packingTransposed(tasks);
    }

    @Override
    public Addend forward(Kernel kernel, LayerInput x, R032Store y, Shard shard) {
        LayerInput.Tokens tokens = (LayerInput.Tokens) x;
        embedding.forward(kernel, tokens.ids(), vectors(tokens), shard);
        return projection.forward(kernel, vectors(tokens), y, shard);
    }

    @Override
    public void backward(Kernel kernel, R032Store dY, LayerInput x, Shard shard) {
        projection.backward(kernel, dY, vectors((LayerInput.Tokens) x), shard);
    }

    @Override
    public void gradients(R032Store dY, LayerInput x, List<WeightGradient> others, Consumer<GradientTask> tasks) {
        LayerInput.Tokens tokens = (LayerInput.Tokens) x;
        LayerInput.Hidden vectors = vectors(tokens);
        projection.gradients(dY, vectors, others, tasks);
        tasks.accept(embedding.gradients(tokens.ids(), Objects.requireNonNull(vectors.gradient())));
    }

    private static LayerInput.Hidden vectors(LayerInput.Tokens tokens) {
        return Objects.requireNonNull(tokens.vectors());
    }
}
