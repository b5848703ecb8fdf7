package lstm.page;

import com.google.gson.JsonElement;
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
import lstm.text.Bits;
import lstm.text.Records;
import lstm.train.TrainingException;
import lstm.train.TrainingState;
import org.jspecify.annotations.Nullable;

/** What several runs are, in rows that can be compared. */
final class ModelFacts {

    /** A row of the table; the names are those in the template. */
    record Row(String name, List<String> values, boolean differs) {}

    private ModelFacts() {}

    /** By name, in the order of the rows. */
    static Map<String, String> of(ReportRun run) {
        Map<String, String> facts = new LinkedHashMap<>();
        if (run.checkpoint() != null) {
            describe(run.checkpoint(), facts);
            addTraining(run.checkpoint().training(), facts);
        }
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
        facts.put("vocabulary", checkpoint.vocabulary().unit().count(config.vocabulary()));
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

    /** A model from elsewhere tells of its origin instead. */
    private static void addTraining(String json, Map<String, String> facts) {
        TrainingState training;
        try {
            training = TrainingState.fromJson(json);
        } catch (TrainingException e) {
            JsonParser.parseString(json).getAsJsonObject().entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith("import"))
                    .forEach(entry -> facts.put(entry.getKey().replace('_', ' '), shown(entry.getValue())));
            return;
        }
        put(facts, "validation loss, best", loss(training.bestLoss()));
        put(
                facts,
                "training loss, last",
                loss(Double.isNaN(training.trainLoss()) ? null : (Double) training.trainLoss()));
        facts.put("steps", count(training.step()));
        facts.put("epochs", String.format(Locale.ROOT, "%.1f", training.epochs()));
        facts.put("characters trained on", count(training.characters()));
        put(facts, "text", training.textName() == null ? "" : training.textName());
        facts.put("characters to learn from", count(training.textTokens()));
        String digest = training.textDigest();
        put(facts, "SHA-256 of the text", digest.substring(0, Math.min(12, digest.length())));
        training.options().forEach((option, value) -> facts.put("--" + option, value));
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
            facts.put("best at step", count(best.step()));
        }
        facts.putIfAbsent("steps", count(last.step()));
        facts.putIfAbsent("characters trained on", count(last.characters()));
        if (last.seconds() != null) {
            facts.put("time", String.format(Locale.ROOT, "%,.0f s", last.seconds()));
        }
        if (last.charactersPerSecond() != null) {
            facts.put("characters a second", count(Math.round(last.charactersPerSecond())));
        }
    }

    private static void put(Map<String, String> facts, String name, String value) {
        if (!value.isEmpty()) {
            facts.put(name, value);
        }
    }

    static String loss(@Nullable Double nats) {
        return nats == null ? "" : String.format(Locale.ROOT, "%.3f nats, %.3f bpc", nats, Bits.ofNats(nats));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String shown(JsonElement value) {
        return value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }
}
