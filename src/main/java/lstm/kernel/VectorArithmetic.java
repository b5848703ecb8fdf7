package lstm.kernel;

/** {@link CellArithmetic} in the vector code of {@link Lanes}, with the same bits. */
final class VectorArithmetic extends CellArithmetic {

    private final float[] tail = new float[Lanes.WIDTH];

    @Override
    void logistic(float[] x, int at, int count) {
        Lanes.logistic(x, at, count, tail);
    }

    @Override
    void tanh(float[] x, int at, float[] into, int start, int count) {
        Lanes.tanh(x, at, into, start, count, tail);
    }

    @Override
    void add(float[] a, int at, float[] into, int start, int count) {
        Lanes.add(a, at, into, start, count);
    }

    @Override
    void multiply(float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int count) {
        Lanes.multiply(a, aAt, b, bAt, c, cAt, count);
    }

    @Override
    void addProduct(float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int count) {
        Lanes.addProduct(a, aAt, b, bAt, c, cAt, count);
    }

    @Override
    void nextCell(float[] gates, int gate, int h, float[] cell, int previous, int next) {
        Lanes.nextCell(gates, gate, h, cell, previous, next, h);
    }

    @Override
    void blend(float[] z, int zAt, float[] n, int nAt, float[] hidden, int previous, int next, int count) {
        Lanes.blend(z, zAt, n, nAt, hidden, previous, next, count);
    }

    @Override
    void lstmBackward(
            float[] gates,
            int gate,
            int h,
            float[] cell,
            float[] tanhCell,
            float[] dHidden,
            int at,
            float[] dCell,
            int dc,
            int count) {
        Lanes.lstmBackward(gates, gate, h, cell, tanhCell, dHidden, at, dCell, dc, count);
    }

    @Override
    void peepholeBackward(
            float[] gates,
            int gate,
            int h,
            float[] weights,
            float[] cell,
            float[] tanhCell,
            float[] dHidden,
            int at,
            float[] dCell,
            int dc,
            int count) {
        Lanes.peepholeBackward(gates, gate, h, weights, cell, tanhCell, dHidden, at, dCell, dc, count);
    }

    @Override
    void gruBackward(
            float[] inputs,
            float[] gates,
            int gate,
            int h,
            float[] hidden,
            float[] dHidden,
            int at,
            float[] dCarried,
            int dc,
            int count) {
        Lanes.gruBackward(inputs, gates, gate, h, hidden, dHidden, at, dCarried, dc, count);
    }

    @Override
    void rnnBackward(float[] hidden, int at, float[] dHidden, float[] gates, int gate, int count) {
        Lanes.rnnBackward(hidden, at, dHidden, gates, gate, count);
    }
}
