package lstm.kernel;

import java.util.ArrayList;
import java.util.List;
import org.ojalgo.matrix.store.R032Store;

/**
 * A window of each kind of cell with random content, as good for a way back as for a way forward: what is tested is the
 * arithmetic.
 *
 * @param step the window
 * @param gradients by its states
 */
record Steps(CellStep step, StateGradients gradients) {

    enum Kind {
        LSTM,
        PEEPHOLE,
        GRU,
        RNN
    }

    /** A window of T steps x B streams, the same for the same shape. */
    static Steps random(Kind kind, int h, int steps, int streams) {
        int columns = steps * streams;
        R032Store hidden = Matrices.random(h, columns + streams);
        CellStep step = switch (kind) {
            case LSTM -> lstm(h, columns, hidden);
            case PEEPHOLE -> new PeepholeStep(lstm(h, columns, hidden), Matrices.random(3 * h, 1));
            case GRU -> new GruStep(Matrices.random(3 * h, columns, 3), Matrices.random(3 * h, columns, 2), hidden);
            case RNN -> new RnnStep(Matrices.random(h, columns, 3), hidden);
        };
        return new Steps(step, new StateGradients(Matrices.random(h, columns, 3), Matrices.random(h, streams, 2)));
    }

    private static LstmStep lstm(int h, int columns, R032Store hidden) {
        return new LstmStep(Matrices.random(4 * h, columns, 3), Matrices.random(h, hidden.getColDim(), 2), hidden);
    }

    /** All that an operation may write. */
    List<R032Store> matrices() {
        List<R032Store> all = new ArrayList<>(step.states());
        all.add(step.gates());
        if (step instanceof GruStep s) {
            all.add(s.inputs());
        }
        all.add(gradients.dCarried());
        return all;
    }
}
