package lstm.kernel;

import java.util.Arrays;
import org.ojalgo.matrix.store.R032Store;

/** The operations on columns that every kernel does alike: additions and products, which compilers make fast by themselves. */
abstract class ColumnKernel implements Kernel {

    /** Brings an addend to one column of a result. */
    static void begin(Addend addend, float[] c, int column, int rows) {
        int at = column * rows;
        if (addend instanceof Addend.Zero) {
            Arrays.fill(c, at, at + rows, 0f);
        } else if (addend instanceof Addend.Column bias) {
            System.arraycopy(bias.column().data, 0, c, at, rows);
        } else if (addend instanceof Addend.Gathered gathered) {
            System.arraycopy(gathered.table().data, gathered.tokens()[column] * rows, c, at, rows);
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
            add(a.data, j * rows + fromRow, c.data, tokens[j] * rows + fromRow, toRow - fromRow);
        }
    }

    /** into[start..start+count) += a[at..at+count). */
    abstract void add(float[] a, int at, float[] into, int start, int count);

    static void clearRows(R032Store matrix, int fromRow, int toRow) {
        int rows = matrix.getRowDim();
        for (int j = 0; j < matrix.getColDim(); j++) {
            Arrays.fill(matrix.data, j * rows + fromRow, j * rows + toRow, 0f);
        }
    }
}
