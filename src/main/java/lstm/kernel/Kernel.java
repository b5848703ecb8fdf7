package lstm.kernel;

import java.util.List;
import org.ojalgo.matrix.store.R032Store;

/**
 * The heavy arithmetic: matrix products, activations, loss and optimizer update on column-major float matrices.
 *
 * <p>What every kernel promises:
 *
 * <ul>
 *   <li>A column of a result depends on that column's operands alone, not on which other columns are worked on in the
 *       same call, and a row of {@link #weightGradients} likewise: so work can be split by columns or rows among any
 *       number of threads with the same bits.
 *   <li>The same operands give the same bits in every run on the same machine, however warm the JVM is.
 *   <li>Scratch memory is kept: a call allocates next to nothing.
 * </ul>
 *
 * <p>A kernel owns scratch memory: one thread uses it at a time. Shapes and aliasing are checked by
 * {@link CheckedKernel}, which {@link KernelChoice} puts in front of every kernel; implementations trust their
 * arguments. Symbols: V vocabulary, H hidden size, B streams, T steps.
 */
public interface Kernel {

    /** Added to the square of a length before something is divided by it. */
    float LEAST_SQUARE = 1e-6f;

    /** The name that {@code --kernel} knows it by. */
    String name();

    /** Lets threads that have nothing to do take part in what they can; without them, a kernel does everything itself. */
    default void takeHelp(Helpers idle) {}

    /** Room for a packed rows x columns matrix. */
    PackedMatrix newPacked(int rows, int columns);

    /** packed = matrix. */
    default void pack(R032Store matrix, PackedMatrix packed) {
        pack(matrix, Columns.range(0, matrix.getColDim()), packed, 0);
    }

    /** packed = matrix'. */
    default void packTransposed(R032Store matrix, PackedMatrix packed) {
        packTransposed(matrix, Columns.range(0, matrix.getColDim()), packed, 0);
    }

    /** The columns from {@code at} on of packed = matrix[:, columns], neighbours. */
    void pack(R032Store matrix, Columns columns, PackedMatrix packed, int at);

    /** The rows from {@code at} on of packed = matrix[:, columns]', neighbours. */
    void packTransposed(R032Store matrix, Columns columns, PackedMatrix packed, int at);

    /** c[:, cColumns] = addend + a b[:, bColumns]; a is M x K, the i-th of cColumns takes the i-th of bColumns. */
    void multiply(PackedMatrix a, R032Store b, Columns bColumns, Addend addend, R032Store c, Columns cColumns);

    /**
     * The rows fromRow..toRow of the gradients of y = W1 x1 + W2 x2 + ... + b: dWi = dY xi', and db the sum of dY's columns,
     * both summed over these columns of dY, neighbours, in ascending order.
     *
     * @param dY M rows
     * @param dBias M x 1
     */
    void weightGradients(
            R032Store dY, Columns columns, List<WeightGradient> weights, R032Store dBias, int fromRow, int toRow);

    /** table[:, j] = w[:, j] + bias, for {@link Addend.Gathered}. */
    void addToColumns(R032Store w, R032Store bias, R032Store table);

    /**
     * c[fromRow..toRow) = the sums of a's columns by token, in ascending order: the gradient of a product with a one-hot
     * matrix.
     *
     * @param a M x columns
     * @param tokens one for every column of a
     * @param c M x V
     */
    void scatterColumns(R032Store a, int[] tokens, int fromRow, int toRow, R032Store c);

    /** c[:, columns] = addend + a'[:, columns]; c is M x N, a is N x M. */
    void transpose(R032Store a, Addend addend, R032Store c, Columns columns);

    /** c[:, cColumns] = a[:, aColumns], the i-th of the i-th. */
    void copyColumns(R032Store a, Columns aColumns, R032Store c, Columns cColumns);

    /** c[:, cColumns] += a[:, aColumns], the i-th to the i-th. */
    void addColumns(R032Store a, Columns aColumns, R032Store c, Columns cColumns);

    /** c[fromRow..toRow) += the same rows of a. */
    void addRows(R032Store a, int fromRow, int toRow, R032Store c);

    /** c[:, columns] = addend. */
    void fill(Addend addend, R032Store c, Columns columns);

    /**
     * One step of a cell, between two products: the gates are activated, the states are read at the given columns and written B
     * columns further on.
     *
     * @param columns streams of one step
     */
    void stepForward(CellStep step, Columns columns);

    /**
     * The gradient of {@link #stepForward}: {@code gates} become the gradient by the recurrent product in place, and the carried
     * gradient, by the new state, becomes that by the previous one, where the cell carries one.
     */
    void stepBackward(CellStep step, StateGradients gradients, Columns columns);

    /** The rows fromRow..toRow of the gradient of y = w x, element by element: the sums of dY x over the columns, ascending. */
    void diagonalGradient(DiagonalGradient gradient, int fromRow, int toRow);

    /** c[:, cColumns] = a[:, aColumns] * b[:, cColumns], element by element; c may be a. */
    void multiplyElements(R032Store a, Columns aColumns, R032Store b, R032Store c, Columns cColumns);

    /**
     * A dropout mask: elements of the columns become 0 with the probability {@code dropout}, else 1 / (1 - dropout),
     * as a function of {@code key} and their place alone (a counter-based generator: SplitMix64's finalizer, Steele,
     * Lea and Flood 2014).
     */
    void dropoutMask(long key, float dropout, R032Store mask, Columns columns);

    /**
     * Softmax cross-entropy of the logits (V x columns): losses[j] = -log p(targets[j]) in nats for every j of columns, at most the
     * largest float. Of a column whose largest logit is a number, everything comes out as numbers; NaN logits give NaN.
     * With {@code scale} above 0 the logits become the loss's gradient times {@code scale}; with 0 they are kept.
     */
    void softmaxCrossEntropy(R032Store logits, Columns columns, int[] targets, float[] losses, float scale);

    /**
     * In column {@code first} the elements 0..width become their softmax, in the next one the elements 1..width+1, and so on; all
     * others become 0.
     */
    void softmaxBands(R032Store scores, Columns columns, int first, int width);

    /** The gradient of {@link #softmaxBands}: in the bands d = p (d - the sum of p d), elsewhere 0; d's columns are those of p. */
    void softmaxGradient(R032Store p, R032Store d, Columns columns, int first, int width);

    /**
     * c[:, cColumns] = scale * a[:, aColumns], each divided by its length: the root of {@link #LEAST_SQUARE} and the sum of its squares,
     * so that zeros stay zeros.
     */
    void normalizeColumns(R032Store a, Columns aColumns, float scale, R032Store c, Columns cColumns);

    /** The gradient of {@link #normalizeColumns}: d, by c in the same columns, becomes that by a. */
    void normalizeGradient(R032Store a, Columns aColumns, float scale, R032Store d, Columns dColumns);

    /** In the columns: gates = logistic(gates), c += gates * x, element by element. */
    void addGated(R032Store gates, R032Store x, R032Store c, Columns columns);

    /** The gradient of {@link #addGated}: from dC, and gates as they were left, to dX in place of x and dGates in place of gates. */
    void addGatedGradient(R032Store gates, R032Store x, R032Store dC, Columns columns);

    /** The sum of the squares of the elements from..to of the backing array. */
    double sumOfSquares(R032Store a, int from, int to);

    /** One step of Adam on the elements from..to of the backing arrays. */
    void adam(R032Store value, R032Store gradient, R032Store m, R032Store v, int from, int to, AdamStep step);
}
