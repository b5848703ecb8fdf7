package lstm.checkpoint;

import static lstm.checkpoint.CheckpointFormat.require;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lstm.model.Cell;
import lstm.model.ModelConfig;
import lstm.text.Records;
import lstm.text.Unit;
import lstm.text.Vocabulary;

/** What a checkpoint's metadata tells of its model; every claim is checked. */
record Description(ModelConfig config, Vocabulary vocabulary, Records records, String training) {

    /**
     * Reads the metadata.
     *
     * @throws IllegalArgumentException where something is missing, of another kind or out of range
     */
    static Description of(Map<String, String> metadata) {
        String format = text(metadata, "format");
        require(
                format.equals(CheckpointFormat.FORMAT),
                "expected the format " + CheckpointFormat.FORMAT + ", found " + Shown.quoted(format));
        JsonObject json = requireObject(json(metadata, "config"), "config");
        Vocabulary vocabulary = vocabulary(Unit.fromLabel(string(json, "unit")), json(metadata, "vocabulary"));
        Records records = json.has("records") ? Records.fromLabel(string(json, "records")) : Records.NONE;
        requireObject(json(metadata, "training"), "training");
        return new Description(config(json, vocabulary), vocabulary, records, text(metadata, "training"));
    }

    private static ModelConfig config(JsonObject json, Vocabulary vocabulary) {
        return new ModelConfig(
                Cell.fromLabel(string(json, "cell")),
                vocabulary.size(),
                integer(json, "hidden"),
                integer(json, "layers"),
                json.has("embedding") ? integer(json, "embedding") : 0,
                json.has("tied") && flag(json, "tied"),
                json.has("attention") ? integer(json, "attention") : 0,
                (float) number(json, "dropout"),
                json.has("weight_dropout") ? (float) number(json, "weight_dropout") : 0);
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

    private static JsonElement json(Map<String, String> metadata, String key) {
        try {
            // A reader that is not told otherwise would let pass what no other reader of JSON does, such as NaN.
            JsonReader reader = new JsonReader(new StringReader(text(metadata, key)));
            reader.setStrictness(Strictness.STRICT);
            JsonElement json = JsonParser.parseReader(reader);
            require(reader.peek() == JsonToken.END_DOCUMENT, "its \"" + key + "\" goes on after its end");
            return json;
        } catch (JsonParseException | IOException e) {
            // Gson's message has several lines and speaks to programmers.
            throw new IllegalArgumentException("its \"" + key + "\" is not JSON", e);
        }
    }

    private static JsonObject requireObject(JsonElement json, String key) {
        require(json.isJsonObject(), "expected an object in \"" + key + "\"");
        return json.getAsJsonObject();
    }

    private static String text(Map<String, String> metadata, String key) {
        String text = metadata.get(key);
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
}
