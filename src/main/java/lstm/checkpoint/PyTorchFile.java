package lstm.checkpoint;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lstm.model.Cell;
import lstm.model.ModelConfig;
import lstm.text.Unit;
import lstm.text.Vocabulary;
import org.jspecify.annotations.Nullable;
import org.ojalgo.matrix.store.R032Store;

/**
 * A model that was written by PyTorch: the state of {@code torch.nn.LSTM}, {@code GRU} or (with tanh) {@code RNN}, of a linear
 * output layer and perhaps of an embedding, in a safetensors file. The modules may have any names; shapes tell what they are.
 */
public final class PyTorchFile {

    private static final Pattern INPUT_WEIGHT = Pattern.compile("(.*)weight_ih_l(\\d+)(_reverse)?");
    /** In bytes; one that is longer would not fit into the header of the checkpoint. */
    private static final int LONGEST_VOCABULARY = Header.LIMIT;

    private static final List<String> KINDS = List.of("weight_ih_l", "weight_hh_l", "bias_ih_l", "bias_hh_l");

    private final Path path;
    private final SafetensorsFile file;
    private final Vocabulary vocabulary;
    private final @Nullable Boolean tie;
    private final Set<String> rest;

    private PyTorchFile(Path path, SafetensorsFile file, Vocabulary vocabulary, @Nullable Boolean tie) {
        this.path = path;
        this.file = file;
        this.vocabulary = vocabulary;
        this.tie = tie;
        rest = new TreeSet<>(file.names());
    }

    /**
     * Reads the model of a file.
     *
     * @param vocabulary a JSON file: an array of the characters by token, or an object with the tokens by character; where it is
     *     null, the file's metadata must hold such JSON under "vocabulary"
     * @param tie whether the first layer reads the output layer's weights; asked for where shapes do not tell
     * @throws CheckpointException in one line, where a file cannot be read, or holds anything else
     */
    public static Checkpoint read(Path path, @Nullable Path vocabulary, @Nullable Boolean tie) {
        SafetensorsFile file = SafetensorsFile.read(path);
        PyTorchFile state = new PyTorchFile(path, file, vocabulary(path, file, vocabulary), tie);
        try {
            return state.checkpoint();
        } catch (IllegalArgumentException e) {
            throw state.refused(String.valueOf(e.getMessage()));
        }
    }

    private static Vocabulary vocabulary(Path path, SafetensorsFile file, @Nullable Path vocabulary) {
        Path told = vocabulary == null ? path : vocabulary;
        String json = vocabulary == null ? file.metadata().get("vocabulary") : text(vocabulary);
        if (json == null) {
            throw new CheckpointException(path + " does not tell which character a token is; name a JSON file with"
                    + " --vocabulary, [\"a\", \"b\", ...] or {\"a\": 0, \"b\": 1, ...}");
        }
        try {
            String unit = file.metadata().getOrDefault("unit", Unit.CHARACTER.label());
            return VocabularyJson.ofArrayOrObject(Unit.fromLabel(Shown.shortened(unit)), json);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(
                    told + " holds no vocabulary: " + e.getMessage()
                            + "; expected the JSON of an array of characters, or of an object with a number for every character");
        }
    }

    /** No more than is allowed, be it of a pipe that has no size or of a device that has no end. */
    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST_VOCABULARY + 1);
            if (bytes.length > LONGEST_VOCABULARY) {
                throw new CheckpointException(
                        file + " holds no vocabulary: it has more than " + LONGEST_VOCABULARY + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CheckpointException(file + " holds no vocabulary: it is not UTF-8");
        } catch (IOException e) {
            throw CheckpointException.of("read", file, e);
        }
    }

    private Checkpoint checkpoint() {
        Map<String, R032Store> recurrent = new LinkedHashMap<>();
        String prefix = prefix();
        int[] shape = matrix(prefix + "weight_hh_l0");
        int rows = shape[0];
        int hidden = shape[1];
        Cell cell = cell(rows, hidden);
        int inputs = matrix(prefix + "weight_ih_l0")[1];
        int layers = 0;
        while (rest.contains(prefix + KINDS.get(0) + layers)) {
            layers++;
        }
        for (int l = 0; l < layers; l++) {
            String from = prefix + KINDS.get(0) + l;
            String into = cell.label() + ".";
            recurrent.put(into + KINDS.get(0) + l, take(from, rows, l == 0 ? inputs : hidden));
            recurrent.put(into + KINDS.get(1) + l, take(prefix + KINDS.get(1) + l, rows, hidden));
            R032Store bias = bias(prefix + KINDS.get(2) + l, rows);
            R032Store second = bias(prefix + KINDS.get(3) + l, rows);
            if (cell != Cell.GRU) {
                fold(second, bias);
                require(
                        Tensor.vector(bias).isFinite(),
                        "the sum of the two biases of layer " + l + " is too large for a float");
            }
            recurrent.put(into + KINDS.get(2) + l, bias);
            recurrent.put(into + KINDS.get(3) + l, second);
        }
        return withOutput(cell, hidden, layers, inputs, recurrent);
    }

    /** What stands before "weight_ih_l0" in the names of the recurrent layers' tensors. */
    private String prefix() {
        Set<String> prefixes = new TreeSet<>();
        for (String name : rest) {
            Matcher matcher = INPUT_WEIGHT.matcher(name);
            if (matcher.matches()) {
                require(matcher.group(3) == null, Shown.quoted(name) + " is of a layer that reads backward");
                prefixes.add(matcher.group(1));
            }
        }
        require(!prefixes.isEmpty(), "no tensor is named like weight_ih_l0 of a recurrent layer");
        require(prefixes.size() == 1, "it has several recurrent modules, " + Shown.some(" and ", prefixes));
        return prefixes.iterator().next();
    }

    private Cell cell(int rows, int hidden) {
        return switch (rows % hidden != 0 ? 0 : rows / hidden) {
            case 4 -> Cell.LSTM;
            case 3 -> Cell.GRU;
            case 1 -> Cell.RNN;
            default ->
                throw refused("its recurrent weights are " + rows + " x " + hidden
                        + ", where an LSTM has 4, a GRU 3 and an RNN 1 times as many rows as columns");
        };
    }

    private Checkpoint withOutput(Cell cell, int hidden, int layers, int inputs, Map<String, R032Store> recurrent) {
        int v = vocabulary.size();
        Set<String> matrices = rest.stream()
                .filter(name -> file.tensor(name).shape().length == 2)
                .collect(Collectors.toCollection(TreeSet::new));
        String output = output(matrices, v, hidden);
        matrices.remove(output);
        boolean embedded = matrices.size() == 1;
        require(
                embedded || inputs != v || inputs != hidden || tie != null,
                "shapes do not tell whether its first layer reads one-hot characters (say --no-tie) or the output layer's"
                        + " weights (say --tie)");
        boolean tied = !embedded && inputs == hidden && (inputs != v || Boolean.TRUE.equals(tie));
        require(
                embedded || tied || inputs == v,
                "its first layer reads " + inputs + " numbers, where one-hot characters are " + v);
        Map<String, R032Store> weights = new LinkedHashMap<>();
        if (embedded) {
            weights.put("embedding.weight", take(matrices.iterator().next(), v, inputs));
        }
        weights.putAll(recurrent);
        weights.put("decoder.weight", take(output, v, hidden));
        weights.put("decoder.bias", bias(outputBias(output, v), v));
        require(rest.isEmpty(), "nothing is known of a tensor like " + Shown.quoted(Shown.some(", ", rest)));
        ModelConfig config =
                new ModelConfig(cell, v, hidden, layers, 0, 0).withEmbedding(embedded || tied ? inputs : 0, tied);
        JsonObject training = new JsonObject();
        training.addProperty("imported_from", String.valueOf(path.getFileName()));
        return new Checkpoint(config, vocabulary, training.toString(), weights, Map.of());
    }

    /** The one V x H matrix; of two that with a bias. */
    private String output(Set<String> matrices, int v, int hidden) {
        require(matrices.size() <= 2, "it has " + matrices.size() + " matrices beside the recurrent layers");
        List<String> fitting = matrices.stream()
                .filter(name -> Arrays.equals(file.tensor(name).shape(), new int[] {v, hidden}))
                .toList();
        require(!fitting.isEmpty(), "it has no output layer, a matrix of " + v + " (characters) x " + hidden);
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        List<String> withBias =
                fitting.stream().filter(name -> rest.contains(biasOf(name))).toList();
        require(
                withBias.size() == 1,
                "which is the output layer, " + Shown.some(" or ", fitting) + "? "
                        + (withBias.isEmpty() ? "None has" : "Both have") + " a bias");
        return withBias.get(0);
    }

    /** Of a weight that two modules share a file may keep one name, and that need not be the bias's. */
    private String outputBias(String output, int v) {
        String name = biasOf(output);
        if (rest.contains(name) || rest.size() != 1) {
            return name;
        }
        String last = rest.iterator().next();
        return Arrays.equals(file.tensor(last).shape(), new int[] {v}) ? last : name;
    }

    private static String biasOf(String weight) {
        return weight.replaceFirst("weight$", "bias");
    }

    private R032Store take(String name, int rows, int columns) {
        requireShape(name, rows, columns);
        rest.remove(name);
        return file.matrix(name, rows, columns);
    }

    /** Zeros, where the layer has none. */
    private R032Store bias(String name, int length) {
        if (!rest.contains(name)) {
            return R032Store.FACTORY.make(length, 1);
        }
        requireShape(name, length);
        rest.remove(name);
        return file.vector(name, length);
    }

    private void requireShape(String name, int... shape) {
        require(file.names().contains(name), "it has no tensor " + Shown.quoted(name));
        require(
                Arrays.equals(file.tensor(name).shape(), shape),
                Shown.quoted(name) + " is " + file.tensor(name) + ", expected " + Arrays.toString(shape));
    }

    /** The shape of a matrix. */
    private int[] matrix(String name) {
        require(file.names().contains(name), "it has no tensor " + Shown.quoted(name));
        int[] shape = file.tensor(name).shape();
        require(shape.length == 2 && shape[0] > 0 && shape[1] > 0, Shown.quoted(name) + " is no matrix");
        return shape;
    }

    /** Adds what stands in the second of two biases to the first. */
    private static void fold(R032Store second, R032Store first) {
        for (int i = 0; i < first.data.length; i++) {
            first.data[i] += second.data[i];
            second.data[i] = 0;
        }
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw refused(otherwise);
        }
    }

    private CheckpointException refused(String reason) {
        return new CheckpointException(path + " cannot be imported: " + reason);
    }
}
