package lstm.kernel;

import static lstm.kernel.Shapes.columns;
import static lstm.kernel.Shapes.distinct;
import static lstm.kernel.Shapes.elements;
import static lstm.kernel.Shapes.require;
import static lstm.kernel.Shapes.rowRange;
import static lstm.kernel.Shapes.rows;
import static lstm.kernel.Shapes.shape;
import static lstm.kernel.Shapes.tokens;

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
    public void takeHelp(Helpers idle) {
        kernel.takeHelp(idle);
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
    public void pack(R032Store matrix, Columns columns, PackedMatrix packed, int at) {
        rows(matrix, packed.rows());
        part(matrix, columns, at, packed.columns());
        kernel.pack(matrix, columns, packed, at);
    }

    private static void part(R032Store matrix, Columns columns, int at, int room) {
        columns(matrix, columns);
        require(columns.repeats() == 1, "neighbouring columns to be packed");
        require(at >= 0 && at + columns.count() <= room, "a part of the packed matrix");
    }

    @Override
    public void packTransposed(R032Store matrix, PackedMatrix packed) {
        shape(matrix, packed.columns(), packed.rows());
        kernel.packTransposed(matrix, packed);
    }

    @Override
    public void packTransposed(R032Store matrix, Columns columns, PackedMatrix packed, int at) {
        rows(matrix, packed.columns());
        part(matrix, columns, at, packed.rows());
        kernel.packTransposed(matrix, columns, packed, at);
    }

    @Override
    public void multiply(PackedMatrix a, R032Store b, Columns bColumns, Addend addend, R032Store c, Columns cColumns) {
        rows(b, a.columns());
        rows(c, a.rows());
        columns(b, bColumns);
        columns(c, cColumns);
        require(bColumns.count() == cColumns.count(), "as many columns of b as of c");
        distinct(b, c);
        addend(addend, c, cColumns);
        kernel.multiply(a, b, bColumns, addend, c, cColumns);
    }

    private static void addend(Addend addend, R032Store c, Columns columns) {
        if (addend instanceof Addend.Column bias) {
            shape(bias.column(), c.getRowDim(), 1);
            distinct(bias.column(), c);
        } else if (addend instanceof Addend.Gathered gathered) {
            rows(gathered.table(), c.getRowDim());
            tokens(gathered.tokens(), columns, gathered.table().getColDim());
            distinct(gathered.table(), c);
        }
    }

    @Override
    public void weightGradients(
            R032Store dY, Columns columns, List<WeightGradient> weights, R032Store dBias, int fromRow, int toRow) {
        columns(dY, columns);
        require(columns.repeats() == 1, "neighbouring columns of dY");
        rowRange(dY, fromRow, toRow);
        shape(dBias, dY.getRowDim(), 1);
        distinct(dY, dBias);
        for (int i = 0; i < weights.size(); i++) {
            WeightGradient weight = weights.get(i);
            shape(weight.gradient(), dY.getRowDim(), weight.input().getRowDim());
            columns(weight.input(), columns.shifted(weight.first()));
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
        kernel.weightGradients(dY, columns, weights, dBias, fromRow, toRow);
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
    public void transpose(R032Store a, Addend addend, R032Store c, Columns columns) {
        shape(a, c.getColDim(), c.getRowDim());
        columns(c, columns);
        distinct(a, c);
        addend(addend, c, columns);
        kernel.transpose(a, addend, c, columns);
    }

    @Override
    public void copyColumns(R032Store a, Columns aColumns, R032Store c, Columns cColumns) {
        pairs(a, aColumns, c, cColumns);
        kernel.copyColumns(a, aColumns, c, cColumns);
    }

    @Override
    public void addColumns(R032Store a, Columns aColumns, R032Store c, Columns cColumns) {
        pairs(a, aColumns, c, cColumns);
        kernel.addColumns(a, aColumns, c, cColumns);
    }

    @Override
    public void addRows(R032Store a, int fromRow, int toRow, R032Store c) {
        shape(a, c.getRowDim(), c.getColDim());
        rowRange(c, fromRow, toRow);
        distinct(a, c);
        kernel.addRows(a, fromRow, toRow, c);
    }

    private static void pairs(R032Store a, Columns aColumns, R032Store c, Columns cColumns) {
        rows(a, c.getRowDim());
        columns(a, aColumns);
        columns(c, cColumns);
        require(aColumns.count() == cColumns.count(), "as many columns of a as of c");
        distinct(a, c);
    }

    @Override
    public void normalizeColumns(R032Store a, Columns aColumns, float scale, R032Store c, Columns cColumns) {
        pairs(a, aColumns, c, cColumns);
        kernel.normalizeColumns(a, aColumns, scale, c, cColumns);
    }

    @Override
    public void normalizeGradient(R032Store a, Columns aColumns, float scale, R032Store d, Columns dColumns) {
        pairs(a, aColumns, d, dColumns);
        kernel.normalizeGradient(a, aColumns, scale, d, dColumns);
    }

    @Override
    public void fill(Addend addend, R032Store c, Columns columns) {
        columns(c, columns);
        addend(addend, c, columns);
        kernel.fill(addend, c, columns);
    }

    @Override
    public void stepForward(CellStep step, Columns columns) {
        columns(step.gates(), columns);
        oneStep(step, columns);
        kernel.stepForward(step, columns);
    }

    @Override
    public void stepBackward(CellStep step, StateGradients gradients, Columns columns) {
        columns(step.gates(), columns);
        oneStep(step, columns);
        shape(gradients.dHidden(), step.hidden().getRowDim(), step.gates().getColDim());
        shape(gradients.dCarried(), step.hidden().getRowDim(), step.streams());
        for (int i = 0; i < step.states().size(); i++) {
            distinct(step.states().get(i), gradients.dHidden(), gradients.dCarried());
        }
        distinct(step.gates(), gradients.dHidden(), gradients.dCarried());
        kernel.stepBackward(step, gradients, columns);
    }

    private static void oneStep(CellStep step, Columns columns) {
        require(columns.repeats() == 1 && columns.width() <= step.streams(), "one step of the streams at a time");
    }

    @Override
    public void diagonalGradient(DiagonalGradient gradient, int fromRow, int toRow) {
        rowRange(gradient.input(), fromRow, toRow);
        kernel.diagonalGradient(gradient, fromRow, toRow);
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
    public void softmaxBands(R032Store scores, Columns columns, int first, int width) {
        bands(scores, columns, first, width);
        kernel.softmaxBands(scores, columns, first, width);
    }

    private static void bands(R032Store scores, Columns columns, int first, int width) {
        columns(scores, columns);
        require(
                width > 0 && first <= columns.first() && columns.end() - 1 - first + width <= scores.getRowDim(),
                "bands inside of the columns");
    }

    @Override
    public void softmaxGradient(R032Store p, R032Store d, Columns columns, int first, int width) {
        rows(d, p.getRowDim());
        columns(d, columns);
        distinct(p, d);
        bands(p, columns, first, width);
        kernel.softmaxGradient(p, d, columns, first, width);
    }

    @Override
    public void addGated(R032Store gates, R032Store x, R032Store c, Columns columns) {
        gated(gates, x, c, columns);
        kernel.addGated(gates, x, c, columns);
    }

    @Override
    public void addGatedGradient(R032Store gates, R032Store x, R032Store dC, Columns columns) {
        gated(gates, x, dC, columns);
        kernel.addGatedGradient(gates, x, dC, columns);
    }

    private static void gated(R032Store gates, R032Store x, R032Store c, Columns columns) {
        rows(gates, c.getRowDim());
        rows(x, c.getRowDim());
        columns(gates, columns);
        columns(x, columns);
        columns(c, columns);
        distinct(gates, x, c);
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

    private static void sameShape(R032Store matrix, R032Store value) {
        shape(matrix, value.getRowDim(), value.getColDim());
        distinct(matrix, value);
    }
}
