package lstm.kernel;

import static lstm.kernel.Matrices.at;

import org.ojalgo.matrix.store.R032Store;

/** Every product and every sum of a {@link Kernel} once more, in double and in plain loops. */
final class Control {

    private Control() {}

    static Expected multiply(R032Store a, R032Store b, Columns bColumns, Addend addend, R032Store c, Columns cColumns) {
        Expected expected = Expected.unchanged(c);
        for (int j = 0; j < cColumns.count(); j++) {
            for (int row = 0; row < a.getRowDim(); row++) {
                Sum sum = start(addend, c, row, cColumns.at(j));
                for (int k = 0; k < a.getColDim(); k++) {
                    sum.add(at(a, row, k) * at(b, k, bColumns.at(j)));
                }
                expected.set(row, cColumns.at(j), sum);
            }
        }
        return expected;
    }

    private static Sum start(Addend addend, R032Store c, int row, int column) {
        Sum sum = new Sum();
        if (addend instanceof Addend.Own) {
            return sum.add(at(c, row, column));
        }
        if (addend instanceof Addend.Column bias) {
            return sum.add(at(bias.column(), row, 0));
        }
        if (addend instanceof Addend.Gathered gathered) {
            return sum.add(at(gathered.table(), row, gathered.tokens()[column]));
        }
        return sum;
    }

    static Expected weightGradient(R032Store dY, Columns columns, WeightGradient weight, int fromRow, int toRow) {
        R032Store x = weight.input();
        Expected expected = Expected.unchanged(weight.gradient());
        for (int row = fromRow; row < toRow; row++) {
            for (int j = 0; j < x.getRowDim(); j++) {
                Sum sum = new Sum();
                for (int k = columns.first(); k < columns.end(); k++) {
                    sum.add(at(dY, row, k) * at(x, j, weight.first() + k));
                }
                expected.set(row, j, sum);
            }
        }
        return expected;
    }

    /** In float, since this order is promised: whatever kernel, whatever rows, the same bits. */
    static Expected biasGradient(R032Store dY, Columns columns, R032Store dBias, int fromRow, int toRow) {
        Expected expected = Expected.unchanged(dBias);
        for (int row = fromRow; row < toRow; row++) {
            float sum = 0;
            for (int k = columns.first(); k < columns.end(); k++) {
                sum += (float) at(dY, row, k);
            }
            expected.set(row, 0, sum, 0);
        }
        return expected;
    }

    static Expected scatterColumns(R032Store a, int[] tokens, int fromRow, int toRow, R032Store c) {
        Expected expected = Expected.unchanged(c);
        for (int row = fromRow; row < toRow; row++) {
            for (int token = 0; token < c.getColDim(); token++) {
                Sum sum = new Sum();
                for (int j = 0; j < a.getColDim(); j++) {
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
