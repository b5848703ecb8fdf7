package lstm.kernel;

import org.ojalgo.matrix.store.R032Store;

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
    void lstmBackward(LstmStep s, int h, int at, StateGradients d, int carried) {
        Lanes.lstmBackward(
                s.gates().data,
                at * 4 * h,
                h,
                s.cell().data,
                s.tanhCell().data,
                d.dHidden().data,
                at * h,
                d.dCarried().data,
                carried,
                h);
    }

    @Override
    void peepholeBackward(LstmStep s, float[] weights, int h, int at, StateGradients d, int carried) {
        Lanes.peepholeBackward(
                s.gates().data,
                at * 4 * h,
                h,
                weights,
                s.cell().data,
                s.tanhCell().data,
                d.dHidden().data,
                at * h,
                d.dCarried().data,
                carried,
                h);
    }

    @Override
    void gruBackward(GruStep s, int h, int at, StateGradients d, int carried) {
        Lanes.gruBackward(
                s.inputs().data,
                s.gates().data,
                at * 3 * h,
                h,
                s.hidden().data,
                d.dHidden().data,
                at * h,
                d.dCarried().data,
                carried,
                h);
    }

    @Override
    void rnnBackward(RnnStep s, int h, int at, int next, R032Store dHidden) {
        Lanes.rnnBackward(s.hidden().data, next * h, dHidden.data, s.gates().data, at * h, h);
    }
}
