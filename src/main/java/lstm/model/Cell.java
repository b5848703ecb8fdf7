package lstm.model;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The kinds of recurrent layer; a new one is a class and a line here. */
public enum Cell {
    /** Input, forget and output gate and a candidate (Hochreiter and Schmidhuber, 1997; Gers et al., 2000). */
    LSTM("lstm", 4, LstmLayer::new);

    /** Makes a layer whose tensors are named after PyTorch's, with {@code suffix} "l0", "l1", ... */
    @FunctionalInterface
    interface Factory {
        RecurrentLayer create(Projection.Factory inputs, int hidden, String suffix);
    }

    private final String prefix;
    private final int gates;
    private final Factory factory;

    Cell(String prefix, int gates, Factory factory) {
        this.prefix = prefix;
        this.gates = gates;
        this.factory = factory;
    }

    /** The tensors of a layer in a file and their shapes, which are PyTorch's; suffix "l0", "l1", ... */
    public Map<String, int[]> tensorShapes(String suffix, int inputs, int hidden) {
        int rows = gates * hidden;
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put(prefix + ".weight_ih_" + suffix, new int[] {rows, inputs});
        shapes.put(prefix + ".weight_hh_" + suffix, new int[] {rows, hidden});
        shapes.put(prefix + ".bias_ih_" + suffix, new int[] {rows});
        shapes.put(prefix + ".bias_hh_" + suffix, new int[] {rows});
        return shapes;
    }

    RecurrentLayer newLayer(Projection.Factory inputs, int hidden, String suffix) {
        return factory.create(inputs, hidden, suffix);
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
