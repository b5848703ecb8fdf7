package lstm.kernel;

import java.util.List;
import org.ojalgo.matrix.store.R032Store;

/**
 * Checks shapes, ranges and aliasing before another kernel works.
 *
 * <p>ojAlgo hardly does (a 2 x 3 times a 2 x 1 matrix gives garbage, a product into its own operand zeros), and inner
 * loops should not. A mistake here is the programmer's: {@link IllegalArgumentException}.
 */
final class CheckedKernel implements Kernel {

    private final Kernel kernel;

    CheckedKernel(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public String name() {
        return kernel.name();
    }

    @Override
    public PackedMatrix newPacked(int rows, int columns) {
        require(rows > 0 && columns > 0, "a packed matrix is not empty");
        return kernel.newPacked(rows, columns);
    }

    @Override
    public void pack(R032Store matrix, PackedMatrix packed) {
        shape(matrix, packed.rows(), packed.columns());
        kernel.pack(matrix, packed);
    }

    @Override
    public void packTransposed(R032Store matrix, PackedMatrix packed) {
        shape(matrix, packed.columns(), packed.rows());
        kernel.packTransposed(matrix, packed);
    }

    @Override
    public void multiply(PackedMatrix a, R032Store b, Columns bColumns, Addend addend, R032Store c, Columns cColumns) {
        rows(b, a.columns());
        rows(c, a.rows());
        columns(b, bColumns);
        columns(c, cColumns);
        require(bColumns.count() == cColumns.count(), "as many columns of b as of c");
        distinct(b, c);
        if (addend instanceof Addend.Column bias) {
            shape(bias.column(), a.rows(), 1);
            distinct(bias.column(), c);
        } else if (addend instanceof Addend.Gathered gathered) {
            rows(gathered.table(), a.rows());
            tokens(gathered.tokens(), cColumns, gathered.table().getColDim());
            distinct(gathered.table(), c);
        }
        kernel.multiply(a, b, bColumns, addend, c, cColumns);
    }

    @Override
    public void weightGradients(R032Store dY, List<WeightGradient> weights, R032Store dBias, int fromRow, int toRow) {
        rowRange(dY, fromRow, toRow);
        shape(dBias, dY.getRowDim(), 1);
        distinct(dY, dBias);
        for (int i = 0; i < weights.size(); i++) {
            WeightGradient weight = weights.get(i);
            shape(weight.gradient(), dY.getRowDim(), weight.input().getRowDim());
            columns(weight.input(), Columns.range(weight.first(), dY.getColDim()));
            distinct(dY, weight.gradient());
            distinct(weight.input(), dBias);
            distinct(weight.gradient(), dBias);
            for (int j = 0; j < weights.size(); j++) {
                distinct(weight.gradient(), weights.get(j).input());
                if (i != j) {
                    distinct(weight.gradient(), weights.get(j).gradient());
                }
            }
        }
        kernel.weightGradients(dY, weights, dBias, fromRow, toRow);
    }

    @Override
    public void addToColumns(R032Store w, R032Store bias, R032Store table) {
        shape(bias, w.getRowDim(), 1);
        shape(table, w.getRowDim(), w.getColDim());
        kernel.addToColumns(w, bias, table);
    }

    @Override
    public void scatterColumns(R032Store a, int[] tokens, int fromRow, int toRow, R032Store c) {
        rows(c, a.getRowDim());
        rowRange(c, fromRow, toRow);
        tokens(tokens, Columns.range(0, a.getColDim()), c.getColDim());
        distinct(a, c);
        kernel.scatterColumns(a, tokens, fromRow, toRow, c);
    }

    @Override
    public void lstmForward(
            R032Store gates, R032Store cell, R032Store tanhCell, R032Store hidden, Columns columns, int shift) {
        int h = hidden.getRowDim();
        rows(gates, 4 * h);
        rows(cell, h);
        rows(tanhCell, h);
        columns(gates, columns);
        columns(tanhCell, columns);
        columns(cell, columns, shift);
        columns(hidden, columns, shift);
        require(columns.repeats() == 1 && columns.width() <= shift, "one step of the streams at a time");
        distinct(cell, hidden);
        distinct(cell, tanhCell);
        distinct(hidden, tanhCell);
        kernel.lstmForward(gates, cell, tanhCell, hidden, columns, shift);
    }

    @Override
    public void lstmBackward(
            R032Store gates,
            R032Store cell,
            R032Store tanhCell,
            R032Store dHidden,
            R032Store dCell,
            Columns columns,
            int shift) {
        int h = cell.getRowDim();
        rows(gates, 4 * h);
        rows(tanhCell, h);
        rows(dHidden, h);
        shape(dCell, h, shift);
        columns(gates, columns);
        columns(cell, columns, shift);
        columns(tanhCell, columns);
        columns(dHidden, columns);
        require(columns.repeats() == 1 && columns.width() <= shift, "one step of the streams at a time");
        distinct(dHidden, dCell);
        distinct(cell, dHidden);
        distinct(cell, dCell);
        distinct(tanhCell, dCell);
        kernel.lstmBackward(gates, cell, tanhCell, dHidden, dCell, columns, shift);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same matrix, not an equal one
    public void multiplyElements(R032Store a, Columns aColumns, R032Store b, R032Store c, Columns cColumns) {
        rows(a, c.getRowDim());
        rows(b, c.getRowDim());
        columns(a, aColumns);
        columns(b, cColumns);
        columns(c, cColumns);
        require(aColumns.count() == cColumns.count(), "as many columns of a as of c");
        require(a != c || aColumns.equals(cColumns), "c is a only where the columns are the same");
        kernel.multiplyElements(a, aColumns, b, c, cColumns);
    }

    @Override
    public void dropoutMask(long key, float dropout, R032Store mask, Columns columns) {
        require(dropout >= 0 && dropout < 1, "dropout from 0 to below 1");
        columns(mask, columns);
        kernel.dropoutMask(key, dropout, mask, columns);
    }

    @Override
    public void softmaxCrossEntropy(R032Store logits, Columns columns, int[] targets, float[] losses, float scale) {
        columns(logits, columns);
        tokens(targets, columns, logits.getRowDim());
        require(columns.end() <= losses.length, "a loss for every column");
        kernel.softmaxCrossEntropy(logits, columns, targets, losses, scale);
    }

    @Override
    public double sumOfSquares(R032Store a, int from, int to) {
        elements(a, from, to);
        return kernel.sumOfSquares(a, from, to);
    }

    @Override
    public void adam(R032Store value, R032Store gradient, R032Store m, R032Store v, int from, int to, AdamStep step) {
        sameShape(gradient, value);
        sameShape(m, value);
        sameShape(v, value);
        distinct(gradient, m);
        distinct(gradient, v);
        distinct(m, v);
        elements(value, from, to);
        kernel.adam(value, gradient, m, v, from, to, step);
    }

    private static void shape(R032Store matrix, int rows, int columns) {
        if (matrix.getRowDim() != rows || matrix.getColDim() != columns) {
            throw refusal("expected a " + rows + " x " + columns + " matrix, found " + matrix.getRowDim() + " x "
                    + matrix.getColDim());
        }
    }

    private static void sameShape(R032Store matrix, R032Store value) {
        shape(matrix, value.getRowDim(), value.getColDim());
        distinct(matrix, value);
    }

    private static void rows(R032Store matrix, int rows) {
        if (matrix.getRowDim() != rows) {
            throw refusal("expected " + rows + " rows, found " + matrix.getRowDim());
        }
    }

    private static void columns(R032Store matrix, Columns columns) {
        columns(matrix, columns, 0);
    }

    private static void columns(R032Store matrix, Columns columns, int shift) {
        if (columns.end() + (long) shift > matrix.getColDim()) {
            throw refusal(columns.shifted(shift) + " of a matrix with " + matrix.getColDim());
        }
    }

    private static void rowRange(R032Store matrix, int from, int to) {
        if (from < 0 || from >= to || to > matrix.getRowDim()) {
            throw refusal("rows " + from + " to " + to + " of a matrix with " + matrix.getRowDim());
        }
    }

    private static void elements(R032Store matrix, int from, int to) {
        if (from < 0 || from > to || to > matrix.data.length) {
            throw refusal("elements " + from + " to " + to + " of " + matrix.data.length);
        }
    }

    private static void tokens(int[] tokens, Columns columns, int size) {
        if (columns.end() > tokens.length) {
            throw refusal("expected a token for every column");
        }
        for (int j = 0; j < columns.count(); j++) {
            int token = tokens[columns.at(j)];
            if (token < 0 || token >= size) {
                throw refusal("token " + token + " of a vocabulary of " + size);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same matrix, not an equal one
    private static void distinct(R032Store a, R032Store b) {
        require(a != b && a.data != b.data, "a result may not be its own operand");
    }

    private static void require(boolean condition, String expectation) {
        if (!condition) {
            throw refusal(expectation);
        }
    }

    private static IllegalArgumentException refusal(String what) {
        return new IllegalArgumentException("kernel: " + what);
    }
}
