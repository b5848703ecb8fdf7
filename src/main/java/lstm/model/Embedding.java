package lstm.model;

import lstm.kernel.Addend;
import lstm.kernel.Columns;
import lstm.kernel.Kernel;
import lstm.kernel.Workers;
import org.jspecify.annotations.Nullable;
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
    private final R032Store table;
    /** The gradient by the table. */
    private final R032Store dTable;
    // Kept, so that a step allocates nothing.
    private final Workers.Task finish = this::finish;
    /** For the window that was read last. */
    private Addend.@Nullable Gathered addend;

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
        table = R032Store.FACTORY.make(size, vocabulary);
        dTable = R032Store.FACTORY.make(size, vocabulary);
    }

    /** Room for the vectors of so many tokens. */
    LayerInput.Hidden newOutput(int columns, boolean training) {
        int size = table.getRowDim();
        return new LayerInput.Hidden(
                LayerWindow.matrix(size, columns), 0, training ? LayerWindow.matrix(size, columns) : null);
    }

    void pack(Kernel kernel) {
        kernel.transpose(weight.value(), Addend.ZERO, table, Columns.range(0, table.getColDim()));
    }

    /** The vectors of a shard's tokens. */
    void forward(Kernel kernel, int[] tokens, LayerInput.Hidden output, Shard shard) {
        Addend.Gathered last = addend;
        if (last == null || last.tokens() != tokens) {
            last = new Addend.Gathered(table, tokens);
            addend = last;
        }
        kernel.fill(last, output.values(), shard.all());
    }

    /** Sums the gradients by the tokens' vectors. */
    GradientTask gradients(int[] tokens, R032Store dOutput) {
        return GradientTask.of(table.getRowDim(), (k, from, to) -> k.scatterColumns(dOutput, tokens, from, to, dTable));
    }

    /** After all other gradients: brings the sums to the weight's. */
    void finishGradient(Workers workers) {
        workers.run(Math.min(BLOCKS, weight.value().getColDim()), finish);
    }

    private void finish(Kernel kernel, int block) {
        int size = weight.value().getColDim();
        int blocks = Math.min(BLOCKS, size);
        int from = size * block / blocks;
        Columns columns = Columns.range(from, size * (block + 1) / blocks - from);
        kernel.transpose(dTable, ofGradient, weight.gradient(), columns);
    }
}
