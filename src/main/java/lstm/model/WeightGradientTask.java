package lstm.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lstm.kernel.Columns;
import lstm.kernel.Kernel;
import lstm.kernel.WeightGradient;
import org.ojalgo.matrix.store.R032Store;

/**
 * The gradients of weights, and of a bias, that share a dY. The two halves of its columns are summed apart, and then added: a
 * worker copies the columns it sums, whatever its rows, so two workers with a half each copy half of what they would with half the
 * rows each. They are halves for any number of workers, so that this does not change a bit. The later half comes first: there is
 * something to do for a worker that has finished its shard before the others.
 */
final class WeightGradientTask implements GradientTask {

    /** Below it, the addition takes longer than what it saves. */
    private static final int LEAST_COLUMNS = 512;

    /**
     * Into so many parts those of the first layer's earlier half are cut once more: little follows them, and whoever is done first
     * could only wait for the others.
     */
    private static final int LAST_PARTS = 4;

    private record Sums(Columns columns, List<WeightGradient> weights, R032Store bias) {

        void compute(Kernel kernel, R032Store dY, Rows rows) {
            kernel.weightGradients(dY, columns, weights, bias, rows.from(), rows.to());
        }

        void addTo(Sums total, Kernel kernel, Rows rows) {
            for (int i = 0; i < weights.size(); i++) {
                R032Store sum = total.weights.get(i).gradient();
                kernel.addRows(weights.get(i).gradient(), rows.from(), rows.to(), sum);
            }
            kernel.addRows(bias, rows.from(), rows.to(), total.bias);
        }
    }

    private final R032Store dY;
    /** The first holds the total in the end. */
    private final List<Sums> sums = new ArrayList<>();

    WeightGradientTask(R032Store dY, List<WeightGradient> weights, R032Store dBias) {
        this.dY = dY;
        int columns = dY.getColDim();
        if (columns < LEAST_COLUMNS) {
            sums.add(new Sums(Columns.range(0, columns), weights, dBias));
            return;
        }
        sums.add(new Sums(Columns.part(columns, 0, 2), weights, dBias));
        List<WeightGradient> others = new ArrayList<>();
        for (WeightGradient weight : weights) {
            others.add(new WeightGradient(weight.input(), weight.first(), zeros(weight.gradient())));
        }
        sums.add(new Sums(Columns.part(columns, 1, 2), others, zeros(dBias)));
    }

    private static R032Store zeros(R032Store like) {
        return LayerWindow.matrix(like.getRowDim(), like.getColDim());
    }

    @Override
    public List<Consumer<Kernel>> split(int workers, BackwardProgress progress, int layer) {
        List<Consumer<Kernel>> later = new ArrayList<>();
        List<Consumer<Kernel>> earlier = new ArrayList<>();
        int lastParts = layer == 0 && workers > 1 ? LAST_PARTS : 1;
        for (Rows rows : new Rows(0, dY.getRowDim()).cut((workers + sums.size() - 1) / sums.size())) {
            List<Part> parts = new ArrayList<>();
            for (Rows some : rows.cut(lastParts)) {
                Part part = new Part(some, progress.milestone(sums.size()));
                parts.add(part);
                earlier.add(kernel -> {
                    progress.await(layer);
                    sums.get(0).compute(kernel, dY, some);
                    finish(kernel, part);
                });
            }
            if (sums.size() > 1) {
                later.add(kernel -> {
                    progress.awaitLaterHalf(layer);
                    sums.get(1).compute(kernel, dY, rows);
                    for (Part part : parts) {
                        finish(kernel, part);
                    }
                });
            }
        }
        later.addAll(earlier);
        return later;
    }

    /** Rows of which the halves are added as soon as both are there. */
    private record Part(Rows rows, BackwardProgress.Milestone summed) {}

    private void finish(Kernel kernel, Part part) {
        if (part.summed.reach()) {
            addUp(kernel, part.rows);
        }
    }

    private void addUp(Kernel kernel, Rows rows) {
        for (int i = 1; i < sums.size(); i++) {
            sums.get(i).addTo(sums.get(0), kernel, rows);
        }
    }
}
