package lstm.train;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import lstm.batch.BatchShape;
import lstm.batch.Windows;
import lstm.checkpoint.JsonFields;
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
 * @param rollBacks what it has come through
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
        RollBacks rollBacks,
        @Nullable String textName,
        String textDigest,
        long textTokens) {

    /**
     * Checks what is counted.
     *
     * @throws IllegalArgumentException where something is negative, or comes later than the step
     */
    public TrainingState {
        if (step < 0 || epoch < 0 || characters < 0 || textTokens < 0) {
            throw new IllegalArgumentException("expected counts of 0 or more, found step " + step + ", epoch " + epoch
                    + ", characters " + characters + ", of a text of " + textTokens);
        }
        if (rollBacks.step() > step || rollBacks.goodStep() > step) {
            throw new IllegalArgumentException("expected roll-backs up to step " + step + ", found one at step "
                    + rollBacks.step() + ", and a good model of step " + rollBacks.goodStep());
        }
        if (seconds != null && !(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("expected 0 or more seconds, found " + seconds);
        }
    }

    /** The same of a training with other settings. */
    public TrainingState withConfig(TrainingConfig other) {
        return new TrainingState(
                step,
                epoch,
                characters,
                trainLoss,
                bestLoss,
                learningRate,
                seconds,
                other,
                rollBacks,
                textName,
                textDigest,
                textTokens);
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
        json.add("roll_backs", rollBacksJson());
        JsonObject text = new JsonObject();
        if (textName != null) {
            text.addProperty("name", textName);
        }
        text.addProperty("sha256", textDigest);
        text.addProperty("training_characters", textTokens);
        json.add("text", text);
        return json.toString();
    }

    private JsonObject rollBacksJson() {
        JsonObject json = new JsonObject();
        json.addProperty("count", rollBacks.count());
        json.addProperty("lr", rollBacks.learningRate());
        json.addProperty("step", rollBacks.step());
        json.addProperty("good_step", rollBacks.goodStep());
        json.addProperty("first_loss", rollBacks.firstLoss());
        json.addProperty("high_losses", rollBacks.highLosses());
        return json;
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
            JsonFields json = JsonFields.of("training", text);
            JsonFields from = json.object("text");
            Double trainLoss = json.optional("train_loss", JsonFields::number);
            return new TrainingState(
                    json.whole("step"),
                    json.whole("epoch"),
                    json.whole("characters"),
                    trainLoss == null ? Double.NaN : trainLoss,
                    json.optional("best_val_loss", JsonFields::number),
                    json.number("learning_rate"),
                    json.optional("seconds", JsonFields::number),
                    config(json.object("settings")),
                    json.has("roll_backs") ? rollBacks(json.object("roll_backs")) : RollBacks.NONE,
                    from.optional("name", JsonFields::string),
                    from.string("sha256"),
                    from.whole("training_characters"));
        } catch (IllegalArgumentException e) {
            throw new TrainingException("the checkpoint does not tell how it was trained: " + e.getMessage()
                    + "; use --init-from to start from its weights");
        }
    }

    private static RollBacks rollBacks(JsonFields json) {
        return new RollBacks(
                json.integer("count"),
                json.optional("lr", JsonFields::number),
                json.whole("step"),
                json.whole("good_step"),
                json.optional("first_loss", JsonFields::number),
                json.integer("high_losses"));
    }

    private static TrainingConfig config(JsonFields json) {
        return new TrainingConfig(
                new BatchShape(json.integer("batch"), json.integer("seq_length")),
                new TrainingLength(
                        json.optional("epochs", JsonFields::integer),
                        json.optional("steps", JsonFields::whole),
                        json.optional("seconds", JsonFields::number)),
                new Schedule(
                        scheduleShape(json.string("schedule")),
                        json.number("lr"),
                        json.number("lr_final"),
                        json.integer("warmup")),
                json.number("clip"),
                json.has("weight_decay") ? json.number("weight_decay") : 0,
                json.number("val"),
                json.integer("val_every"),
                json.whole("seed"));
    }

    private static Schedule.Shape scheduleShape(String label) {
        return Arrays.stream(Schedule.Shape.values())
                .filter(shape -> shape.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("its schedule is unknown"));
    }
}
