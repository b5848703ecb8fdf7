package lstm.model;

import java.util.Arrays;
import java.util.Map;

/** The cells once more, in double and in plain loops, forward and backward through one step of one stream. */
interface NaiveCell {

    /** Rows of the weights, in units of H. */
    int gates();

    /** Whether there is a cell state beside the hidden state. */
    default boolean hasCellState() {
        return false;
    }

    /** How many vectors of H weights of the cell state there are. */
    default int peepholes() {
        return 0;
    }

    /** Whether the recurrent product has a bias of its own. */
    default boolean hasRecurrentBias() {
        return false;
    }

    /**
     * One step: new states from x = W x + b and u = U h, from the previous states and from the peepholes' weights.
     *
     * @param h becomes the new hidden state
     * @param c becomes the new cell state
     */
    Step step(double[] x, double[] u, double[] h, double[] c, double[] peepholes);

    /**
     * A step that was taken.
     *
     * @param activations what every unit computed
     * @param back the way back through it
     */
    record Step(Map<Activation, double[]> activations, Back back) {

        void backward(double[] dH, Gradients d) {
            back.backward(dH, d);
        }
    }

    /** The way back through a step. */
    @FunctionalInterface
    interface Back {

        /** From dH, by the new hidden state, and from d's dC, by the new cell state, to all of d. */
        void backward(double[] dH, Gradients d);
    }

    /** The gradients by a step's operands: dC is replaced, the others, zero before, are set or added to. */
    final class Gradients {
        final double[] dX;
        final double[] dU;
        final double[] dC;
        final double[] dPreviousH;
        final double[] dPeepholes;

        Gradients(int rows, double[] dC, double[] dPeepholes) {
            dX = new double[rows];
            dU = new double[rows];
            this.dC = dC;
            dPreviousH = new double[dC.length];
            this.dPeepholes = dPeepholes;
        }
    }

    static NaiveCell of(Cell cell) {
        return switch (cell) {
            case LSTM -> new Lstm(false);
            case PEEPHOLE -> new Lstm(true);
            case GRU -> new Gru();
            case RNN -> new Rnn();
        };
    }

    static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** With peepholes: the input and the forget gate see the previous cell state, the output gate the new one. */
    record Lstm(boolean peeps) implements NaiveCell {

        @Override
        public int gates() {
            return 4;
        }

        @Override
        public boolean hasCellState() {
            return true;
        }

        @Override
        public int peepholes() {
            return peeps ? 3 : 0;
        }

        @Override
        public Step step(double[] x, double[] u, double[] h, double[] c, double[] peepholes) {
            int n = h.length;
            double[] p = peeps ? peepholes : new double[3 * n];
            double[] a = new double[4 * n];
            double[] before = c.clone();
            for (int r = 0; r < n; r++) {
                a[r] = logistic(x[r] + u[r] + p[r] * c[r]);
                a[n + r] = logistic(x[n + r] + u[n + r] + p[n + r] * c[r]);
                a[2 * n + r] = Math.tanh(x[2 * n + r] + u[2 * n + r]);
                c[r] = a[n + r] * c[r] + a[r] * a[2 * n + r];
                a[3 * n + r] = logistic(x[3 * n + r] + u[3 * n + r] + p[2 * n + r] * c[r]);
                h[r] = a[3 * n + r] * Math.tanh(c[r]);
            }
            double[] after = c.clone();
            return new Step(activations(a, h, c), (dH, d) -> backward(dH, d, a, p, before, after));
        }

        private static Map<Activation, double[]> activations(double[] a, double[] h, double[] c) {
            int n = h.length;
            return Map.of(
                    Activation.INPUT, Arrays.copyOfRange(a, 0, n),
                    Activation.FORGET, Arrays.copyOfRange(a, n, 2 * n),
                    Activation.CANDIDATE, Arrays.copyOfRange(a, 2 * n, 3 * n),
                    Activation.OUTPUT, Arrays.copyOfRange(a, 3 * n, 4 * n),
                    Activation.CELL, Arrays.stream(c).map(Math::tanh).toArray(),
                    Activation.HIDDEN, h.clone());
        }

        private void backward(double[] dH, Gradients d, double[] a, double[] p, double[] before, double[] after) {
            int n = dH.length;
            for (int r = 0; r < n; r++) {
                double i = a[r];
                double f = a[n + r];
                double g = a[2 * n + r];
                double o = a[3 * n + r];
                double tanh = Math.tanh(after[r]);
                double dO = dH[r] * tanh * o * (1 - o);
                double dC = d.dC[r] + dH[r] * o * (1 - tanh * tanh) + p[2 * n + r] * dO;
                double dI = dC * g * i * (1 - i);
                double dF = dC * before[r] * f * (1 - f);
                d.dX[r] = dI;
                d.dX[n + r] = dF;
                d.dX[2 * n + r] = dC * i * (1 - g * g);
                d.dX[3 * n + r] = dO;
                d.dC[r] = dC * f + p[r] * dI + p[n + r] * dF;
                if (peeps) {
                    d.dPeepholes[r] += dI * before[r];
                    d.dPeepholes[n + r] += dF * before[r];
                    d.dPeepholes[2 * n + r] += dO * after[r];
                }
            }
            System.arraycopy(d.dX, 0, d.dU, 0, 4 * n);
        }
    }

    /** With the reset gate behind the product. */
    record Gru() implements NaiveCell {

        @Override
        public int gates() {
            return 3;
        }

        @Override
        public boolean hasRecurrentBias() {
            return true;
        }

        @Override
        public Step step(double[] x, double[] u, double[] h, double[] c, double[] peepholes) {
            int n = h.length;
            double[] before = h.clone();
            double[] reset = new double[n];
            double[] update = new double[n];
            double[] candidate = new double[n];
            for (int i = 0; i < n; i++) {
                reset[i] = logistic(x[i] + u[i]);
                update[i] = logistic(x[n + i] + u[n + i]);
                candidate[i] = Math.tanh(x[2 * n + i] + reset[i] * u[2 * n + i]);
                h[i] = (1 - update[i]) * candidate[i] + update[i] * h[i];
            }
            double[] product = u.clone();
            Map<Activation, double[]> activations = Map.of(
                    Activation.RESET, reset,
                    Activation.UPDATE, update,
                    Activation.CANDIDATE, candidate,
                    Activation.HIDDEN, h.clone());
            return new Step(activations, (dH, d) -> {
                for (int i = 0; i < n; i++) {
                    double r = reset[i];
                    double z = update[i];
                    double dN = dH[i] * (1 - z) * (1 - candidate[i] * candidate[i]);
                    d.dX[i] = dN * product[2 * n + i] * r * (1 - r);
                    d.dX[n + i] = dH[i] * (before[i] - candidate[i]) * z * (1 - z);
                    d.dX[2 * n + i] = dN;
                    d.dU[i] = d.dX[i];
                    d.dU[n + i] = d.dX[n + i];
                    d.dU[2 * n + i] = dN * r;
                    d.dPreviousH[i] += dH[i] * z;
                }
            });
        }
    }

    /** Elman's. */
    record Rnn() implements NaiveCell {

        @Override
        public int gates() {
            return 1;
        }

        @Override
        public Step step(double[] x, double[] u, double[] h, double[] c, double[] peepholes) {
            for (int r = 0; r < h.length; r++) {
                h[r] = Math.tanh(x[r] + u[r]);
            }
            double[] after = h.clone();
            return new Step(Map.of(Activation.HIDDEN, after), (dH, d) -> {
                for (int r = 0; r < dH.length; r++) {
                    d.dX[r] = dH[r] * (1 - after[r] * after[r]);
                    d.dU[r] = d.dX[r];
                }
            });
        }
    }
}
