package lstm.kernel;

import java.util.List;
import org.ojalgo.matrix.store.R032Store;

/**
 * i, f, o = logistic(.), g = tanh(.), c = f c + i g, h = o tanh(c).
 *
 * @param gates i f g o, 4H x T*B
 * @param cell c, H x (T+1)*B
 * @param hidden h, H x (T+1)*B
 */
public record LstmStep(R032Store gates, R032Store cell, R032Store hidden) implements CellStep {

    /** Checks the shapes. */
    public LstmStep {
        int h = CellStep.requireGates(gates, 4, hidden);
        Shapes.shape(cell, h, hidden.getColDim());
        Shapes.distinct(gates, cell, hidden);
    }

    @Override
    public List<R032Store> states() {
        return List.of(hidden, cell);
    }
}
