package lstm.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The language model once more, in double and in plain loops: written to be compared with, not to be fast.
 *
 * <p>Recurrent layers over one-hot or embedded tokens, a linear output layer, softmax and cross-entropy; backpropagation through the
 * steps of one window. Matrices are by row and column, weights under PyTorch's names, gates in its order.
 * NumericalGradientTest holds its gradients.
 */
final class NaiveModel {

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

    private static final double[] ONE = {1};

    private final NaiveCell cell;
    private final String prefix;
    private final int vocabulary;
    private final int hidden;
    private final int layers;
    private final int streams;
    /** How many of the top layer's last outputs are attended to. */
    private final int attention;
    /** The weights whose rows the tokens are read as; null where they are one-hot. */
    private final @Nullable String embedding;

    /** Of every tensor; biases have one column. */
    final Tensors weights = new Tensors();
    /** Of the last window's mean loss by every weight. */
    final Tensors gradients = new Tensors();
    /** H x B matrices "h_l0", "c_l0", ..., and "memory": where the next window begins. */
    final Tensors state = new Tensors();
    /** V x T*B, of the last window. */
    double[][] logits = new double[0][];
    /** What the units of a layer computed in the last window, by layer and column. */
    final List<List<Map<Activation, double[]>>> activations = new ArrayList<>();
    /** Mean of the last window's losses in nats. */
    double loss;

    NaiveModel(ModelConfig config, int streams) {
        this.cell = NaiveCell.of(config.cell());
        this.prefix = config.cell().label();
        this.vocabulary = config.vocabulary();
        this.hidden = config.hidden();
        this.layers = config.layers();
        this.streams = streams;
        int rows = cell.gates() * hidden;
        int vector = config.embedding();
        embedding = vector == 0 ? null : config.tied() ? "decoder.weight" : "embedding.weight";
        if (vector > 0 && !config.tied()) {
            weights.put("embedding.weight", vocabulary, vector);
        }
        for (int l = 0; l < layers; l++) {
            weights.put(name("weight_ih", l), rows, l > 0 ? hidden : vector > 0 ? vector : vocabulary);
            weights.put(name("weight_hh", l), rows, hidden);
            weights.put(name("bias_ih", l), rows, 1);
            if (cell.hasRecurrentBias()) {
                weights.put(name("bias_hh", l), rows, 1);
            }
            if (cell.peepholes() > 0) {
                weights.put(name("weight_ch", l), cell.peepholes() * hidden, 1);
            }
            state.put("h_l" + l, hidden, streams);
            if (cell.hasCellState()) {
                state.put("c_l" + l, hidden, streams);
            }
        }
        attention = config.attention();
        if (attention > 0) {
            for (String projection : List.of("query", "gate", "output")) {
                weights.put("attention." + projection + ".weight", hidden, hidden);
                weights.put("attention." + projection + ".bias", hidden, 1);
            }
            state.put("memory", hidden, attention * streams);
        }
        weights.put("decoder.weight", vocabulary, hidden);
        weights.put("decoder.bias", vocabulary, 1);
    }

    private String name(String kind, int layer) {
        return prefix + "." + kind + "_l" + layer;
    }

    /** A vector that is kept as a matrix of one column; empty where there is none. */
    private static double[] vector(Tensors tensors, String name) {
        if (!tensors.names().contains(name)) {
            return new double[0];
        }
        return Arrays.stream(tensors.get(name)).mapToDouble(row -> row[0]).toArray();
    }

    /** Reads T*B tokens: loss, logits, gradients and the state behind the window. */
    void run(int[] inputs, int[] targets, Masks masks) {
        loss = 0;
        logits = new double[vocabulary][inputs.length];
        activations.clear();
        for (int l = 0; l < layers; l++) {
            activations.add(new ArrayList<>(Collections.nCopies(inputs.length, Map.of())));
        }
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
        private final NaiveCell.Step[][] taken;
        private final double[][] cellState;
        private final double[][][] output;
        private final double[][][] dOutput;
        private final @Nullable NaiveAttention attended;

        Stream(int stream, int[] inputs, int[] targets, Masks masks) {
            this.stream = stream;
            this.inputs = inputs;
            this.targets = targets;
            this.masks = masks;
            steps = inputs.length / streams;
            taken = new NaiveCell.Step[layers][steps];
            cellState = new double[layers][hidden];
            output = new double[layers][steps + 1][hidden];
            dOutput = new double[layers][steps][hidden];
            attended = attention == 0 ? null : new NaiveAttention(attention, weights, gradients);
            if (attended != null) {
                attended.begin(state.get("memory"), stream);
            }
            for (int l = 0; l < layers; l++) {
                for (int r = 0; r < hidden; r++) {
                    output[l][0][r] = state.get("h_l" + l)[r][stream];
                    cellState[l][r] = cell.hasCellState() ? state.get("c_l" + l)[r][stream] : 0;
                }
            }
        }

        void keepState() {
            if (attended != null) {
                attended.keep(state.get("memory"), stream);
            }
            for (int l = 0; l < layers; l++) {
                for (int r = 0; r < hidden; r++) {
                    state.get("h_l" + l)[r][stream] = output[l][steps][r];
                    if (cell.hasCellState()) {
                        state.get("c_l" + l)[r][stream] = cellState[l][r];
                    }
                }
            }
        }

        private int column(int t) {
            return t * streams + stream;
        }

        /** What layer l reads at step t; that of index L is the top layer's output. */
        private double[] input(int l, int t) {
            if (l == 0 && embedding != null) {
                return weights.get(embedding)[inputs[column(t)]];
            }
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
                if (attended != null) {
                    attended.step(input(layers, t));
                }
                predict(t);
            }
        }

        private void step(int l, int t) {
            double[] x = new double[cell.gates() * hidden];
            addProduct(weights.get(name("weight_ih", l)), input(l, t), x);
            addProduct(weights.get(name("bias_ih", l)), ONE, x);
            double[] u = new double[cell.gates() * hidden];
            addProduct(weights.get(name("weight_hh", l)), output[l][t], u);
            if (cell.hasRecurrentBias()) {
                addProduct(weights.get(name("bias_hh", l)), ONE, u);
            }
            output[l][t + 1] = output[l][t].clone();
            double[] peepholes = vector(weights, name("weight_ch", l));
            taken[l][t] = cell.step(x, u, output[l][t + 1], cellState[l], peepholes);
            activations.get(l).set(column(t), taken[l][t].activations());
        }

        private void predict(int t) {
            double[] y = new double[vocabulary];
            addProduct(weights.get("decoder.weight"), seen(t), y);
            addProduct(weights.get("decoder.bias"), ONE, y);
            for (int r = 0; r < vocabulary; r++) {
                logits[r][column(t)] = y[r];
            }
            loss -= Math.log(softmax(t)[targets[column(t)]]) / inputs.length;
        }

        /** What the output layer reads at step t. */
        private double[] seen(int t) {
            return attended == null ? input(layers, t) : attended.output(t);
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
                predicted(dLogits, t);
            }
            if (attended != null) {
                double[][] dX = attended.backward();
                for (int t = 0; t < steps; t++) {
                    addThroughMask(dX[t], layers, t);
                }
            }
            for (int l = layers - 1; l >= 0; l--) {
                double[] dCell = new double[hidden];
                double[] dPeepholes = new double[cell.peepholes() * hidden];
                for (int t = steps - 1; t >= 0; t--) {
                    backwardStep(l, t, new NaiveCell.Gradients(cell.gates() * hidden, dCell, dPeepholes));
                }
                if (cell.peepholes() > 0) {
                    addOuter(dPeepholes, ONE, gradients.get(name("weight_ch", l)));
                }
            }
        }

        private void predicted(double[] dLogits, int t) {
            if (attended == null) {
                backwardInput("decoder.weight", "decoder.bias", dLogits, layers, t);
                return;
            }
            addOuter(dLogits, seen(t), gradients.get("decoder.weight"));
            addOuter(dLogits, ONE, gradients.get("decoder.bias"));
            addTransposedProduct(weights.get("decoder.weight"), dLogits, attended.dOutput(t));
        }

        /** From dOutput and dC at step t to the gradients of layer l and to dOutput and dC at step t - 1. */
        private void backwardStep(int l, int t, NaiveCell.Gradients d) {
            taken[l][t].backward(dOutput[l][t], d);
            addOuter(d.dU, output[l][t], gradients.get(name("weight_hh", l)));
            if (cell.hasRecurrentBias()) {
                addOuter(d.dU, ONE, gradients.get(name("bias_hh", l)));
            }
            if (t > 0) {
                addTransposedProduct(weights.get(name("weight_hh", l)), d.dU, dOutput[l][t - 1]);
                add(d.dPreviousH, dOutput[l][t - 1]);
            }
            backwardInput(name("weight_ih", l), name("bias_ih", l), d.dX, l, t);
        }

        /** Through y = W x + b, where x is what layer l reads, and through the mask of the layer below. */
        private void backwardInput(String weight, String bias, double[] dY, int l, int t) {
            addOuter(dY, input(l, t), gradients.get(weight));
            addOuter(dY, ONE, gradients.get(bias));
            if (l == 0 && embedding != null) {
                addTransposedProduct(weights.get(weight), dY, gradients.get(embedding)[inputs[column(t)]]);
            }
            if (l > 0) {
                double[] dX = new double[hidden];
                addTransposedProduct(weights.get(weight), dY, dX);
                addThroughMask(dX, l, t);
            }
        }

        /** To the gradient by the output of the layer below l. */
        private void addThroughMask(double[] dX, int l, int t) {
            for (int r = 0; r < hidden; r++) {
                dOutput[l - 1][t][r] += dX[r] * masks.at(l - 1, r, column(t));
            }
        }
    }

    static void addProduct(double[][] w, double[] x, double[] y) {
        for (int r = 0; r < y.length; r++) {
            for (int k = 0; k < x.length; k++) {
                y[r] += w[r][k] * x[k];
            }
        }
    }

    static void addTransposedProduct(double[][] w, double[] y, double[] x) {
        for (int r = 0; r < y.length; r++) {
            for (int k = 0; k < x.length; k++) {
                x[k] += w[r][k] * y[r];
            }
        }
    }

    static void addOuter(double[] y, double[] x, double[][] w) {
        for (int r = 0; r < y.length; r++) {
            for (int k = 0; k < x.length; k++) {
                w[r][k] += y[r] * x[k];
            }
        }
    }

    private static void add(double[] x, double[] y) {
        for (int r = 0; r < y.length; r++) {
            y[r] += x[r];
        }
    }
}
