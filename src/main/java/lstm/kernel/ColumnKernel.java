package lstm.kernel;

import java.util.Arrays;
import org.ojalgo.matrix.store.R032Store;

/** The operations on columns that every kernel does alike: additions and products, which compilers make fast by themselves. */
abstract class ColumnKernel implements Kernel {

    private final CellArithmetic arithmetic;

    ColumnKernel(CellArithmetic arithmetic) {
        this.arithmetic = arithmetic;
    }

    /** What computes the cells of so many columns. */
    CellArithmetic arithmetic(int columns) {
        return arithmetic;
    }

    /** Brings an addend to one column of a result. */
    static void begin(Addend addend, float[] c, int column, int rows) {
        int at = column * rows;
        float[] from = addend.elements(c);
        if (from == null) {
            Arrays.fill(c, at, at + rows, 0f);
        } else if (from != c) {
            System.arraycopy(from, addend.columnFor(column) * rows, c, at, rows);
        }
    }

    @Override
    public void addToColumns(R032Store w, R032Store bias, R032Store table) {
        int rows = w.getRowDim();
        for (int j = 0; j < w.getColDim(); j++) {
            for (int r = 0; r < rows; r++) {
                table.data[j * rows + r] = bias.data[r] + w.data[j * rows + r];
            }
        }
    }

    @Override
    public void multiplyElements(R032Store a, Columns aColumns, R032Store b, R032Store c, Columns cColumns) {
        int rows = c.getRowDim();
        for (int j = 0; j < cColumns.count(); j++) {
            int from = aColumns.at(j) * rows;
            int at = cColumns.at(j) * rows;
            for (int r = 0; r < rows; r++) {
                c.data[at + r] = a.data[from + r] * b.data[at + r];
            }
        }
    }

    @Override
    public void dropoutMask(long key, float dropout, R032Store mask, Columns columns) {
        Dropout.mask(key, dropout, mask, columns);
    }

    @Override
    public void scatterColumns(R032Store a, int[] tokens, int fromRow, int toRow, R032Store c) {
        int rows = a.getRowDim();
        clearRows(c, fromRow, toRow);
        for (int j = 0; j < a.getColDim(); j++) {
            arithmetic.add(a.data, j * rows + fromRow, c.data, tokens[j] * rows + fromRow, toRow - fromRow);
        }
    }

    @Override
    public void transpose(R032Store a, Addend addend, R032Store c, Columns columns) {
        int rows = c.getRowDim();
        int stride = a.getRowDim();
        fill(addend, c, columns);
        for (int j = 0; j < columns.count(); j++) {
            int column = columns.at(j);
            for (int r = 0; r < rows; r++) {
                c.data[column * rows + r] += a.data[r * stride + column];
            }
        }
    }

    @Override
    public void copyColumns(R032Store a, Columns aColumns, R032Store c, Columns cColumns) {
        int rows = c.getRowDim();
        for (int j = 0; j < cColumns.count(); j++) {
            System.arraycopy(a.data, aColumns.at(j) * rows, c.data, cColumns.at(j) * rows, rows);
        }
    }

    @Override
    public void addColumns(R032Store a, Columns aColumns, R032Store c, Columns cColumns) {
        int rows = c.getRowDim();
        for (int j = 0; j < cColumns.count(); j++) {
            arithmetic.add(a.data, aColumns.at(j) * rows, c.data, cColumns.at(j) * rows, rows);
        }
    }

    @Override
    public void addRows(R032Store a, int fromRow, int toRow, R032Store c) {
        int rows = c.getRowDim();
        for (int j = 0; j < c.getColDim(); j++) {
            int at = j * rows + fromRow;
            arithmetic.add(a.data, at, c.data, at, toRow - fromRow);
        }
    }

    @Override
    public void fill(Addend addend, R032Store c, Columns columns) {
        for (int j = 0; j < columns.count(); j++) {
            begin(addend, c.data, columns.at(j), c.getRowDim());
        }
    }

    @Override
    public void stepForward(CellStep step, Columns columns) {
        arithmetic(columns.count()).forward(step, columns);
    }

    @Override
    public void stepBackward(CellStep step, StateGradients gradients, Columns columns) {
        arithmetic(columns.count()).backward(step, gradients, columns);
    }

    /** -log p of a logit, where {@code sum} is that of exp(logit - max); NaN where one of them is. */
    static float loss(double sum, float max, float logit) {
        // The difference first: beside a huge logit the logarithm would vanish. Logits from both ends of the float
        // range differ by twice
        // its largest number.
        return (float) Math.min(Float.MAX_VALUE, StrictMath.log(sum) + ((double) max - logit));
    }

    @Override
    public void softmaxGradient(R032Store p, R032Store d, Columns columns, int first, int width) {
        int rows = p.getRowDim();
        for (int j = 0; j < columns.count(); j++) {
            int column = columns.at(j) * rows;
            int from = column + columns.at(j) - first;
            int to = from + width;
            // Of the band alone: the order of the sum must not depend on where it stands.
            float mean = dot(p.data, from, d.data, from, width);
            for (int i = from; i < to; i++) {
                d.data[i] = p.data[i] * (d.data[i] - mean);
            }
            Arrays.fill(d.data, column, from, 0f);
            Arrays.fill(d.data, to, column + rows, 0f);
        }
    }

    /** Four sums, so that the additions need not wait for each other. */
    private static float dot(float[] a, int aAt, float[] b, int bAt, int count) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 4 <= count; i += 4) {
            s0 += a[aAt + i] * b[bAt + i];
            s1 += a[aAt + i + 1] * b[bAt + i + 1];
            s2 += a[aAt + i + 2] * b[bAt + i + 2];
            s3 += a[aAt + i + 3] * b[bAt + i + 3];
        }
        for (; i < count; i++) {
            s0 += a[aAt + i] * b[bAt + i];
        }
        return s0 + s1 + (s2 + s3);
    }

    @Override
    public void normalizeColumns(R032Store a, Columns aColumns, float scale, R032Store c, Columns cColumns) {
        int rows = c.getRowDim();
        for (int j = 0; j < cColumns.count(); j++) {
            int from = aColumns.at(j) * rows;
            int at = cColumns.at(j) * rows;
            float factor = scale * inverseLength(a.data, from, rows);
            for (int i = 0; i < rows; i++) {
                c.data[at + i] = factor * a.data[from + i];
            }
        }
    }

    private static float inverseLength(float[] a, int at, int count) {
        return (float) (1 / Math.sqrt(LEAST_SQUARE + dot(a, at, a, at, count)));
    }

    @Override
    public void normalizeGradient(R032Store a, Columns aColumns, float scale, R032Store d, Columns dColumns) {
        int rows = d.getRowDim();
        for (int j = 0; j < dColumns.count(); j++) {
            int from = aColumns.at(j) * rows;
            int at = dColumns.at(j) * rows;
            float inverse = inverseLength(a.data, from, rows);
            float along = dot(a.data, from, d.data, at, rows) * inverse * inverse;
            float factor = scale * inverse;
            for (int i = 0; i < rows; i++) {
                d.data[at + i] = factor * (d.data[at + i] - along * a.data[from + i]);
            }
        }
    }

    @Override
    public void addGated(R032Store gates, R032Store x, R032Store c, Columns columns) {
        int rows = c.getRowDim();
        CellArithmetic gating = arithmetic(columns.count());
        for (int j = 0; j < columns.count(); j++) {
            int at = columns.at(j) * rows;
            gating.logistic(gates.data, at, rows);
            gating.addProduct(gates.data, at, x.data, at, c.data, at, rows);
        }
    }

    @Override
    public void addGatedGradient(R032Store gates, R032Store x, R032Store dC, Columns columns) {
        int rows = dC.getRowDim();
        for (int j = 0; j < columns.count(); j++) {
            int at = columns.at(j) * rows;
            for (int i = at; i < at + rows; i++) {
                float gate = gates.data[i];
                float dX = dC.data[i] * gate;
                gates.data[i] = dX * x.data[i] * (1f - gate);
                x.data[i] = dX;
            }
        }
    }

    @Override
    public void diagonalGradient(DiagonalGradient d, int fromRow, int toRow) {
        int into = d.gradientRow() + fromRow;
        Arrays.fill(d.gradient().data, into, d.gradientRow() + toRow, 0f);
        for (int j = 0; j < d.dY().getColDim(); j++) {
            int dY = j * d.dY().getRowDim() + d.dYRow() + fromRow;
            int x = (d.first() + j) * d.input().getRowDim() + fromRow;
            arithmetic.addProduct(d.dY().data, dY, d.input().data, x, d.gradient().data, into, toRow - fromRow);
        }
    }

    static void clearRows(R032Store matrix, int fromRow, int toRow) {
        int rows = matrix.getRowDim();
        for (int j = 0; j < matrix.getColDim(); j++) {
            Arrays.fill(matrix.data, j * rows + fromRow, j * rows + toRow, 0f);
        }
    }
}
