package lstm.kernel;

import java.util.List;
import org.ojalgo.matrix.store.R032Store;

/**
 * r, z = logistic(x + u), n = tanh(x + r u), h = n + z (h - n), where x is the input's part and u the recurrent product.
 *
 * @param inputs x of r z n, 3H x T*B; its last third becomes n, and on the way back all of it the gradient by x
 * @param gates u of r z n, 3H x T*B; its first thirds become r and z, and on the way back all of it the gradient by u
 * @param hidden h, H x (T+1)*B
 */
public record GruStep(R032Store inputs, R032Store gates, R032Store hidden) implements CellStep {

    /** Checks the shapes. */
    public GruStep {
        int h = CellStep.requireGates(gates, 3, hidden);
        Shapes.shape(inputs, 3 * h, gates.getColDim());
        Shapes.distinct(inputs, gates, hidden);
    }

    @Override
    public boolean carriesHidden() {
        return true;
    }

    @Override
    public List<R032Store> states() {
        return List.of(hidden);
    }
}
