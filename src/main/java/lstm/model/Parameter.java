package lstm.model;

import org.ojalgo.matrix.store.R032Store;

/**
 * A learnt matrix and the gradient of the loss by it.
 *
 * @param name PyTorch's name of the tensor
 * @param value rows x columns; a bias has one column
 * @param gradient of the same shape, overwritten by every backward pass
 */
public record Parameter(String name, R032Store value, R032Store gradient) {

    static Parameter of(String name, int rows, int columns) {
        return new Parameter(name, R032Store.FACTORY.make(rows, columns), R032Store.FACTORY.make(rows, columns));
    }

    /** How many numbers it has. */
    public int size() {
        return value.data.length;
    }

    /** Whether it is a bias, a vector in checkpoints. */
    public boolean isBias() {
        return name.contains("bias");
    }

    /** Copies what two matrices have in common, from the first row and column on. */
    public static void copyOverlap(R032Store from, R032Store into) {
        int rows = Math.min(from.getRowDim(), into.getRowDim());
        for (int j = 0; j < Math.min(from.getColDim(), into.getColDim()); j++) {
            System.arraycopy(from.data, j * from.getRowDim(), into.data, j * into.getRowDim(), rows);
        }
    }
}
