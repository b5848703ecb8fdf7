package lstm.kernel;

import org.ojalgo.matrix.store.R032Store;

/** Checks of operands. A mistake that they find is the programmer's: {@link IllegalArgumentException}. */
final class Shapes {

    private Shapes() {}

    static void shape(R032Store matrix, int rows, int columns) {
        if (matrix.getRowDim() != rows || matrix.getColDim() != columns) {
            throw refusal("expected a " + rows + " x " + columns + " matrix, found " + matrix.getRowDim() + " x "
                    + matrix.getColDim());
        }
    }

    static void rows(R032Store matrix, int rows) {
        if (matrix.getRowDim() != rows) {
            throw refusal("expected " + rows + " rows, found " + matrix.getRowDim());
        }
    }

    static void columns(R032Store matrix, Columns columns) {
        if (columns.end() > matrix.getColDim()) {
            throw refusal(columns + " of a matrix with " + matrix.getColDim());
        }
    }

    static void rowRange(R032Store matrix, int from, int to) {
        if (from < 0 || from >= to || to > matrix.getRowDim()) {
            throw refusal("rows " + from + " to " + to + " of a matrix with " + matrix.getRowDim());
        }
    }

    static void elements(R032Store matrix, int from, int to) {
        if (from < 0 || from > to || to > matrix.data.length) {
            throw refusal("elements " + from + " to " + to + " of " + matrix.data.length);
        }
    }

    static void tokens(int[] tokens, Columns columns, int size) {
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
    static void distinct(R032Store a, R032Store b) {
        require(a != b && a.data != b.data, "a result may not be its own operand");
    }

    static void distinct(R032Store a, R032Store b, R032Store c) {
        distinct(a, b);
        distinct(a, c);
        distinct(b, c);
    }

    static void require(boolean condition, String expectation) {
        if (!condition) {
            throw refusal(expectation);
        }
    }

    private static IllegalArgumentException refusal(String what) {
        return new IllegalArgumentException("kernel: " + what);
    }
}
