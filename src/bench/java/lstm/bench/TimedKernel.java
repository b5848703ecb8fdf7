package lstm.bench;

import java.util.Arrays;
import java.util.List;
import lstm.kernel.AdamStep;
import lstm.kernel.Addend;
import lstm.kernel.CellStep;
import lstm.kernel.Columns;
import lstm.kernel.DiagonalGradient;
import lstm.kernel.Helpers;
import lstm.kernel.Kernel;
import lstm.kernel.PackedMatrix;
import lstm.kernel.StateGradients;
import lstm.kernel.WeightGradient;
import org.ojalgo.matrix.store.R032Store;

/** A kernel that notes how long each of its operations took, and how much arithmetic its products were. */
final class TimedKernel implements Kernel {

    enum Operation {
        PACK,
        MULTIPLY,
        GRADIENT,
        COLUMNS,
        FORWARD_GATES,
        BACKWARD_GATES,
        ATTENTION,
        DROPOUT,
        LOSS,
        NORM,
        ADAM
    }

    private final Kernel kernel;
    private final long[] nanos = new long[Operation.values().length];
    private double flops;

    TimedKernel(Kernel kernel) {
        this.kernel = kernel;
    }

    long nanos(Operation operation) {
        return nanos[operation.ordinal()];
    }

    /** Floating-point operations of all products so far. */
    double flops() {
        return flops;
    }

    void reset() {
        Arrays.fill(nanos, 0);
        flops = 0;
    }

    private void took(Operation operation, long from) {
        nanos[operation.ordinal()] += System.nanoTime() - from;
    }

    @Override
    public String name() {
        return kernel.name();
    }

    @Override
    public void takeHelp(Helpers idle) {
        kernel.takeHelp(idle);
    }

    @Override
    public PackedMatrix newPacked(int rows, int columns) {
        return kernel.newPacked(rows, columns);
    }

    @Override
    public void pack(R032Store matrix, Columns columns, PackedMatrix packed, int at) {
        long from = System.nanoTime();
        kernel.pack(matrix, columns, packed, at);
        took(Operation.PACK, from);
    }

    @Override
    public void packTransposed(R032Store matrix, Columns columns, PackedMatrix packed, int at) {
        long from = System.nanoTime();
        kernel.packTransposed(matrix, columns, packed, at);
        took(Operation.PACK, from);
    }

    @Override
    public void multiply(PackedMatrix a, R032Store b, Columns bColumns, Addend addend, R032Store c, Columns cColumns) {
        long from = System.nanoTime();
        kernel.multiply(a, b, bColumns, addend, c, cColumns);
        took(Operation.MULTIPLY, from);
        flops += 2.0 * a.rows() * a.columns() * bColumns.count();
    }

    @Override
    public void weightGradients(
            R032Store dY, Columns columns, List<WeightGradient> weights, R032Store dBias, int fromRow, int toRow) {
        long from = System.nanoTime();
        kernel.weightGradients(dY, columns, weights, dBias, fromRow, toRow);
        took(Operation.GRADIENT, from);
        for (WeightGradient weight : weights) {
            flops += 2.0 * (toRow - fromRow) * weight.input().getRowDim() * columns.count();
        }
    }

    @Override
    public void addToColumns(R032Store w, R032Store bias, R032Store table) {
        long from = System.nanoTime();
        kernel.addToColumns(w, bias, table);
        took(Operation.COLUMNS, from);
    }

    @Override
    public void scatterColumns(R032Store a, int[] tokens, int fromRow, int toRow, R032Store c) {
        long from = System.nanoTime();
        kernel.scatterColumns(a, tokens, fromRow, toRow, c);
        took(Operation.COLUMNS, from);
    }

    @Override
    public void transpose(R032Store a, Addend addend, R032Store c, Columns columns) {
        long from = System.nanoTime();
        kernel.transpose(a, addend, c, columns);
        took(Operation.COLUMNS, from);
    }

    @Override
    public void copyColumns(R032Store a, Columns aColumns, R032Store c, Columns cColumns) {
        long from = System.nanoTime();
        kernel.copyColumns(a, aColumns, c, cColumns);
        took(Operation.COLUMNS, from);
    }

    @Override
    public void addColumns(R032Store a, Columns aColumns, R032Store c, Columns cColumns) {
        long from = System.nanoTime();
        kernel.addColumns(a, aColumns, c, cColumns);
        took(Operation.COLUMNS, from);
    }

    @Override
    public void addRows(R032Store a, int fromRow, int toRow, R032Store c) {
        long from = System.nanoTime();
        kernel.addRows(a, fromRow, toRow, c);
        took(Operation.COLUMNS, from);
    }

    @Override
    public void fill(Addend addend, R032Store c, Columns columns) {
        long from = System.nanoTime();
        kernel.fill(addend, c, columns);
        took(Operation.COLUMNS, from);
    }

    @Override
    public void stepForward(CellStep step, Columns columns) {
        long from = System.nanoTime();
        kernel.stepForward(step, columns);
        took(Operation.FORWARD_GATES, from);
    }

    @Override
    public void stepBackward(CellStep step, StateGradients gradients, Columns columns) {
        long from = System.nanoTime();
        kernel.stepBackward(step, gradients, columns);
        took(Operation.BACKWARD_GATES, from);
    }

    @Override
    public void diagonalGradient(DiagonalGradient gradient, int fromRow, int toRow) {
        long from = System.nanoTime();
        kernel.diagonalGradient(gradient, fromRow, toRow);
        took(Operation.COLUMNS, from);
    }

    @Override
    public void multiplyElements(R032Store a, Columns aColumns, R032Store b, R032Store c, Columns cColumns) {
        long from = System.nanoTime();
        kernel.multiplyElements(a, aColumns, b, c, cColumns);
        took(Operation.DROPOUT, from);
    }

    @Override
    public void dropoutMask(long key, float dropout, R032Store mask, Columns columns) {
        long from = System.nanoTime();
        kernel.dropoutMask(key, dropout, mask, columns);
        took(Operation.DROPOUT, from);
    }

    @Override
    public void softmaxCrossEntropy(R032Store logits, Columns columns, int[] targets, float[] losses, float scale) {
        long from = System.nanoTime();
        kernel.softmaxCrossEntropy(logits, columns, targets, losses, scale);
        took(Operation.LOSS, from);
    }

    @Override
    public void softmaxBands(R032Store scores, Columns columns, int first, int width) {
        long from = System.nanoTime();
        kernel.softmaxBands(scores, columns, first, width);
        took(Operation.ATTENTION, from);
    }

    @Override
    public void softmaxGradient(R032Store p, R032Store d, Columns columns, int first, int width) {
        long from = System.nanoTime();
        kernel.softmaxGradient(p, d, columns, first, width);
        took(Operation.ATTENTION, from);
    }

    @Override
    public void normalizeColumns(R032Store a, Columns aColumns, float scale, R032Store c, Columns cColumns) {
        long from = System.nanoTime();
        kernel.normalizeColumns(a, aColumns, scale, c, cColumns);
        took(Operation.ATTENTION, from);
    }

    @Override
    public void normalizeGradient(R032Store a, Columns aColumns, float scale, R032Store d, Columns dColumns) {
        long from = System.nanoTime();
        kernel.normalizeGradient(a, aColumns, scale, d, dColumns);
        took(Operation.ATTENTION, from);
    }

    @Override
    public void addGated(R032Store gates, R032Store x, R032Store c, Columns columns) {
        long from = System.nanoTime();
        kernel.addGated(gates, x, c, columns);
        took(Operation.ATTENTION, from);
    }

    @Override
    public void addGatedGradient(R032Store gates, R032Store x, R032Store dC, Columns columns) {
        long from = System.nanoTime();
        kernel.addGatedGradient(gates, x, dC, columns);
        took(Operation.ATTENTION, from);
    }

    @Override
    public double sumOfSquares(R032Store a, int from, int to) {
        long start = System.nanoTime();
        double sum = kernel.sumOfSquares(a, from, to);
        took(Operation.NORM, start);
        return sum;
    }

    @Override
    public void adam(R032Store value, R032Store gradient, R032Store m, R032Store v, int from, int to, AdamStep step) {
        long start = System.nanoTime();
        kernel.adam(value, gradient, m, v, from, to, step);
        took(Operation.ADAM, start);
    }
}
