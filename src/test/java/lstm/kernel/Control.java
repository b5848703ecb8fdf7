package lstm.kernel;

import static lstm.kernel.Matrices.at;

import org.ojalgo.matrix.store.R032Store;

/** Every product and every sum of a {@link Kernel} once more, in double and in plain loops. */
final class Control {

    private Control() {}

    static Expected multiplyAdd(R032Store a, R032Store b, Columns bColumns, R032Store c, Columns cColumns) {
        Expected expected = Expected.unchanged(c);
        for (int j = 0; j < cColumns.count(); j++) {
            for (int row = 0; row < a.getRowDim(); row++) {
                Sum sum = new Sum().add(at(c, row, cColumns.at(j)));
                for (int k = 0; k < a.getColDim(); k++) {
                    sum.add(at(a, row, k) * at(b, k, bColumns.at(j)));
                }
                expected.set(row, cColumns.at(j), sum);
            }
        }
        return expected;
    }

    static Expected multiplyTransposed(
            R032Store a, R032Store b, int bFirst, int count, int fromRow, int toRow, R032Store c) {
        Expected expected = Expected.unchanged(c);
        for (int row = fromRow; row < toRow; row++) {
            for (int j = 0; j < b.getRowDim(); j++) {
                Sum sum = new Sum();
                for (int k = 0; k < count; k++) {
                    sum.add(at(a, row, k) * at(b, j, bFirst + k));
                }
                expected.set(row, j, sum);
            }
        }
        return expected;
    }

    static Expected rowSums(R032Store a, int count, int fromRow, int toRow, R032Store sums) {
        Expected expected = Expected.unchanged(sums);
        for (int row = fromRow; row < toRow; row++) {
            Sum sum = new Sum();
            for (int k = 0; k < count; k++) {
                sum.add(at(a, row, k));
            }
            expected.set(row, 0, sum);
        }
        return expected;
    }

    static Expected gatherColumns(R032Store w, R032Store bias, int[] tokens, R032Store c, Columns columns) {
        Expected expected = Expected.unchanged(c);
        for (int j = 0; j < columns.count(); j++) {
            int column = columns.at(j);
            for (int row = 0; row < c.getRowDim(); row++) {
                expected.set(row, column, new Sum().add(at(bias, row, 0)).add(at(w, row, tokens[column])));
            }
        }
        return expected;
    }

    static Expected scatterColumns(R032Store a, int[] tokens, int count, int fromRow, int toRow, R032Store c) {
        Expected expected = Expected.unchanged(c);
        for (int row = fromRow; row < toRow; row++) {
            for (int token = 0; token < c.getColDim(); token++) {
                Sum sum = new Sum();
                for (int j = 0; j < count; j++) {
                    if (tokens[j] == token) {
                        sum.add(at(a, row, j));
                    }
                }
                expected.set(row, token, sum);
            }
        }
        return expected;
    }

    static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
