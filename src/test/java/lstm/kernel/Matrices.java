package lstm.kernel;

import java.util.List;
import java.util.Random;
import org.ojalgo.matrix.store.R032Store;

/** Operands for tests. */
public final class Matrices {

    /**
     * Around the widths of vectors (4, 8, 16), tiles (2 or 4 vectors x 4 or 5 columns), strips (12), the columns from which
     * on both widths fill any number (12) and blocks (256).
     */
    static final List<Integer> SIZES =
            List.of(1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 16, 17, 29, 30, 31, 32, 33, 49, 64, 65, 96, 100, 257);

    private Matrices() {}

    /** A size for every pair of places in {@link #SIZES}, so that two loops meet three dimensions. */
    static int third(int i, int j) {
        return SIZES.get((3 * i + 7 * j) % SIZES.size());
    }

    /** All zeros. */
    public static R032Store zeros(int rows, int columns) {
        return R032Store.FACTORY.make(rows, columns);
    }

    static R032Store copy(R032Store matrix) {
        R032Store copy = zeros(matrix.getRowDim(), matrix.getColDim());
        System.arraycopy(matrix.data, 0, copy.data, 0, copy.data.length);
        return copy;
    }

    static R032Store column(float... values) {
        R032Store matrix = zeros(values.length, 1);
        System.arraycopy(values, 0, matrix.data, 0, values.length);
        return matrix;
    }

    /** Uniform in +-bound, the same for the same shape. */
    static R032Store random(int rows, int columns, float bound) {
        R032Store matrix = zeros(rows, columns);
        Random random = new Random(rows * 31L + columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = (2 * random.nextFloat() - 1) * bound;
        }
        return matrix;
    }

    /** The same with a bound of 1. */
    public static R032Store random(int rows, int columns) {
        return random(rows, columns, 1);
    }

    static int[] randomTokens(int count, int vocabulary) {
        return new Random(count).ints(count, 0, vocabulary).toArray();
    }

    static double at(R032Store matrix, int row, int column) {
        return matrix.data[column * matrix.getRowDim() + row];
    }
}
