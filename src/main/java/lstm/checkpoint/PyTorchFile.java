package lstm.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
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
 * A model that was written by PyTorch: the state of {@code torch.nn.LSTM}, {@code GRU} or {@code RNN}, of a linear output layer
 * and perhaps of an embedding, in a safetensors file. The modules may have any names; shapes tell what they are.
 */
public final class PyTorchFile {

    private static final Pattern INPUT_WEIGHT = Pattern.compile("(.*)weight_ih_l(\\d+)(_reverse)?");
    private static final List<String> KINDS = List.of("weight_ih_l", "weight_hh_l", "bias_ih_l", "bias_hh_l");

    private final Path path;
    private final SafetensorsFile file;
    private final Vocabulary vocabulary;
    private final Set<String> rest;

    private PyTorchFile(Path path, SafetensorsFile file, Vocabulary vocabulary) {
        this.path = path;
        this.file = file;
        this.vocabulary = vocabulary;
        rest = new TreeSet<>(file.names());
    }

    /**
     * Reads the model of a file.
     *
     * @param vocabulary a JSON file: an array of the characters by token, or an object with the tokens by character; where it is
     *     null, the file's metadata must hold such JSON under "vocabulary"
     * @throws CheckpointException in one line, where a file cannot be read, or holds anything else
     */
    public static Checkpoint read(Path path, @Nullable Path vocabulary) {
        SafetensorsFile file = SafetensorsFile.read(path);
        PyTorchFile state = new PyTorchFile(path, file, vocabulary(path, file, vocabulary));
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
            return Vocabulary.of(Unit.fromLabel(unit), symbols(JsonParser.parseString(json)));
        } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
            throw new CheckpointException(
                    told + " holds no vocabulary: expected the JSON of an array of characters, or of an"
                            + " object with a number for every character");
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(told + " holds no vocabulary: " + e.getMessage());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw CheckpointException.of("read", file, e);
        }
    }

    private static List<String> symbols(JsonElement json) {
        if (json.isJsonArray()) {
            JsonArray array = json.getAsJsonArray();
            List<String> symbols = new ArrayList<>();
            array.forEach(symbol ->
                    symbols.add(primitive(symbol, JsonPrimitive::isString).getAsString()));
            return symbols;
        }
        JsonObject tokens = json.getAsJsonObject();
        String[] symbols = new String[tokens.size()];
        for (Map.Entry<String, JsonElement> entry : tokens.entrySet()) {
            int token = primitive(entry.getValue(), JsonPrimitive::isNumber).getAsInt();
            if (token < 0 || token >= symbols.length || symbols[token] != null) {
                throw new IllegalArgumentException("expected the numbers from 0 to " + (symbols.length - 1)
                        + ", each for one character, found " + token);
            }
            symbols[token] = entry.getKey();
        }
        return Arrays.asList(symbols);
    }

    private static JsonPrimitive primitive(JsonElement json, Predicate<JsonPrimitive> kind) {
        if (!json.isJsonPrimitive() || !kind.test(json.getAsJsonPrimitive())) {
            throw new IllegalStateException("not of the kind that is expected");
        }
        return json.getAsJsonPrimitive();
    }

    private Checkpoint checkpoint() {
        Map<String, R032Store> recurrent = new LinkedHashMap<>();
        String prefix = prefix();
        Tensor first = file.tensor(prefix + "weight_hh_l0");
        require(first.shape().length == 2, "'" + prefix + "weight_hh_l0' is no matrix");
        int hidden = first.shape()[1];
        Cell cell = cell(first.shape()[0], hidden);
        int layers = 0;
        while (rest.contains(prefix + KINDS.get(0) + layers)) {
            layers++;
        }
        Tensor input = file.tensor(prefix + "weight_ih_l0");
        require(input.shape().length == 2, "'" + prefix + "weight_ih_l0' is no matrix");
        int inputs = input.shape()[1];
        int rows = first.shape()[0];
        for (int l = 0; l < layers; l++) {
            String from = prefix + KINDS.get(0) + l;
            String into = cell.label() + ".";
            recurrent.put(into + KINDS.get(0) + l, take(from, rows, l == 0 ? inputs : hidden));
            recurrent.put(into + KINDS.get(1) + l, take(prefix + KINDS.get(1) + l, rows, hidden));
            R032Store bias = bias(prefix + KINDS.get(2) + l, rows);
            R032Store second = bias(prefix + KINDS.get(3) + l, rows);
            if (cell != Cell.GRU) {
                fold(second, bias);
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
                require(matcher.group(3) == null, "'" + name + "' is of a layer that reads backward");
                prefixes.add(matcher.group(1));
            }
        }
        require(!prefixes.isEmpty(), "no tensor is named like weight_ih_l0 of a recurrent layer");
        require(prefixes.size() == 1, "it has several recurrent modules, " + String.join(" and ", prefixes));
        return prefixes.iterator().next();
    }

    private Cell cell(int rows, int hidden) {
        return switch (hidden == 0 || rows % hidden != 0 ? 0 : rows / hidden) {
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
        boolean tied = !embedded && inputs != v && inputs == hidden;
        require(
                embedded || tied || inputs == v,
                "its first layer reads " + inputs + " numbers, where one-hot characters are " + v);
        Map<String, R032Store> weights = new LinkedHashMap<>();
        if (embedded) {
            weights.put("embedding.weight", take(matrices.iterator().next(), v, inputs));
        }
        weights.putAll(recurrent);
        weights.put("decoder.weight", take(output, v, hidden));
        weights.put("decoder.bias", bias(biasOf(output), v));
        require(rest.isEmpty(), "nothing is known of a tensor like " + Shown.quoted(String.join(", ", rest)));
        ModelConfig config = new ModelConfig(cell, v, hidden, layers, embedded || tied ? inputs : 0, tied, 0, 0);
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
                "which is the output layer, " + String.join(" or ", fitting) + "? None has a bias");
        return withBias.get(0);
    }

    private static String biasOf(String weight) {
        return weight.replaceFirst("weight$", "bias");
    }

    private R032Store take(String name, int rows, int columns) {
        rest.remove(name);
        return file.matrix(name, rows, columns);
    }

    /** Zeros, where the layer has none. */
    private R032Store bias(String name, int length) {
        return rest.remove(name) ? file.vector(name, length) : R032Store.FACTORY.make(length, 1);
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
