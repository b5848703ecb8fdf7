package lstm.model;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The kinds of recurrent layer; a new one is a class and a line here, and with arithmetic of its own a {@code CellStep}. */
public enum Cell {
    /** Input, forget and output gate and a candidate (Hochreiter and Schmidhuber, 1997; Gers et al., 2000). */
    LSTM("lstm", 4, 0, LstmLayer::new),
    /** An LSTM whose gates see the cell state (Gers and Schmidhuber, 2000). */
    PEEPHOLE("peephole", 4, 3, PeepholeLayer::new),
    /** Reset and update gate and a candidate (Cho et al., 2014). */
    GRU("gru", 3, 0, GruLayer::new),
    /** One tanh layer (Elman, 1990). */
    RNN("rnn", 1, 0, RnnLayer::new);

    /** The kind of tensor that holds weights of the cell state in the gates. */
    static final String PEEPHOLES = "weight_ch";

    /** Makes a layer. */
    @FunctionalInterface
    interface Factory {
        RecurrentLayer create(LayerParameters parameters, Projection.Factory inputs);
    }

    private final String prefix;
    private final int gates;
    private final int peepholes;
    private final Factory factory;

    Cell(String prefix, int gates, int peepholes, Factory factory) {
        this.prefix = prefix;
        this.gates = gates;
        this.peepholes = peepholes;
        this.factory = factory;
    }

    /** Whether the recurrent product has a bias of its own, beside the input's; in files all cells have two, as in PyTorch. */
    boolean hasRecurrentBias() {
        return this == GRU;
    }

    /** Rows of a layer's weights, in units of H. */
    int gates() {
        return gates;
    }

    /**
     * The tensors of a layer in a file and their shapes, suffix "l0", "l1", ...: PyTorch's, and for peepholes, which it has not,
     * a vector of 3H for the input, the forget and the output gate.
     */
    Map<String, int[]> tensorShapes(String suffix, int inputs, int hidden) {
        int rows = gates * hidden;
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put(prefix + ".weight_ih_" + suffix, new int[] {rows, inputs});
        shapes.put(prefix + ".weight_hh_" + suffix, new int[] {rows, hidden});
        shapes.put(prefix + ".bias_ih_" + suffix, new int[] {rows});
        shapes.put(prefix + ".bias_hh_" + suffix, new int[] {rows});
        if (peepholes > 0) {
            shapes.put(prefix + "." + PEEPHOLES + "_" + suffix, new int[] {peepholes * hidden});
        }
        return shapes;
    }

    RecurrentLayer newLayer(String suffix, Map<String, int[]> shapes, Projection.Factory inputs) {
        return factory.create(new LayerParameters(prefix, suffix, shapes), inputs);
    }

    @Override
    public String toString() {
        return label();
    }

    /** The name in options and checkpoints. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The cell of a label.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Cell fromLabel(String label) {
        for (Cell cell : values()) {
            if (cell.label().equals(label)) {
                return cell;
            }
        }
        throw new IllegalArgumentException("unknown cell \"" + label + "\"");
    }
}
