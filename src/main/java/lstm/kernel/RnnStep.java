package lstm.kernel;

import java.util.List;
import org.ojalgo.matrix.store.R032Store;

/**
 * h = tanh(.).
 *
 * @param gates what is activated, H x T*B
 * @param hidden h, H x (T+1)*B
 */
public record RnnStep(R032Store gates, R032Store hidden) implements CellStep {

    /** Checks the shapes. */
    public RnnStep {
        CellStep.requireGates(gates, 1, hidden);
    }

    @Override
    public List<R032Store> states() {
        return List.of(hidden);
    }
}
