package lstm.kernel;

import java.util.List;
import org.ojalgo.matrix.store.R032Store;

/**
 * An LSTM whose gates see the cell state: p_i c and p_f c of the previous one are added to i and f before their activation, and
 * p_o c of the new one to o.
 *
 * @param lstm the rest
 * @param weights p_i p_f p_o, 3H x 1
 */
public record PeepholeStep(LstmStep lstm, R032Store weights) implements CellStep {

    /** Checks the shapes. */
    public PeepholeStep {
        Shapes.shape(weights, 3 * lstm.hidden().getRowDim(), 1);
    }

    @Override
    public R032Store gates() {
        return lstm.gates();
    }

    @Override
    public R032Store hidden() {
        return lstm.hidden();
    }

    @Override
    public List<R032Store> states() {
        return lstm.states();
    }
}
