package lstm.page;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import lstm.checkpoint.Checkpoint;
import lstm.metrics.Course;
import lstm.metrics.Point;
import lstm.model.ModelConfig;
import lstm.text.Records;
import org.jspecify.annotations.Nullable;

/** What several runs are, in rows that can be compared. */
final class ModelFacts {

    /** A row of the table; the names are those in the template. */
    record Row(String name, List<String> values, boolean differs) {}

    private static final double LN2 = Math.log(2);

    private ModelFacts() {}

    /** By name, in the order of the rows. */
    static Map<String, String> of(ReportRun run) {
        Map<String, String> facts = new LinkedHashMap<>();
        Checkpoint checkpoint = run.checkpoint();
        JsonObject training = new JsonObject();
        if (checkpoint != null) {
            describe(checkpoint, facts);
            training = JsonParser.parseString(checkpoint.training()).getAsJsonObject();
        }
        addTraining(training, facts);
        if (run.course() != null) {
            addCourse(run.course(), facts);
        }
        return facts;
    }

    /** All that any run has, a row each. */
    static List<Row> rows(List<Map<String, String>> ofRuns) {
        Set<String> names = new LinkedHashSet<>();
        ofRuns.forEach(facts -> names.addAll(facts.keySet()));
        List<Row> rows = new ArrayList<>();
        for (String name : names) {
            List<String> values =
                    ofRuns.stream().map(facts -> facts.getOrDefault(name, "")).toList();
            rows.add(new Row(name, values, values.stream().distinct().count() > 1));
        }
        return rows;
    }

    private static void describe(Checkpoint checkpoint, Map<String, String> facts) {
        ModelConfig config = checkpoint.config();
        facts.put("cell", config.cell().label());
        facts.put("layers x units", config.layers() + " x " + config.hidden());
        facts.put("parameters", count(config.parameters()));
        facts.put(
                "vocabulary",
                count(config.vocabulary()) + " "
                        + checkpoint.vocabulary().unit().label());
        if (checkpoint.records() != Records.NONE) {
            facts.put("records", checkpoint.records().label());
        }
        String embedding = config.embedding() == 0 ? "one-hot" : "embedding of " + config.embedding();
        facts.put("characters are read", embedding + (config.tied() ? ", tied to the output" : ""));
        if (config.attention() > 0) {
            facts.put("attention", "to the last " + config.attention());
        }
        facts.put("dropout", config.dropout() + ", of weights " + config.weightDropout());
    }

    private static void addTraining(JsonObject training, Map<String, String> facts) {
        put(facts, "validation loss, best", loss(number(training, "best_val_loss")));
        put(facts, "training loss, last", loss(number(training, "train_loss")));
        put(facts, "steps", count(number(training, "step")));
        put(facts, "epochs", count(number(training, "epoch")));
        put(facts, "characters trained on", count(number(training, "characters")));
        JsonObject text = object(training, "text");
        put(facts, "text", text(text, "name"));
        put(facts, "characters to learn from", count(number(text, "training_characters")));
        String digest = text(text, "sha256");
        put(facts, "SHA-256 of the text", digest.substring(0, Math.min(12, digest.length())));
        object(training, "settings").entrySet().stream()
                .filter(entry -> entry.getValue().isJsonPrimitive())
                .forEach(entry -> facts.put(
                        "--" + entry.getKey().replace('_', '-'),
                        entry.getValue().getAsString()));
        training.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("import"))
                .forEach(entry -> facts.put(entry.getKey().replace('_', ' '), shown(entry.getValue())));
    }

    /** What a checkpoint did not tell. */
    private static void addCourse(Course course, Map<String, String> facts) {
        if (course.points().isEmpty()) {
            return;
        }
        Point last = course.points().get(course.points().size() - 1);
        if (course.best().isPresent()) {
            Point best = course.points().get(course.best().getAsInt());
            facts.putIfAbsent("validation loss, best", loss(best.validationLoss()));
            facts.put("best at step", count((double) best.step()));
        }
        facts.putIfAbsent("steps", count((double) last.step()));
        facts.putIfAbsent("characters trained on", count((double) last.characters()));
        if (last.seconds() != null) {
            facts.put("time", String.format(Locale.ROOT, "%,.0f s", last.seconds()));
        }
        if (last.charactersPerSecond() != null) {
            facts.put("characters a second", count(last.charactersPerSecond()));
        }
    }

    private static void put(Map<String, String> facts, String name, String value) {
        if (!value.isEmpty()) {
            facts.put(name, value);
        }
    }

    static String loss(@Nullable Double nats) {
        return nats == null ? "" : String.format(Locale.ROOT, "%.3f nats, %.3f bpc", nats, nats / LN2);
    }

    static String count(@Nullable Double number) {
        return number == null ? "" : String.format(Locale.ROOT, "%,.0f", number);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    // A file from elsewhere may hold anything under "training".

    private static JsonObject object(JsonObject json, String key) {
        JsonElement element = json.get(key);
        return element != null && element.isJsonObject() ? element.getAsJsonObject() : new JsonObject();
    }

    private static @Nullable Double number(JsonObject json, String key) {
        JsonElement element = json.get(key);
        boolean isNumber = element != null
                && element.isJsonPrimitive()
                && element.getAsJsonPrimitive().isNumber();
        return isNumber ? (Double) element.getAsDouble() : null;
    }

    private static String text(JsonObject json, String key) {
        JsonElement element = json.get(key);
        return element != null && element.isJsonPrimitive() ? element.getAsString() : "";
    }

    private static String shown(JsonElement value) {
        return value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }
}
