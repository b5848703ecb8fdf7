package lstm.kernel;

import java.util.Arrays;
import org.ojalgo.matrix.store.R032Store;

/** The operations on columns that every kernel does alike: additions and copies, which compilers make fast by themselves. */
abstract class ColumnKernel implements Kernel {

    @Override
    public void rowSums(R032Store a, int count, int fromRow, int toRow, R032Store sums) {
        Arrays.fill(sums.data, fromRow, toRow, 0f);
        for (int j = 0; j < count; j++) {
            add(a.data, j * a.getRowDim() + fromRow, sums.data, fromRow, toRow - fromRow);
        }
    }

    @Override
    public void fillColumns(R032Store bias, R032Store c, Columns columns) {
        int rows = c.getRowDim();
        for (int j = 0; j < columns.count(); j++) {
            System.arraycopy(bias.data, 0, c.data, columns.at(j) * rows, rows);
        }
    }

    @Override
    public void gatherColumns(R032Store w, R032Store bias, int[] tokens, R032Store c, Columns columns) {
        int rows = c.getRowDim();
        fillColumns(bias, c, columns);
        for (int j = 0; j < columns.count(); j++) {
            int at = columns.at(j);
            add(w.data, tokens[at] * rows, c.data, at * rows, rows);
        }
    }

    @Override
    public void scatterColumns(R032Store a, int[] tokens, int count, int fromRow, int toRow, R032Store c) {
        int rows = a.getRowDim();
        for (int j = 0; j < c.getColDim(); j++) {
            Arrays.fill(c.data, j * rows + fromRow, j * rows + toRow, 0f);
        }
        for (int j = 0; j < count; j++) {
            add(a.data, j * rows + fromRow, c.data, tokens[j] * rows + fromRow, toRow - fromRow);
        }
    }

    static void add(float[] a, int at, float[] into, int start, int count) {
        for (int i = 0; i < count; i++) {
            into[start + i] += a[at + i];
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
}
