package lstm.kernel;

import static org.assertj.core.api.Assertions.fail;

import org.ojalgo.matrix.store.R032Store;

/** What a matrix must become: a value for every element, and how far rounding may take it from there. */
final class Expected {

    private final double[] values;
    private final double[] tolerances;
    private final int rows;

    private Expected(R032Store before) {
        rows = before.getRowDim();
        values = new double[before.data.length];
        tolerances = new double[before.data.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = before.data[i];
        }
    }

    /** The matrix as it is now, exactly; what an operation is to write is then {@link #set}. */
    static Expected unchanged(R032Store before) {
        return new Expected(before);
    }

    void set(int row, int column, double value, double tolerance) {
        values[column * rows + row] = value;
        tolerances[column * rows + row] = tolerance;
    }

    void set(int row, int column, Sum sum) {
        set(row, column, sum.value(), sum.tolerance());
    }

    double get(int row, int column) {
        return values[column * rows + row];
    }

    double tolerance(int row, int column) {
        return tolerances[column * rows + row];
    }

    void assertMatches(R032Store actual, String description) {
        for (int i = 0; i < values.length; i++) {
            // Written so that NaN fails.
            if (!(Math.abs(actual.data[i] - values[i]) <= tolerances[i])) {
                fail(
                        "%s: expected %s +- %s in row %d of column %d, found %s",
                        description, values[i], tolerances[i], i % rows, i / rows, actual.data[i]);
            }
        }
    }
}
