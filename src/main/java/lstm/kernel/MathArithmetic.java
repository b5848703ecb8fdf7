package lstm.kernel;

/** {@link CellArithmetic} with the functions of {@link Math}. */
final class MathArithmetic extends CellArithmetic {

    @Override
    void logistic(float[] x, int at, int count) {
        for (int i = at; i < at + count; i++) {
            x[i] = (float) (1 / (1 + Math.exp(-x[i])));
        }
    }

    @Override
    void tanh(float[] x, int at, float[] into, int start, int count) {
        for (int i = 0; i < count; i++) {
            into[start + i] = (float) Math.tanh(x[at + i]);
        }
    }
}
