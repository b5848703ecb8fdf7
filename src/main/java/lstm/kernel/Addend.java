package lstm.kernel;

import org.jspecify.annotations.Nullable;
import org.ojalgo.matrix.store.R032Store;

/** What a product is added to: c[:, j] = addend + a b. */
public sealed interface Addend {

    /** Nothing. */
    Addend ZERO = new Zero();
    /** The result itself. */
    Addend OWN = new Own();

    /**
     * The elements of the columns that are added, as many in each as in one of the result.
     *
     * @param c the result's elements
     * @return null where all are zero
     */
    float @Nullable [] elements(float[] c);

    /** Which of these columns is added to column j of the result. */
    int columnFor(int j);

    /** Nothing: c = a b. */
    record Zero() implements Addend {

        @Override
        public float @Nullable [] elements(float[] c) {
            return null;
        }

        @Override
        public int columnFor(int j) {
            return 0;
        }
    }

    /** The result itself: c += a b. */
    record Own() implements Addend {

        @Override
        public float[] elements(float[] c) {
            return c;
        }

        @Override
        public int columnFor(int j) {
            return j;
        }
    }

    /** The same column for all of c, such as a bias. */
    record Column(R032Store column) implements Addend {

        @Override
        public float[] elements(float[] c) {
            return column.data;
        }

        @Override
        public int columnFor(int j) {
            return 0;
        }
    }

    /**
     * The column tokens[j] of a table for column j of c: what a product with a one-hot matrix would be.
     *
     * @param table as many rows as c
     * @param tokens one for every column of c
     */
    @SuppressWarnings("ArrayRecordComponent") // a view of a window's buffer, never compared
    record Gathered(R032Store table, int[] tokens) implements Addend {

        @Override
        public float[] elements(float[] c) {
            return table.data;
        }

        @Override
        public int columnFor(int j) {
            return tokens[j];
        }
    }
}
