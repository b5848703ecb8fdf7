package lstm.model;

import lstm.kernel.CellStep;
import lstm.kernel.RnnStep;
import org.ojalgo.matrix.store.R032Store;

/** The simple recurrent layer (Elman, 1990): h = tanh(W x + U h + b). */
final class RnnLayer extends RecurrentLayer {

    RnnLayer(LayerParameters parameters, Projection.Factory inputs) {
        super(parameters, inputs);
    }

    @Override
    CellStep newStep(R032Store hidden, int columns) {
        return new RnnStep(LayerWindow.matrix(hidden.getRowDim(), columns), hidden);
    }
}
