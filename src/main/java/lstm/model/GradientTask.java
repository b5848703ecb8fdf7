package lstm.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lstm.kernel.Kernel;

/** The computation of a gradient, which may be cut into parts for different workers: each element is summed in one order. */
@FunctionalInterface
interface GradientTask {

    /**
     * Neighbouring rows.
     *
     * @param from the first row
     * @param to the row behind the last
     */
    record Rows(int from, int to) {

        /** All but the last part are a multiple of this: parts fill the kernel's tiles, and are worth the copies they make. */
        private static final int GRAIN = 64;

        /** These rows in at most {@code count} parts. */
        List<Rows> cut(int count) {
            int grains = Math.max(1, (to - from) / GRAIN);
            int parts = Math.min(grains, count);
            List<Rows> all = new ArrayList<>();
            for (int i = 0; i < parts; i++) {
                int first = from + grains * i / parts * GRAIN;
                all.add(new Rows(first, i + 1 == parts ? to : from + grains * (i + 1) / parts * GRAIN));
            }
            return all;
        }
    }

    /** Computes the rows from..to of a gradient. */
    @FunctionalInterface
    interface ByRows {
        void compute(Kernel kernel, int fromRow, int toRow);
    }

    /** The parts for so many workers, each of which waits for what it needs of a layer. */
    List<Consumer<Kernel>> split(int workers, BackwardProgress progress, int layer);

    /** All rows of a gradient, which may be computed apart. */
    static GradientTask of(int rows, ByRows work) {
        return (workers, progress, layer) -> {
            List<Consumer<Kernel>> parts = new ArrayList<>();
            for (Rows part : new Rows(0, rows).cut(workers)) {
                parts.add(kernel -> {
                    progress.await(layer);
                    work.compute(kernel, part.from, part.to);
                });
            }
            return parts;
        };
    }
}
