package lstm.metrics;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import org.jspecify.annotations.Nullable;

/** A point as the JSON object of a line, and back. */
final class MetricsLine {

    private static final double LARGEST_COUNT = 1L << 53;

    private MetricsLine() {}

    /** With what happened at that step, where it is to be told. */
    static String of(Point point, @Nullable String rollBack) {
        JsonObject line = new JsonObject();
        line.addProperty("step", point.step());
        line.addProperty("epoch", point.epoch());
        line.addProperty("chars", point.characters());
        line.add("elapsed_s", number(point.seconds()));
        line.add("chars_per_s", number(point.charactersPerSecond()));
        line.add("train_loss", number(point.trainLoss()));
        line.add("val_loss", number(point.validationLoss()));
        line.addProperty("lr", point.learningRate());
        line.addProperty("grad_norm", point.gradientNorm());
        if (rollBack != null) {
            line.addProperty("roll_back", rollBack);
        }
        return line.toString();
    }

    private static JsonElement number(@Nullable Double value) {
        return value == null ? JsonNull.INSTANCE : new JsonPrimitive(value);
    }

    /**
     * The point of a line. Keys that are not known are passed over; a loss or a time may be null or NaN.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static Point parse(String line) {
        JsonObject json = object(line);
        return new Point(
                count(json, "step"),
                magnitude(json, "epoch"),
                count(json, "chars"),
                optional(json, "elapsed_s"),
                optional(json, "chars_per_s"),
                optional(json, "train_loss"),
                optional(json, "val_loss"),
                magnitude(json, "lr"),
                magnitude(json, "grad_norm"));
    }

    private static JsonObject object(String line) {
        JsonElement element;
        try {
            element = JsonParser.parseString(line);
        } catch (JsonParseException e) {
            // Gson's message has several lines and speaks to programmers.
            throw new IllegalArgumentException("it is not JSON", e);
        }
        if (!element.isJsonObject()) {
            throw new IllegalArgumentException("it is not a JSON object");
        }
        return element.getAsJsonObject();
    }

    private static long count(JsonObject json, String key) {
        double number = magnitude(json, key);
        if (number != Math.rint(number) || number > LARGEST_COUNT) {
            throw new IllegalArgumentException("\"" + key + "\" is " + number + ", expected a whole number");
        }
        return (long) number;
    }

    private static double magnitude(JsonObject json, String key) {
        Double number = optional(json, key);
        if (number == null) {
            throw new IllegalArgumentException("\"" + key + "\" is no number");
        }
        return number;
    }

    private static @Nullable Double optional(JsonObject json, String key) {
        JsonElement element = json.get(key);
        if (element == null) {
            throw new IllegalArgumentException("it has no \"" + key + "\"");
        }
        if (element.isJsonNull()) {
            return null;
        }
        double number = number(element, key);
        if (Double.isNaN(number)) {
            return null;
        }
        if (!(number >= 0 && number < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("\"" + key + "\" is " + number + ", expected 0 or more");
        }
        return number;
    }

    private static double number(JsonElement element, String key) {
        try {
            // What Gson takes for a string may be a bare NaN, which it is lenient with.
            boolean primitive =
                    element.isJsonPrimitive() && !element.getAsJsonPrimitive().isBoolean();
            if (primitive) {
                return element.getAsDouble();
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("\"" + key + "\" is no number");
    }
}
