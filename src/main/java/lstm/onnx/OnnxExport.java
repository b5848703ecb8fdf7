package lstm.onnx;

import static lstm.onnx.Graph.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.gson.Gson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import lstm.checkpoint.AtomicFile;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.CheckpointException;
import lstm.kernel.Kernel;
import lstm.model.Cell;
import lstm.model.ModelConfig;
import org.ojalgo.matrix.store.R032Store;

/**
 * A checkpoint's model in the standard operators of ONNX, opset 14: one LSTM, GRU or RNN node a layer.
 *
 * <p>Inputs: {@code tokens} (steps x streams, int64) and the states before the first step, {@code h_0} and for an LSTM {@code
 * c_0} (layers x streams x H), with attention {@code memory_0} (N x streams x H, the oldest output first). Outputs: {@code logits}
 * (steps x streams x V) and the states behind the last step, {@code h_n}, {@code c_n} and {@code memory_n}. Steps and streams are free, so that a text can be read step by step or all at once. The vocabulary stands in
 * the model's metadata, as in a checkpoint's.
 */
public final class OnnxExport {

    private static final long OPSET = 14;
    private static final long IR_VERSION = 8;
    /** What protocol buffers can hold. */
    private static final long MOST_BYTES = Integer.MAX_VALUE - (1 << 20);

    private static final String STEPS = "steps";
    private static final String STREAMS = "streams";

    private final Checkpoint checkpoint;
    private final ModelConfig config;
    private final Cell cell;
    private final int hidden;
    private final Graph graph = new Graph("lstm");

    private OnnxExport(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
        config = checkpoint.config();
        cell = config.cell();
        hidden = config.hidden();
    }

    /**
     * Writes the model, whole or not at all.
     *
     * @throws CheckpointException in one line, where it is too large for the format or cannot be written
     */
    public static void save(Checkpoint checkpoint, Path file) {
        long bytes = checkpoint.weights().values().stream()
                .mapToLong(weight -> 4L * weight.data.length)
                .sum();
        if (checkpoint.config().tied()) {
            // Stands there twice, by rows for characters and by columns for logits.
            bytes += 4L * checkpoint.config().vocabulary() * checkpoint.config().hidden();
        }
        if (bytes > MOST_BYTES) {
            throw new CheckpointException("cannot write " + file + ": ONNX files end at 2 GB, and the model has "
                    + bytes / (1 << 20) + " MiB of weights");
        }
        ModelProto model = new OnnxExport(checkpoint).model();
        try {
            AtomicFile.replace(file, channel -> {
                OutputStream out = Channels.newOutputStream(channel);
                model.writeTo(out);
                out.flush();
            });
        } catch (IOException e) {
            throw CheckpointException.of("write", file, e);
        }
    }

    private ModelProto model() {
        draw();
        String symbols = new Gson().toJson(checkpoint.vocabulary().symbols());
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("lstm")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .addMetadataProps(entry("unit", checkpoint.vocabulary().unit().label()))
                .addMetadataProps(entry("vocabulary", symbols))
                .setGraph(graph.build())
                .build();
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private void draw() {
        int layers = config.layers();
        String tokens = graph.integers("tokens", STEPS, STREAMS);
        graph.floats("h_0", layers, STREAMS, hidden);
        if (hasCellState()) {
            graph.floats("c_0", layers, STREAMS, hidden);
        }
        if (config.attention() > 0) {
            graph.floats("memory_0", config.attention(), STREAMS, hidden);
        }
        String x = read(tokens);
        graph.constant("directions", new long[] {1}, 1);
        List<String> hiddenStates = new ArrayList<>();
        List<String> cellStates = new ArrayList<>();
        for (int l = 0; l < layers; l++) {
            x = layer(l, x);
            hiddenStates.add("h_l" + l);
            cellStates.add("c_l" + l);
        }
        graph.node("Concat", hiddenStates, "h_n", attribute("axis", 0));
        if (hasCellState()) {
            graph.node("Concat", cellStates, "c_n", attribute("axis", 0));
        }
        if (config.attention() > 0) {
            x = attend(tokens, x);
        }
        linear("decoder", x, "logits");

        graph.output("logits", STEPS, STREAMS, config.vocabulary());
        graph.output("h_n", layers, STREAMS, hidden);
        if (hasCellState()) {
            graph.output("c_n", layers, STREAMS, hidden);
        }
        if (config.attention() > 0) {
            graph.output("memory_n", config.attention(), STREAMS, hidden);
        }
    }

    /** W x + b, for the parameters of this name. */
    private String linear(String name, String x, String output) {
        R032Store matrix = weight(name + ".weight");
        String weight = graph.constant(name + ".weight", matrix.data.clone(), matrix.getColDim(), matrix.getRowDim());
        String product = graph.node("MatMul", List.of(x, weight), name + ".product");
        String bias = graph.constant(name + ".bias", weight(name + ".bias").data.clone(), matrix.getRowDim());
        return graph.node("Add", List.of(product, bias), output);
    }

    /** What the output layer reads, of the top layer's output x: streams come first where queries meet the memory. */
    private String attend(String tokens, String x) {
        int width = config.attention();
        String all = graph.node("Concat", List.of("memory_0", x), "past", attribute("axis", 0));
        String zero = graph.constant("zero", new long[] {0}, 1);
        String one = graph.constant("one", new long[] {1}, 1);
        String last = graph.constant("minus_one", new long[] {-1}, 1);
        String end = graph.constant("end", new long[] {Long.MAX_VALUE}, 1);
        String oldest = graph.constant("oldest", new long[] {-width}, 1);
        graph.node("Slice", List.of(all, oldest, end, zero), "memory_n");
        String keys = graph.node("Slice", List.of(all, zero, last, zero), "keys");
        String values = graph.node("Slice", List.of(all, one, end, zero), "values");

        String queries = linear("attention.query", x, "queries");
        String sharpness = graph.constant("sharpness", new float[] {ModelConfig.ATTENTION_SHARPNESS}, 1);
        String sharp = graph.node("Mul", List.of(ofLengthOne(queries), sharpness), "sharp_queries");
        String q = graph.node("Transpose", List.of(sharp), "queries_of_streams", attribute("perm", 1, 0, 2));
        String k = graph.node("Transpose", List.of(ofLengthOne(keys)), "keys_of_streams", attribute("perm", 1, 2, 0));
        String v = graph.node("Transpose", List.of(values), "values_of_streams", attribute("perm", 1, 0, 2));
        String scores = graph.node("MatMul", List.of(q, k), "scores");
        String unseen = graph.constant("minus_infinity", new float[] {Float.NEGATIVE_INFINITY}, 1);
        String seen = graph.node("Where", List.of(band(tokens, keys), scores, unseen), "seen_scores");
        String p = graph.node("Softmax", List.of(seen), "weights", attribute("axis", -1));
        String found = graph.node("MatMul", List.of(p, v), "found");
        String context = graph.node("Transpose", List.of(found), "context", attribute("perm", 1, 0, 2));

        String gate = graph.node("Sigmoid", List.of(linear("attention.gate", x, "gates")), "opened");
        String added = linear("attention.output", context, "added");
        String through = graph.node("Mul", List.of(gate, added), "let_through");
        return graph.node("Add", List.of(x, through), "attended");
    }

    /** Vectors of H numbers divided by their length. */
    private String ofLengthOne(String vectors) {
        String squares = graph.node(
                "ReduceSumSquare", List.of(vectors), vectors + ".squares", attribute("axes", new long[] {-1}));
        String shortest = graph.constant(vectors + ".shortest", new float[] {Kernel.LEAST_SQUARE}, 1);
        String sum = graph.node("Add", List.of(squares, shortest), vectors + ".sum");
        String length = graph.node("Sqrt", List.of(sum), vectors + ".length");
        return graph.node("Div", List.of(vectors, length), vectors + ".unit");
    }

    /** Which keys a step sees, steps x keys: that of index t the keys t to t + N. */
    private String band(String tokens, String keys) {
        String first = graph.constant("first", new long[] {0});
        String by = graph.constant("by", new long[] {1});
        String steps = graph.node("Range", List.of(first, length(tokens), by), "steps_of_window");
        String places = graph.node("Range", List.of(first, length(keys), by), "places");
        String column = graph.node("Unsqueeze", List.of(steps, "one"), "steps_by_row");
        String distance = graph.node("Sub", List.of(places, column), "distances");
        String width = graph.constant("width", new long[] {config.attention()}, 1);
        String from = graph.node("GreaterOrEqual", List.of(distance, "zero"), "not_before");
        String to = graph.node("Less", List.of(distance, width), "not_behind");
        return graph.node("And", List.of(from, to), "band");
    }

    /** The first dimension, as a number. */
    private String length(String tensor) {
        String shape = graph.node("Shape", List.of(tensor), "shape_of_" + tensor);
        return graph.node("Gather", List.of(shape, "first"), "length_of_" + tensor);
    }

    private boolean hasCellState() {
        return cell == Cell.LSTM || cell == Cell.PEEPHOLE;
    }

    /** What the first layer reads, steps x streams x inputs. */
    private String read(String tokens) {
        int vocabulary = config.vocabulary();
        if (config.embedding() == 0) {
            String depth = graph.constant("depth", new long[] {vocabulary}, 1);
            String values = graph.constant("off_on", new float[] {0, 1}, 2);
            return graph.node("OneHot", List.of(tokens, depth, values), "one_hot");
        }
        R032Store vectors = weight(config.tied() ? "decoder.weight" : "embedding.weight");
        String table = graph.constant(
                "embedding.weight", rowMajor(vectors, new int[] {0}, vocabulary), vocabulary, config.embedding());
        return graph.node("Gather", List.of(table, tokens), "embedded");
    }

    /** One recurrent layer; returns its output, steps x streams x H. */
    private String layer(int l, String x) {
        String suffix = "_l" + l;
        // Of our blocks of H rows, which comes first, second, ... in ONNX: i o f c and z r h, where ours are i f g o
        // and r z n.
        int[] order = switch (cell) {
            case LSTM, PEEPHOLE -> new int[] {0, 3, 1, 2};
            case GRU -> new int[] {1, 0, 2};
            case RNN -> new int[] {0};
        };
        int rows = order.length * hidden;
        String prefix = cell.label() + ".";
        R032Store input = weight(prefix + "weight_ih" + suffix);
        R032Store recurrent = weight(prefix + "weight_hh" + suffix);
        String w = graph.constant(
                prefix + "weight_ih" + suffix, rowMajor(input, order, hidden), 1, rows, input.getColDim());
        String r = graph.constant(prefix + "weight_hh" + suffix, rowMajor(recurrent, order, hidden), 1, rows, hidden);
        float[] biases = new float[2 * rows];
        System.arraycopy(rowMajor(weight(prefix + "bias_ih" + suffix), order, hidden), 0, biases, 0, rows);
        System.arraycopy(rowMajor(weight(prefix + "bias_hh" + suffix), order, hidden), 0, biases, rows, rows);
        String b = graph.constant(prefix + "bias" + suffix, biases, 1, biases.length);
        String layer = graph.constant("layer" + suffix, new long[] {l}, 1);
        String h = graph.node("Gather", List.of("h_0", layer), "h_0" + suffix);

        List<String> inputs = new ArrayList<>(List.of(x, w, r, b, "", h));
        List<String> outputs = new ArrayList<>(List.of("y" + suffix, "h" + suffix));
        if (hasCellState()) {
            inputs.add(graph.node("Gather", List.of("c_0", layer), "c_0" + suffix));
            outputs.add("c" + suffix);
        }
        if (cell == Cell.PEEPHOLE) {
            // Ours are those of i, f and o, ONNX's of i, o and f.
            R032Store peepholes = weight(prefix + "weight_ch" + suffix);
            inputs.add(graph.constant(
                    prefix + "weight_ch" + suffix,
                    rowMajor(peepholes, new int[] {0, 2, 1}, hidden),
                    1,
                    peepholes.data.length));
        }
        if (cell == Cell.GRU) {
            graph.node("GRU", inputs, outputs, attribute("hidden_size", hidden), attribute("linear_before_reset", 1));
        } else {
            graph.node(cell == Cell.RNN ? "RNN" : "LSTM", inputs, outputs, attribute("hidden_size", hidden));
        }
        return graph.node("Squeeze", List.of("y" + suffix, "directions"), "x" + suffix);
    }

    /** A matrix row by row, its blocks of rows in this order. */
    private static float[] rowMajor(R032Store matrix, int[] order, int blockRows) {
        int rows = matrix.getRowDim();
        int columns = matrix.getColDim();
        float[] values = new float[matrix.data.length];
        int at = 0;
        for (int block : order) {
            for (int r = block * blockRows; r < (block + 1) * blockRows; r++) {
                for (int j = 0; j < columns; j++) {
                    values[at++] = matrix.data[j * rows + r];
                }
            }
        }
        return values;
    }

    private R032Store weight(String name) {
        return Objects.requireNonNull(checkpoint.weights().get(name), name);
    }
}
