package lstm.model;

import lstm.kernel.Kernel;

/**
 * Some rows of a weight's gradient: rows may go to different workers, each element is summed in one order.
 *
 * @param fromRow the first row
 * @param toRow the row behind the last
 * @param work computes any range of rows
 */
record GradientTask(int fromRow, int toRow, Rows work) {

    /** Computes the rows from..to of a gradient. */
    @FunctionalInterface
    interface Rows {
        void compute(Kernel kernel, int fromRow, int toRow);
    }

    /** Rows of a part are a multiple of this, but for the last one: parts fill the kernel's tiles, and are worth the copies they make. */
    private static final int GRAIN = 64;

    /** All rows of a gradient. */
    static GradientTask of(int rows, Rows work) {
        return new GradientTask(0, rows, work);
    }

    /** This task cut into at most {@code count} parts. */
    GradientTask[] split(int count) {
        int grains = Math.max(1, (toRow - fromRow) / GRAIN);
        GradientTask[] parts = new GradientTask[Math.min(grains, count)];
        for (int i = 0; i < parts.length; i++) {
            int from = fromRow + grains * i / parts.length * GRAIN;
            int to = i + 1 == parts.length ? toRow : fromRow + grains * (i + 1) / parts.length * GRAIN;
            parts[i] = new GradientTask(from, to, work);
        }
        return parts;
    }

    void run(Kernel kernel) {
        work.compute(kernel, fromRow, toRow);
    }
}
