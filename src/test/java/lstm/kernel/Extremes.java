package lstm.kernel;

import org.ojalgo.matrix.store.R032Store;

/** Operands from the ends of the float range: huge, tiny, denormal, zero. */
final class Extremes {

    private static final float[] MAGNITUDES = {
        Float.MAX_VALUE,
        3e38f,
        1e30f,
        1e20f,
        1.8e19f,
        100,
        1,
        1e-20f,
        1e-30f,
        Float.MIN_NORMAL,
        1e-40f,
        Float.MIN_VALUE,
        0
    };

    private Extremes() {}

    /** All magnitudes and signs, in another order for another seed. */
    static R032Store matrix(int rows, int columns, int seed) {
        R032Store matrix = Matrices.zeros(rows, columns);
        for (int i = 0; i < matrix.data.length; i++) {
            int draw = Math.floorMod(((i + 1) * 0x9e3779b9 * (2 * seed + 1)) >>> 8, 2 * MAGNITUDES.length);
            matrix.data[i] = (draw % 2 == 0 ? 1 : -1) * MAGNITUDES[draw / 2];
        }
        return matrix;
    }

    /** A window whose gates come from everywhere; its states are those that a cell can have. */
    static Steps steps(Steps.Kind kind, int h, int steps, int streams) {
        Steps window = Steps.random(kind, h, steps, streams);
        fill(window.step().gates(), 1);
        if (window.step() instanceof GruStep gru) {
            fill(gru.inputs(), 2);
        }
        return window;
    }

    private static void fill(R032Store matrix, int seed) {
        R032Store from = matrix(matrix.getRowDim(), matrix.getColDim(), seed);
        System.arraycopy(from.data, 0, matrix.data, 0, from.data.length);
    }
}
