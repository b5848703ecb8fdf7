package lstm.train;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Locale;
import java.util.function.Function;
import lstm.batch.BatchShape;
import lstm.optimize.Schedule;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint tells of its training beside tensors: the JSON object under "training".
 *
 * @param step windows trained on
 * @param epoch passes over the text that are complete
 * @param characters trained on
 * @param trainLoss of the last window, in nats per character
 * @param bestLoss the lowest validation loss so far, in nats per character; null where there is none
 * @param learningRate of the last step
 * @param seconds spent on a training whose length is a time; null for others, so that no clock reaches the file
 * @param config what the training depends on
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
        String textDigest,
        long textTokens) {

    /** This state as JSON, always with the same bytes. */
    public String toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("step", step);
        json.addProperty("epoch", epoch);
        json.addProperty("characters", characters);
        json.addProperty("train_loss", trainLoss);
        json.addProperty("best_val_loss", bestLoss);
        json.addProperty("learning_rate", learningRate);
        if (seconds != null) {
            json.addProperty("seconds", seconds);
        }
        json.add("settings", settings());
        JsonObject text = new JsonObject();
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
        json.addProperty("val", config.validation());
        json.addProperty("val_every", config.validateEvery());
        json.addProperty("seed", config.seed());
        return json;
    }

    /**
     * The state in a checkpoint's JSON.
     *
     * @throws TrainingException where something is missing or out of range
     */
    public static TrainingState fromJson(String text) {
        try {
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            JsonObject from = json.getAsJsonObject("text");
            return new TrainingState(
                    json.get("step").getAsLong(),
                    json.get("epoch").getAsLong(),
                    json.get("characters").getAsLong(),
                    json.get("train_loss").getAsDouble(),
                    optional(json, "best_val_loss", JsonElement::getAsDouble),
                    json.get("learning_rate").getAsDouble(),
                    optional(json, "seconds", JsonElement::getAsDouble),
                    config(json.getAsJsonObject("settings")),
                    from.get("sha256").getAsString(),
                    from.get("training_characters").getAsLong());
        } catch (RuntimeException e) {
            throw new TrainingException("the checkpoint does not tell how it was trained (" + e.getMessage()
                    + "); use --init-from to start from its weights");
        }
    }

    private static TrainingConfig config(JsonObject json) {
        return new TrainingConfig(
                new BatchShape(
                        json.get("batch").getAsInt(), json.get("seq_length").getAsInt()),
                new TrainingLength(
                        optional(json, "epochs", JsonElement::getAsInt),
                        optional(json, "steps", JsonElement::getAsLong),
                        optional(json, "seconds", JsonElement::getAsDouble)),
                new Schedule(
                        Schedule.Shape.valueOf(
                                json.get("schedule").getAsString().toUpperCase(Locale.ROOT)),
                        json.get("lr").getAsDouble(),
                        json.get("lr_final").getAsDouble(),
                        json.get("warmup").getAsInt()),
                json.get("clip").getAsDouble(),
                json.get("val").getAsDouble(),
                json.get("val_every").getAsInt(),
                json.get("seed").getAsLong());
    }

    private static <T> @Nullable T optional(JsonObject json, String key, Function<JsonElement, T> read) {
        JsonElement element = json.get(key);
        return element == null || element.isJsonNull() ? null : read.apply(element);
    }
}
