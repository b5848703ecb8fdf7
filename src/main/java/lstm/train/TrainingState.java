package lstm.train;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import lstm.batch.BatchShape;
import lstm.batch.Windows;
import lstm.optimize.Schedule;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint tells of its training beside tensors: the JSON object under "training".
 *
 * @param step windows trained on
 * @param epoch passes over the text that are complete
 * @param characters trained on
 * @param trainLoss of the last window, in nats per character; NaN before the first
 * @param bestLoss the lowest validation loss so far, in nats per character; null where there is none
 * @param learningRate of the last step
 * @param seconds spent on a training whose length is a time; null for others, so that no clock reaches the file
 * @param config what the training depends on
 * @param textName for people; null where the training began before it was kept
 * @param textDigest by which the text is known again
 * @param textTokens length of the part that is learnt from
 */
public record TrainingState(
        long step,
        long epoch,
        long characters,
        double trainLoss,
        @Nullable Double bestLoss,
        double learningRate,
        @Nullable Double seconds,
        TrainingConfig config,
        @Nullable String textName,
        String textDigest,
        long textTokens) {

    /**
     * Checks what is counted.
     *
     * @throws IllegalArgumentException where something is negative
     */
    public TrainingState {
        if (step < 0 || epoch < 0 || characters < 0 || textTokens < 0) {
            throw new IllegalArgumentException("expected counts of 0 or more, found step " + step + ", epoch " + epoch
                    + ", characters " + characters + ", of a text of " + textTokens);
        }
        if (seconds != null && !(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("expected 0 or more seconds, found " + seconds);
        }
    }

    /** Passes over the text, with the part of the present one. */
    public double epochs() {
        long perEpoch = stepsPerEpoch();
        return perEpoch > 0 ? step / (double) perEpoch : epoch;
    }

    /** Whether the end that its settings ask for was reached, so that only a later one goes on. */
    public boolean isComplete() {
        return config.length().progress(step, stepsPerEpoch(), seconds == null ? 0 : seconds) >= 1;
    }

    private long stepsPerEpoch() {
        return Windows.perEpoch(textTokens, config.shape());
    }

    /** This state as JSON, always with the same bytes. */
    public String toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("step", step);
        json.addProperty("epoch", epoch);
        json.addProperty("characters", characters);
        // JSON has no NaN.
        json.addProperty("train_loss", Double.isNaN(trainLoss) ? null : (Double) trainLoss);
        json.addProperty("best_val_loss", bestLoss);
        json.addProperty("learning_rate", learningRate);
        if (seconds != null) {
            json.addProperty("seconds", seconds);
        }
        json.add("settings", settings());
        JsonObject text = new JsonObject();
        if (textName != null) {
            text.addProperty("name", textName);
        }
        text.addProperty("sha256", textDigest);
        text.addProperty("training_characters", textTokens);
        json.add("text", text);
        return json.toString();
    }

    private JsonObject settings() {
        JsonObject json = new JsonObject();
        json.addProperty("batch", config.shape().streams());
        json.addProperty("seq_length", config.shape().steps());
        json.addProperty("epochs", config.length().epochs());
        json.addProperty("steps", config.length().steps());
        json.addProperty("seconds", config.length().seconds());
        json.addProperty("schedule", config.schedule().shape().label());
        json.addProperty("lr", config.schedule().peak());
        json.addProperty("lr_final", config.schedule().finalShare());
        json.addProperty("warmup", config.schedule().warmup());
        json.addProperty("clip", config.clip());
        json.addProperty("weight_decay", config.weightDecay());
        json.addProperty("val", config.validation());
        json.addProperty("val_every", config.validateEvery());
        json.addProperty("seed", config.seed());
        return json;
    }

    /** The settings by the names of the command's options, but for those that are left to it. */
    public Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        settings().entrySet().stream()
                .filter(entry -> !entry.getValue().isJsonNull())
                .forEach(entry -> options.put(
                        entry.getKey().replace('_', '-'), entry.getValue().getAsString()));
        if (config.length().seconds() != null) {
            options.remove("seconds");
            options.put("time", (config.length().seconds() + "s").replace(".0s", "s"));
        }
        if (config.validateEvery() == 0) {
            options.remove("val-every");
        }
        return options;
    }

    /**
     * The state in a checkpoint's JSON.
     *
     * @throws TrainingException where something is missing or out of range
     */
    public static TrainingState fromJson(String text) {
        try {
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            JsonObject from = object(json, "text");
            Double trainLoss = optional(json, "train_loss", JsonElement::getAsDouble);
            return new TrainingState(
                    required(json, "step").getAsLong(),
                    required(json, "epoch").getAsLong(),
                    required(json, "characters").getAsLong(),
                    trainLoss == null ? Double.NaN : trainLoss,
                    optional(json, "best_val_loss", JsonElement::getAsDouble),
                    required(json, "learning_rate").getAsDouble(),
                    optional(json, "seconds", JsonElement::getAsDouble),
                    config(object(json, "settings")),
                    optional(from, "name", JsonElement::getAsString),
                    required(from, "sha256").getAsString(),
                    required(from, "training_characters").getAsLong());
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException | NumberFormatException e) {
            // Their messages speak to programmers, some in several lines.
            throw unusable("its \"training\" is not the JSON of one");
        } catch (IllegalArgumentException e) {
            throw unusable(String.valueOf(e.getMessage()));
        }
    }

    private static TrainingException unusable(String reason) {
        return new TrainingException("the checkpoint does not tell how it was trained: " + reason
                + "; use --init-from to start from its weights");
    }

    private static TrainingConfig config(JsonObject json) {
        return new TrainingConfig(
                new BatchShape(
                        required(json, "batch").getAsInt(),
                        required(json, "seq_length").getAsInt()),
                new TrainingLength(
                        optional(json, "epochs", JsonElement::getAsInt),
                        optional(json, "steps", JsonElement::getAsLong),
                        optional(json, "seconds", JsonElement::getAsDouble)),
                new Schedule(
                        scheduleShape(required(json, "schedule").getAsString()),
                        required(json, "lr").getAsDouble(),
                        required(json, "lr_final").getAsDouble(),
                        required(json, "warmup").getAsInt()),
                required(json, "clip").getAsDouble(),
                json.has("weight_decay") ? json.get("weight_decay").getAsDouble() : 0,
                required(json, "val").getAsDouble(),
                required(json, "val_every").getAsInt(),
                required(json, "seed").getAsLong());
    }

    private static Schedule.Shape scheduleShape(String label) {
        return Arrays.stream(Schedule.Shape.values())
                .filter(shape -> shape.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("its schedule is unknown"));
    }

    private static JsonObject object(JsonObject json, String key) {
        return required(json, key).getAsJsonObject();
    }

    private static JsonElement required(JsonObject json, String key) {
        JsonElement element = json.get(key);
        if (element == null) {
            throw new IllegalArgumentException("\"" + key + "\" is missing");
        }
        return element;
    }

    private static <T> @Nullable T optional(JsonObject json, String key, Function<JsonElement, T> read) {
        JsonElement element = json.get(key);
        return element == null || element.isJsonNull() ? null : read.apply(element);
    }
}
