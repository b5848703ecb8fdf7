package lstm.model;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The language model once more, in double and in plain loops: written to be compared with, not to be fast.
 *
 * <p>Layers of LSTM over one-hot tokens, a linear output layer, softmax and cross-entropy; backpropagation through the
 * steps of one window. Matrices are by row and column, weights under PyTorch's names, gates in its order i f g o.
 * NumericalGradientTest holds its gradients.
 */
final class NaiveLstm {

    /** What a layer's output is multiplied with, for a unit and a column t*B + b. */
    @FunctionalInterface
    interface Masks {
        Masks NONE = (layer, unit, column) -> 1;

        double at(int layer, int unit, int column);
    }

    /** Matrices by name. */
    static final class Tensors {
        private final Map<String, double[][]> byName = new LinkedHashMap<>();

        Set<String> names() {
            return byName.keySet();
        }

        double[][] get(String name) {
            return requireNonNull(byName.get(name), name);
        }

        void put(String name, int rows, int columns) {
            byName.put(name, new double[rows][columns]);
        }
    }

    private final int vocabulary;
    private final int hidden;
    private final int layers;
    private final int streams;

    /** Of every tensor; biases have one column. */
    final Tensors weights = new Tensors();
    /** Of the last window's mean loss by every weight. */
    final Tensors gradients = new Tensors();
    /** H x B matrices "h_l0", "c_l0", ...: where the next window begins. */
    final Tensors state = new Tensors();
    /** V x T*B, of the last window. */
    double[][] logits = new double[0][];
    /** Mean of the last window's losses in nats. */
    double loss;

    NaiveLstm(int vocabulary, int hidden, int layers, int streams) {
        this.vocabulary = vocabulary;
        this.hidden = hidden;
        this.layers = layers;
        this.streams = streams;
        for (int l = 0; l < layers; l++) {
            weights.put("lstm.weight_ih_l" + l, 4 * hidden, l == 0 ? vocabulary : hidden);
            weights.put("lstm.weight_hh_l" + l, 4 * hidden, hidden);
            weights.put("lstm.bias_ih_l" + l, 4 * hidden, 1);
            state.put("h_l" + l, hidden, streams);
            state.put("c_l" + l, hidden, streams);
        }
        weights.put("decoder.weight", vocabulary, hidden);
        weights.put("decoder.bias", vocabulary, 1);
    }

    /** Reads T*B tokens: loss, logits, gradients and the state behind the window. */
    void run(int[] inputs, int[] targets, Masks masks) {
        loss = 0;
        logits = new double[vocabulary][inputs.length];
        for (String name : weights.names()) {
            gradients.put(name, weights.get(name).length, weights.get(name)[0].length);
        }
        for (int b = 0; b < streams; b++) {
            Stream stream = new Stream(b, inputs, targets, masks);
            stream.forward();
            stream.backward();
            stream.keepState();
        }
    }

    /** One stream through the window; block 0 of its states is what was before. */
    private final class Stream {
        private final int stream;
        private final int[] inputs;
        private final int[] targets;
        private final Masks masks;
        private final int steps;
        private final double[][][] gates;
        private final double[][][] cell;
        private final double[][][] output;
        private final double[][][] dOutput;

        Stream(int stream, int[] inputs, int[] targets, Masks masks) {
            this.stream = stream;
            this.inputs = inputs;
            this.targets = targets;
            this.masks = masks;
            steps = inputs.length / streams;
            gates = new double[layers][steps][4 * hidden];
            cell = new double[layers][steps + 1][hidden];
            output = new double[layers][steps + 1][hidden];
            dOutput = new double[layers][steps][hidden];
            for (int l = 0; l < layers; l++) {
                for (int r = 0; r < hidden; r++) {
                    output[l][0][r] = state.get("h_l" + l)[r][stream];
                    cell[l][0][r] = state.get("c_l" + l)[r][stream];
                }
            }
        }

        void keepState() {
            for (int l = 0; l < layers; l++) {
                for (int r = 0; r < hidden; r++) {
                    state.get("h_l" + l)[r][stream] = output[l][steps][r];
                    state.get("c_l" + l)[r][stream] = cell[l][steps][r];
                }
            }
        }

        private int column(int t) {
            return t * streams + stream;
        }

        /** What layer l reads at step t; that of index L is what the output layer reads. */
        private double[] input(int l, int t) {
            double[] x = new double[l == 0 ? vocabulary : hidden];
            if (l == 0) {
                x[inputs[column(t)]] = 1;
            } else {
                for (int r = 0; r < hidden; r++) {
                    x[r] = output[l - 1][t + 1][r] * masks.at(l - 1, r, column(t));
                }
            }
            return x;
        }

        void forward() {
            for (int t = 0; t < steps; t++) {
                for (int l = 0; l < layers; l++) {
                    step(l, t);
                }
                predict(t);
            }
        }

        private void step(int l, int t) {
            double[] a = gates[l][t];
            addProduct(weights.get("lstm.weight_ih_l" + l), input(l, t), a);
            addProduct(weights.get("lstm.weight_hh_l" + l), output[l][t], a);
            addProduct(weights.get("lstm.bias_ih_l" + l), new double[] {1}, a);
            for (int r = 0; r < hidden; r++) {
                a[r] = logistic(a[r]);
                a[hidden + r] = logistic(a[hidden + r]);
                a[2 * hidden + r] = Math.tanh(a[2 * hidden + r]);
                a[3 * hidden + r] = logistic(a[3 * hidden + r]);
                cell[l][t + 1][r] = a[hidden + r] * cell[l][t][r] + a[r] * a[2 * hidden + r];
                output[l][t + 1][r] = a[3 * hidden + r] * Math.tanh(cell[l][t + 1][r]);
            }
        }

        private void predict(int t) {
            double[] y = new double[vocabulary];
            addProduct(weights.get("decoder.weight"), input(layers, t), y);
            addProduct(weights.get("decoder.bias"), new double[] {1}, y);
            for (int r = 0; r < vocabulary; r++) {
                logits[r][column(t)] = y[r];
            }
            loss -= Math.log(softmax(t)[targets[column(t)]]) / inputs.length;
        }

        private double[] softmax(int t) {
            double[] p = new double[vocabulary];
            double sum = 0;
            for (int r = 0; r < vocabulary; r++) {
                p[r] = Math.exp(logits[r][column(t)]);
                sum += p[r];
            }
            for (int r = 0; r < vocabulary; r++) {
                p[r] /= sum;
            }
            return p;
        }

        void backward() {
            for (int t = 0; t < steps; t++) {
                double[] dLogits = softmax(t);
                dLogits[targets[column(t)]] -= 1;
                for (int r = 0; r < vocabulary; r++) {
                    dLogits[r] /= inputs.length;
                }
                backwardInput("decoder.weight", "decoder.bias", dLogits, layers, t);
            }
            for (int l = layers - 1; l >= 0; l--) {
                double[] dCell = new double[hidden];
                for (int t = steps - 1; t >= 0; t--) {
                    backwardStep(l, t, dCell);
                }
            }
        }

        /** From dOutput and dCell at step t to the gradients of layer l and to dOutput and dCell at step t - 1. */
        private void backwardStep(int l, int t, double[] dCell) {
            double[] a = gates[l][t];
            double[] dGates = new double[4 * hidden];
            for (int r = 0; r < hidden; r++) {
                double i = a[r];
                double f = a[hidden + r];
                double g = a[2 * hidden + r];
                double o = a[3 * hidden + r];
                double tanh = Math.tanh(cell[l][t + 1][r]);
                double dOut = dOutput[l][t][r];
                dCell[r] += dOut * o * (1 - tanh * tanh);
                dGates[r] = dCell[r] * g * i * (1 - i);
                dGates[hidden + r] = dCell[r] * cell[l][t][r] * f * (1 - f);
                dGates[2 * hidden + r] = dCell[r] * i * (1 - g * g);
                dGates[3 * hidden + r] = dOut * tanh * o * (1 - o);
                dCell[r] *= f;
            }
            addOuter(dGates, output[l][t], gradients.get("lstm.weight_hh_l" + l));
            if (t > 0) {
                addTransposedProduct(weights.get("lstm.weight_hh_l" + l), dGates, dOutput[l][t - 1]);
            }
            backwardInput("lstm.weight_ih_l" + l, "lstm.bias_ih_l" + l, dGates, l, t);
        }

        /** Through y = W x + b, where x is what layer l reads, and through the mask of the layer below. */
        private void backwardInput(String weight, String bias, double[] dY, int l, int t) {
            addOuter(dY, input(l, t), gradients.get(weight));
            addOuter(dY, new double[] {1}, gradients.get(bias));
            if (l > 0) {
                double[] dX = new double[hidden];
                addTransposedProduct(weights.get(weight), dY, dX);
                for (int r = 0; r < hidden; r++) {
                    dOutput[l - 1][t][r] += dX[r] * masks.at(l - 1, r, column(t));
                }
            }
        }
    }

    private static void addProduct(double[][] w, double[] x, double[] y) {
        for (int r = 0; r < y.length; r++) {
            for (int k = 0; k < x.length; k++) {
                y[r] += w[r][k] * x[k];
            }
        }
    }

    private static void addTransposedProduct(double[][] w, double[] y, double[] x) {
        for (int r = 0; r < y.length; r++) {
            for (int k = 0; k < x.length; k++) {
                x[k] += w[r][k] * y[r];
            }
        }
    }

    private static void addOuter(double[] y, double[] x, double[][] w) {
        for (int r = 0; r < y.length; r++) {
            for (int k = 0; k < x.length; k++) {
                w[r][k] += y[r] * x[k];
            }
        }
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
