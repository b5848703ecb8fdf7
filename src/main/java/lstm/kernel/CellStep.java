package lstm.kernel;

import java.util.List;
import org.ojalgo.matrix.store.R032Store;

/**
 * The matrices of one layer in a window of T steps x B streams, of which {@link Kernel#stepForward} takes one step at a time:
 * a record for each kind of cell.
 *
 * <p>Column t*B + b is step t of stream b. States have one block of B columns more: block t is the state before step t, block
 * t+1 the state after it.
 */
public sealed interface CellStep permits LstmStep, PeepholeStep, GruStep, RnnStep {

    /** What the recurrent product is brought to, rows x T*B; on the way back its gradient. */
    R032Store gates();

    /** The layer's output, H x (T+1)*B. */
    R032Store hidden();

    /** The matrices whose blocks are states: the hidden state first, then the cell state, where there is one. */
    List<R032Store> states();

    /** Whether what is carried past all products is the hidden state, and not a cell state. */
    default boolean carriesHidden() {
        return false;
    }

    /** B. */
    default int streams() {
        return hidden().getColDim() - gates().getColDim();
    }

    /** Checks what all cells have, {@code gates} blocks of H rows and the hidden state; returns H. */
    static int requireGates(R032Store gates, int count, R032Store hidden) {
        int h = hidden.getRowDim();
        int streams = hidden.getColDim() - gates.getColDim();
        Shapes.rows(gates, count * h);
        Shapes.require(
                streams > 0 && gates.getColDim() % streams == 0,
                "one block of columns more of hidden states than of gates");
        Shapes.distinct(gates, hidden);
        return h;
    }
}
