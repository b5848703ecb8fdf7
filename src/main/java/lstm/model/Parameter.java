package lstm.model;

import java.util.Map;
import java.util.Objects;
import org.ojalgo.matrix.store.R032Store;

/**
 * A learnt matrix and the gradient of the loss by it.
 *
 * @param name of the tensor in files: PyTorch's, where it has one
 * @param value rows x columns; a vector has one column
 * @param gradient of the same shape, overwritten by every backward pass
 */
public record Parameter(String name, R032Store value, R032Store gradient) {

    /** All zeros, of the shape that the model's configuration gives the name. */
    static Parameter create(String name, Map<String, int[]> shapes) {
        int[] shape = Objects.requireNonNull(shapes.get(name), name);
        int columns = shape.length == 1 ? 1 : shape[1];
        return new Parameter(
                name, R032Store.FACTORY.make(shape[0], columns), R032Store.FACTORY.make(shape[0], columns));
    }

    /** How many numbers it has. */
    public int size() {
        return value.data.length;
    }

    /** Copies what two matrices have in common, from the first row and column on. */
    public static void copyOverlap(R032Store from, R032Store into) {
        int rows = Math.min(from.getRowDim(), into.getRowDim());
        for (int j = 0; j < Math.min(from.getColDim(), into.getColDim()); j++) {
            System.arraycopy(from.data, j * from.getRowDim(), into.data, j * into.getRowDim(), rows);
        }
    }
}
