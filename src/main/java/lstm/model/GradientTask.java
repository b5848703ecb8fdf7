package lstm.model;

import lstm.kernel.Kernel;

/**
 * A weight's gradient, computed row by row: rows may go to different workers, each element is summed in one order.
 *
 * @param rows how many rows the gradient has
 * @param work computes a range of them
 */
record GradientTask(int rows, Rows work) {

    /** Computes the rows from..to of a gradient. */
    @FunctionalInterface
    interface Rows {
        void compute(Kernel kernel, int fromRow, int toRow);
    }

    /** Rows of a part are a multiple of this, so that parts fill the kernel's tiles. */
    private static final int GRAIN = 64;

    /** This task cut into at most {@code count} parts. */
    GradientTask[] split(int count) {
        int grains = (rows + GRAIN - 1) / GRAIN;
        GradientTask[] parts = new GradientTask[Math.min(grains, count)];
        for (int i = 0; i < parts.length; i++) {
            int from = grains * i / parts.length * GRAIN;
            int to = Math.min(rows, grains * (i + 1) / parts.length * GRAIN);
            parts[i] = new GradientTask(to - from, (kernel, ignored, end) -> work.compute(kernel, from, to));
        }
        return parts;
    }

    void run(Kernel kernel) {
        work.compute(kernel, 0, rows);
    }
}
