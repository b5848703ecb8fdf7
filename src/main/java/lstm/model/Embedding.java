package lstm.model;

import lstm.kernel.Addend;
import lstm.kernel.Columns;
import lstm.kernel.Kernel;
import lstm.kernel.Workers;
import org.ojalgo.matrix.store.R032Store;

/**
 * A learnt vector for every token. Tied to the output layer, it has no weights of its own: a token is read as the vector that its
 * logit is a product with (Press and Wolf, 2017; Inan, Khosravi and Socher, 2017).
 */
final class Embedding {

    private static final int BLOCKS = 8;

    private final Parameter weight;
    private final Addend ofGradient;
    /** The vectors as columns, N x V. */
    private final TokenTable table;
    /** The gradient by the table. */
    private final R032Store dTable;
    // Kept, so that a step allocates nothing.
    private final Workers.Task finish = this::finish;

    /**
     * An embedding in a V x N weight.
     *
     * @param tied whether the weight has another gradient already, to which this one is added
     */
    Embedding(Parameter weight, boolean tied) {
        this.weight = weight;
        this.ofGradient = tied ? Addend.OWN : Addend.ZERO;
        int vocabulary = weight.value().getRowDim();
        int size = weight.value().getColDim();
        table = new TokenTable(size, vocabulary);
        dTable = R032Store.FACTORY.make(size, vocabulary);
    }

    /** Room for the vectors of so many tokens. */
    LayerInput.Hidden newOutput(int columns, boolean training) {
        return LayerInput.Hidden.ofColumns(weight.value().getColDim(), columns, training);
    }

    void pack(Kernel kernel) {
        kernel.transpose(weight.value(), Addend.ZERO, table.columns(), Columns.range(0, dTable.getColDim()));
    }

    /** The vectors of a shard's tokens. */
    void forward(Kernel kernel, int[] tokens, LayerInput.Hidden output, Shard shard) {
        kernel.fill(table.of(tokens), output.values(), shard.all());
    }

    /** Sums the gradients by the tokens' vectors. */
    GradientTask gradients(int[] tokens, R032Store dOutput) {
        return GradientTask.of(
                dTable.getRowDim(), (k, from, to) -> k.scatterColumns(dOutput, tokens, from, to, dTable));
    }

    /** After all other gradients: brings the sums to the weight's. */
    void finishGradient(Workers workers) {
        workers.run(Math.min(BLOCKS, weight.value().getColDim()), finish);
    }

    private void finish(Kernel kernel, int block) {
        int size = weight.value().getColDim();
        Columns columns = Columns.part(size, block, Math.min(BLOCKS, size));
        kernel.transpose(dTable, ofGradient, weight.gradient(), columns);
    }
}
