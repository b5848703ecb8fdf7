package lstm.model;

import lstm.kernel.CellStep;
import lstm.kernel.LstmStep;
import org.ojalgo.matrix.store.R032Store;

/**
 * The classic LSTM layer (Hochreiter and Schmidhuber, 1997, with the forget gate of Gers, Schmidhuber and Cummins, 2000).
 *
 * <p>i, f, o = logistic(W x + U h + b), g = tanh(W x + U h + b), c = f c + i g, h = o tanh(c); gates stacked in
 * PyTorch's order i f g o, 4H rows.
 */
final class LstmLayer extends RecurrentLayer {

    LstmLayer(LayerParameters parameters, Projection.Factory inputs) {
        super(parameters, inputs);
    }

    @Override
    CellStep newStep(R032Store hidden, int columns) {
        return newLstmStep(hidden, columns);
    }

    static LstmStep newLstmStep(R032Store hidden, int columns) {
        int h = hidden.getRowDim();
        return new LstmStep(LayerWindow.matrix(4 * h, columns), LayerWindow.matrix(h, hidden.getColDim()), hidden);
    }
}
