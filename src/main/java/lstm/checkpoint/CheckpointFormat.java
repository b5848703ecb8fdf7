package lstm.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lstm.model.Cell;
import lstm.model.ModelConfig;
import lstm.text.Records;
import lstm.text.Unit;
import lstm.text.Vocabulary;
import org.ojalgo.matrix.store.R032Store;

/** A checkpoint as metadata and tensors of a safetensors file, and back with every claim checked. */
final class CheckpointFormat {

    /** What this version writes, and the only thing it reads. */
    static final String FORMAT = "lstm/1";

    private static final String TRAINING_PREFIX = "training.";

    private CheckpointFormat() {}

    static Map<String, String> metadata(Checkpoint checkpoint) {
        ModelConfig config = checkpoint.config();
        JsonObject json = new JsonObject();
        json.addProperty("cell", config.cell().label());
        json.addProperty("layers", config.layers());
        json.addProperty("hidden", config.hidden());
        json.addProperty("embedding", config.embedding());
        json.addProperty("tied", config.tied());
        json.addProperty("attention", config.attention());
        json.addProperty("dropout", config.dropout());
        json.addProperty("weight_dropout", config.weightDropout());
        json.addProperty("unit", checkpoint.vocabulary().unit().label());
        if (checkpoint.records() != Records.NONE) {
            json.addProperty("records", checkpoint.records().label());
        }
        JsonArray symbols = new JsonArray();
        checkpoint.vocabulary().symbols().forEach(symbols::add);
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", FORMAT);
        metadata.put("config", json.toString());
        metadata.put("vocabulary", symbols.toString());
        metadata.put("training", checkpoint.training());
        return metadata;
    }

    static Map<String, Tensor> tensors(Checkpoint checkpoint) {
        Map<String, Tensor> tensors = Checkpoint.tensors(checkpoint.config(), checkpoint.weights());
        checkpoint.trainingTensors().forEach((name, tensor) -> tensors.put(TRAINING_PREFIX + name, tensor));
        return tensors;
    }

    static Checkpoint fromFile(Path path, SafetensorsFile file) {
        try {
            return read(file);
        } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
            throw new CheckpointException(path + " is not a checkpoint that can be used: " + e.getMessage()
                    + "; copy it again or train anew");
        }
    }

    private static Checkpoint read(SafetensorsFile file) {
        String format = text(file, "format");
        require(format.equals(FORMAT), "expected the format " + FORMAT + ", found " + Shown.quoted(format));
        JsonObject json = requireObject(json(file, "config"), "config");
        Vocabulary vocabulary = vocabulary(Unit.fromLabel(string(json, "unit")), json(file, "vocabulary"));
        ModelConfig config = new ModelConfig(
                Cell.fromLabel(string(json, "cell")),
                vocabulary.size(),
                integer(json, "hidden"),
                integer(json, "layers"),
                json.has("embedding") ? integer(json, "embedding") : 0,
                json.has("tied") && flag(json, "tied"),
                json.has("attention") ? integer(json, "attention") : 0,
                (float) number(json, "dropout"),
                json.has("weight_dropout") ? (float) number(json, "weight_dropout") : 0);
        Records records = json.has("records") ? Records.fromLabel(string(json, "records")) : Records.NONE;
        requireObject(json(file, "training"), "training");
        return new Checkpoint(
                config, vocabulary, records, text(file, "training"), weights(config, file), trainingTensors(file));
    }

    /** Exactly the weights of a model of this configuration: looked for before anything of its size is made. */
    private static Map<String, R032Store> weights(ModelConfig config, SafetensorsFile file) {
        Map<String, R032Store> weights = new LinkedHashMap<>();
        config.tensorShapes().forEach((name, shape) -> {
            R032Store store = shape.length == 1 ? file.vector(name, shape[0]) : file.matrix(name, shape[0], shape[1]);
            weights.put(name, store);
        });
        for (String name : file.names()) {
            boolean known = weights.containsKey(name) || name.startsWith(TRAINING_PREFIX);
            require(known, "it has an unknown tensor " + Shown.quoted(name));
        }
        return weights;
    }

    private static Map<String, Tensor> trainingTensors(SafetensorsFile file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String name : file.names()) {
            if (name.startsWith(TRAINING_PREFIX)) {
                tensors.put(name.substring(TRAINING_PREFIX.length()), file.tensor(name));
            }
        }
        return tensors;
    }

    private static Vocabulary vocabulary(Unit unit, JsonElement json) {
        require(json.isJsonArray(), "expected an array in \"vocabulary\"");
        List<String> symbols = new ArrayList<>();
        for (JsonElement symbol : json.getAsJsonArray()) {
            require(isString(symbol), "symbol " + symbols.size() + " of the vocabulary is not a string");
            symbols.add(symbol.getAsString());
        }
        return Vocabulary.of(unit, symbols);
    }

    private static JsonElement json(SafetensorsFile file, String key) {
        try {
            return JsonParser.parseString(text(file, key));
        } catch (JsonParseException e) {
            // Gson's message has several lines and speaks to programmers.
            throw new IllegalArgumentException("its \"" + key + "\" is not JSON", e);
        }
    }

    private static JsonObject requireObject(JsonElement json, String key) {
        require(json.isJsonObject(), "expected an object in \"" + key + "\"");
        return json.getAsJsonObject();
    }

    private static String text(SafetensorsFile file, String key) {
        String text = file.metadata().get(key);
        require(text != null, "its metadata has no \"" + key + "\"");
        return Objects.requireNonNull(text);
    }

    private static String string(JsonObject json, String key) {
        JsonElement element = member(json, key);
        require(isString(element), "expected a string in \"" + key + "\"");
        return element.getAsString();
    }

    private static int integer(JsonObject json, String key) {
        double number = number(json, key);
        require(number == (int) number, "\"" + key + "\" is " + number + ", expected a whole number");
        return (int) number;
    }

    private static boolean flag(JsonObject json, String key) {
        JsonElement element = member(json, key);
        boolean flag = element.isJsonPrimitive() && element.getAsJsonPrimitive().isBoolean();
        require(flag, "expected true or false in \"" + key + "\"");
        return element.getAsBoolean();
    }

    private static double number(JsonObject json, String key) {
        JsonElement element = member(json, key);
        boolean number =
                element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber();
        require(number, "expected a number in \"" + key + "\"");
        return element.getAsDouble();
    }

    private static JsonElement member(JsonObject json, String key) {
        JsonElement element = json.get(key);
        require(element != null, "its configuration has no \"" + key + "\"");
        return Objects.requireNonNull(element);
    }

    private static boolean isString(JsonElement element) {
        return element.isJsonPrimitive() && element.getAsJsonPrimitive().isString();
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
