package lstm.kernel;

/**
 * What the cells compute between two products, column by column: composed here, once for all kernels, of operations on ranges
 * of arrays, here the plain loops of {@link Scalars}.
 */
class CellArithmetic {

    private float[] column = new float[0];

    final void forward(CellStep step, Columns columns) {
        int streams = step.streams();
        for (int j = 0; j < columns.count(); j++) {
            int at = columns.at(j);
            if (step instanceof LstmStep s) {
                forward(s, at, at + streams);
            } else if (step instanceof PeepholeStep s) {
                forward(s, at, at + streams);
            } else if (step instanceof GruStep s) {
                forward(s, at, at + streams);
            } else if (step instanceof RnnStep s) {
                int h = s.hidden().getRowDim();
                tanh(s.gates().data, at * h, s.hidden().data, (at + streams) * h, h);
            } else {
                throw new AssertionError(step);
            }
        }
    }

    private void forward(LstmStep s, int at, int next) {
        int h = s.hidden().getRowDim();
        float[] gates = s.gates().data;
        int gate = at * 4 * h;
        logistic(gates, gate, 2 * h);
        logistic(gates, gate + 3 * h, h);
        newCell(s, h, at, next);
        newHidden(s, h, at, next);
    }

    private void forward(PeepholeStep peephole, int at, int next) {
        LstmStep s = peephole.lstm();
        int h = s.hidden().getRowDim();
        float[] gates = s.gates().data;
        float[] cell = s.cell().data;
        float[] weights = peephole.weights().data;
        int gate = at * 4 * h;
        addProduct(weights, 0, cell, at * h, gates, gate, h);
        addProduct(weights, h, cell, at * h, gates, gate + h, h);
        logistic(gates, gate, 2 * h);
        newCell(s, h, at, next);
        addProduct(weights, 2 * h, cell, next * h, gates, gate + 3 * h, h);
        logistic(gates, gate + 3 * h, h);
        newHidden(s, h, at, next);
    }

    private void newCell(LstmStep s, int h, int at, int next) {
        int gate = at * 4 * h;
        float[] gates = s.gates().data;
        tanh(gates, gate + 2 * h, gates, gate + 2 * h, h);
        nextCell(gates, gate, h, s.cell().data, at * h, next * h);
    }

    private void newHidden(LstmStep s, int h, int at, int next) {
        float[] tanhCell = tanhCell(s, h, next);
        multiply(s.gates().data, at * 4 * h + 3 * h, tanhCell, 0, s.hidden().data, next * h, h);
    }

    /** Computed once for the way there and once for the way back: to keep it would take longer, by way of memory. */
    private float[] tanhCell(LstmStep s, int h, int next) {
        if (column.length < h) {
            column = new float[h];
        }
        tanh(s.cell().data, next * h, column, 0, h);
        return column;
    }

    private void forward(GruStep s, int at, int next) {
        int h = s.hidden().getRowDim();
        float[] inputs = s.inputs().data;
        float[] gates = s.gates().data;
        int gate = at * 3 * h;
        int candidate = gate + 2 * h;
        add(inputs, gate, gates, gate, 2 * h);
        logistic(gates, gate, 2 * h);
        addProduct(gates, gate, gates, candidate, inputs, candidate, h);
        tanh(inputs, candidate, inputs, candidate, h);
        blend(gates, gate + h, inputs, candidate, s.hidden().data, at * h, next * h, h);
    }

    final void backward(CellStep step, StateGradients d, Columns columns) {
        int streams = step.streams();
        int h = step.hidden().getRowDim();
        for (int j = 0; j < columns.count(); j++) {
            int at = columns.at(j);
            int carried = at % streams * h;
            if (step instanceof LstmStep s) {
                backward(s, h, at, at + streams, d, carried);
            } else if (step instanceof PeepholeStep s) {
                backward(s.lstm(), s.weights().data, h, at, at + streams, d, carried);
            } else if (step instanceof GruStep s) {
                backward(s, h, at, d, carried);
            } else if (step instanceof RnnStep s) {
                rnnBackward(s.hidden().data, (at + streams) * h, d.dHidden().data, s.gates().data, at * h, h);
            } else {
                throw new AssertionError(step);
            }
        }
    }

    private void backward(LstmStep s, int h, int at, int next, StateGradients d, int carried) {
        float[] tanhCell = tanhCell(s, h, next);
        float[] dCell = d.dCarried().data;
        lstmBackward(
                s.gates().data, at * 4 * h, h, s.cell().data, tanhCell, d.dHidden().data, at * h, dCell, carried, h);
    }

    private void backward(LstmStep s, float[] weights, int h, int at, int next, StateGradients d, int carried) {
        float[] tanhCell = tanhCell(s, h, next);
        float[] dCell = d.dCarried().data;
        float[] dHidden = d.dHidden().data;
        peepholeBackward(
                s.gates().data, at * 4 * h, h, weights, s.cell().data, tanhCell, dHidden, at * h, dCell, carried, h);
    }

    private void backward(GruStep s, int h, int at, StateGradients d, int carried) {
        float[] dHidden = d.dHidden().data;
        float[] dCarried = d.dCarried().data;
        gruBackward(
                s.inputs().data, s.gates().data, at * 3 * h, h, s.hidden().data, dHidden, at * h, dCarried, carried, h);
    }

    /** x = logistic(x). */
    void logistic(float[] x, int at, int count) {
        Scalars.logistic(x, at, count);
    }

    /** into = tanh(x). */
    void tanh(float[] x, int at, float[] into, int start, int count) {
        Scalars.tanh(x, at, into, start, count);
    }

    /** into += a. */
    void add(float[] a, int at, float[] into, int start, int count) {
        Scalars.add(a, at, into, start, count);
    }

    /** c = a b. */
    void multiply(float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int count) {
        Scalars.multiply(a, aAt, b, bAt, c, cAt, count);
    }

    /** c += a b. */
    void addProduct(float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int count) {
        Scalars.addProduct(a, aAt, b, bAt, c, cAt, count);
    }

    /** c[next..next+h) = f c[previous..) + i g; the gates i f g o stand h apart. */
    void nextCell(float[] gates, int gate, int h, float[] cell, int previous, int next) {
        Scalars.nextCell(gates, gate, h, cell, previous, next, h);
    }

    /** h[next..) = n + z (h[previous..) - n). */
    void blend(float[] z, int zAt, float[] n, int nAt, float[] hidden, int previous, int next, int count) {
        Scalars.blend(z, zAt, n, nAt, hidden, previous, next, count);
    }

    /** As {@link Lanes#lstmBackward}. */
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
        Scalars.lstmBackward(gates, gate, h, cell, tanhCell, 0, dHidden, at, dCell, dc, count);
    }

    /** As {@link Lanes#peepholeBackward}. */
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
        Scalars.peepholeBackward(gates, gate, h, weights, 0, cell, tanhCell, dHidden, at, dCell, dc, count);
    }

    /** As {@link Lanes#gruBackward}. */
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
        Scalars.gruBackward(inputs, gates, gate, h, hidden, dHidden, at, dCarried, dc, count);
    }

    /** As {@link Lanes#rnnBackward}. */
    void rnnBackward(float[] hidden, int at, float[] dHidden, float[] gates, int gate, int count) {
        Scalars.rnnBackward(hidden, at, dHidden, gates, gate, count);
    }
}
