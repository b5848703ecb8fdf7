package lstm.model;

import java.util.List;
import java.util.function.Consumer;
import lstm.kernel.CellStep;
import lstm.kernel.DiagonalGradient;
import lstm.kernel.PeepholeStep;
import lstm.kernel.WeightGradient;
import org.ojalgo.matrix.store.R032Store;

/**
 * An LSTM whose gates see the cell state, each unit its own (Gers and Schmidhuber, 2000): i and f the previous one, o the new
 * one. The peepholes' weights p_i p_f p_o are one vector of 3H.
 */
final class PeepholeLayer extends RecurrentLayer {

    private final Parameter peepholes;

    PeepholeLayer(LayerParameters parameters, Projection.Factory inputs) {
        super(parameters, inputs);
        peepholes = parameters.create(Cell.PEEPHOLES);
    }

    @Override
    List<Parameter> parameters() {
        List<Parameter> all = super.parameters();
        all.add(peepholes);
        return all;
    }

    @Override
    CellStep newStep(R032Store hidden, int columns) {
        return new PeepholeStep(LstmLayer.newLstmStep(hidden, columns), peepholes.value());
    }

    @Override
    void gradients(
            Projection projection, LayerInput x, CellStep cell, WeightGradient ofHidden, Consumer<GradientTask> tasks) {
        super.gradients(projection, x, cell, ofHidden, tasks);
        int h = hidden();
        R032Store state = ((PeepholeStep) cell).lstm().cell();
        List.of(
                        new DiagonalGradient(cell.gates(), 0, state, 0, peepholes.gradient(), 0),
                        new DiagonalGradient(cell.gates(), h, state, 0, peepholes.gradient(), h),
                        new DiagonalGradient(cell.gates(), 3 * h, state, cell.streams(), peepholes.gradient(), 2 * h))
                .forEach(d -> tasks.accept(GradientTask.of(h, (k, from, to) -> k.diagonalGradient(d, from, to))));
    }
}
