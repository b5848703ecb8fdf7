package lstm.kernel;

import org.ojalgo.matrix.store.R032Store;

/**
 * The loss's gradients by the states of a layer, on the way back through the steps of a window.
 *
 * @param dHidden H x T*B, by the output of every step, as far as the layer above and the recurrent product tell
 * @param dCarried H x B, by what a step hands to the next one past all products: an LSTM's cell state, a GRU's hidden state
 */
public record StateGradients(R032Store dHidden, R032Store dCarried) {

    /** Checks the shapes. */
    public StateGradients {
        Shapes.rows(dCarried, dHidden.getRowDim());
        Shapes.distinct(dHidden, dCarried);
    }
}
