package lstm.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lstm.checkpoint.CheckpointSummary;
import lstm.checkpoint.CheckpointSummary.Entry;
import lstm.live.Figures;
import lstm.text.Records;
import lstm.text.Symbols;
import lstm.text.TerminalText;
import lstm.text.Unit;
import lstm.text.Vocabulary;
import lstm.train.Cluster.Shared;
import lstm.train.RollBacks;
import lstm.train.TrainingState;

/** What is in a checkpoint, in lines for people. */
final class CheckpointText {

    private static final int MOST_SYMBOLS = 100;
    /** A tensor that one of many workers carries. */
    private static final Pattern WORKER = Pattern.compile("training\\." + Pattern.quote(Shared.WORKER) + "(\\d+)\\.");

    private final ListedFile listed;
    private final CheckpointSummary summary;
    private final List<String> lines = new ArrayList<>();

    CheckpointText(ListedFile listed, CheckpointSummary summary) {
        this.listed = listed;
        this.summary = summary;
    }

    /** The file's name, and behind it a line for everything. */
    List<String> lines(boolean tensors) {
        lines.clear();
        lines.add(TerminalText.line(listed.file().toString()));
        line(
                "model",
                "%s, %,d parameters",
                summary.config().description(),
                summary.config().parameters());
        Vocabulary vocabulary = summary.vocabulary();
        line("vocabulary", "%s: %s", vocabulary.unit().count(vocabulary.size()), symbols(vocabulary));
        if (summary.records() != Records.NONE) {
            line("records", "%s", summary.records());
        }
        file();
        JsonObject json = JsonParser.parseString(summary.training()).getAsJsonObject();
        TrainingState training = listed.training();
        if (training == null) {
            json.entrySet().forEach(this::entry);
        } else {
            training(training);
            line(
                    "settings",
                    "%s",
                    training.options().entrySet().stream()
                            .map(option -> option.getKey() + " " + option.getValue())
                            .collect(Collectors.joining(", ")));
        }
        line("resumable", "%s", resumable());
        if (tensors) {
            lines.addAll(tensors());
        }
        return List.copyOf(lines);
    }

    private void file() {
        long weights = bytes(false);
        String parts = summary.canResume()
                ? ": %s of weights, %s for the training to go on"
                        .formatted(CheckpointTable.size(weights), CheckpointTable.size(bytes(true)))
                : "";
        line("size", "%s%s", CheckpointTable.size(listed.bytes()), parts);
        line("saved", "%s", CheckpointTable.date(listed.modified()));
    }

    private long bytes(boolean ofTraining) {
        return summary.tensors().stream()
                .filter(tensor -> tensor.isOfTraining() == ofTraining)
                .mapToLong(Entry::bytes)
                .sum();
    }

    private void training(TrainingState training) {
        Unit unit = summary.vocabulary().unit();
        String name = listed.corpus() == null ? "" : TerminalText.line(listed.corpus()) + ", ";
        line(
                "text",
                "%s%s to learn from, sha256 %s",
                name,
                unit.count(training.textTokens()),
                TerminalText.line(training.textDigest()));
        line(
                "trained",
                "%,d steps, %.1f epochs, %s%s",
                training.step(),
                training.epochs(),
                unit.count(training.characters()),
                training.isComplete() ? ", to the end" : "");
        Double best = listed.loss();
        if (best != null) {
            line("val loss", "%s, the lowest", Figures.loss(best));
        }
        if (Double.isFinite(training.trainLoss())) {
            line("train loss", "%s, in the last step", Figures.loss(training.trainLoss()));
        }
        if (Double.isFinite(training.learningRate())) {
            line("learning rate", "%s", rounded(training.learningRate()));
        }
        RollBacks rollBacks = training.rollBacks();
        if (rollBacks.count() > 0) {
            line("roll-backs", "%d, the last at step %,d", rollBacks.count(), rollBacks.step());
        }
    }

    /** Three digits, and no exponent. */
    private static String rounded(double number) {
        return new BigDecimal(number)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }

    private String resumable() {
        if (!summary.canResume()) {
            return "no, it holds the weights alone";
        }
        TrainingState training = listed.training();
        String end = training != null && training.isComplete() ? " and a later end, such as more --epochs" : "";
        return "yes, with the same text" + end + ": lstm train CORPUS " + workers() + "--resume -o "
                + TerminalText.line(listed.file().toString());
    }

    /** A training that was shared out goes on only so. */
    private String workers() {
        long workers = summary.tensors().stream()
                .map(Entry::name)
                .map(WORKER::matcher)
                .filter(Matcher::lookingAt)
                .map(name -> name.group(1))
                .distinct()
                .count();
        return workers == 0 ? "" : "--spark MASTER --workers " + workers + " ";
    }

    private List<String> tensors() {
        Table table = new Table(List.of(
                new Table.Column("  tensor", false, 0),
                new Table.Column("type", false, 0),
                new Table.Column("shape", false, 0),
                new Table.Column("size", true, 0)));
        for (Entry tensor : summary.tensors()) {
            String shape = tensor.shape().stream().map(String::valueOf).collect(Collectors.joining(" x "));
            table.add(List.of(
                    "  " + TerminalText.line(tensor.name()),
                    tensor.dtype().name(),
                    shape,
                    CheckpointTable.size(tensor.bytes())));
        }
        return table.lines(Table.UNLIMITED);
    }

    private void entry(Map.Entry<String, JsonElement> entry) {
        JsonElement value = entry.getValue();
        if (!value.isJsonNull()) {
            line(
                    TerminalText.line(entry.getKey()),
                    "%s",
                    value.isJsonObject() ? members(value.getAsJsonObject()) : text(value));
        }
    }

    private static String members(JsonObject object) {
        return object.entrySet().stream()
                .filter(entry -> !entry.getValue().isJsonNull())
                .map(entry -> TerminalText.line(entry.getKey()) + " " + text(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** Our own values are plain; a file from elsewhere may hold anything. */
    private static String text(JsonElement value) {
        return TerminalText.line(value.isJsonPrimitive() ? value.getAsString() : value.toString());
    }

    private static String symbols(Vocabulary vocabulary) {
        String shown = IntStream.range(0, Math.min(vocabulary.size(), MOST_SYMBOLS))
                .map(vocabulary::codePoint)
                .mapToObj(Symbols::inLine)
                .collect(Collectors.joining());
        return vocabulary.size() > MOST_SYMBOLS ? shown + "..." : shown;
    }

    private void line(String name, String format, Object... values) {
        lines.add("  %-14s ".formatted(name.replace('_', ' ')) + String.format(Locale.ROOT, format, values));
    }
}
