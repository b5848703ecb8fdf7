package lstm.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lstm.checkpoint.Checkpoint;
import lstm.model.ModelConfig;
import lstm.text.Records;
import lstm.text.Symbols;
import lstm.text.Vocabulary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lstm info}: what is in a checkpoint. */
@Command(
        versionProvider = Version.class,
        name = "info",
        description = "Shows what is in a checkpoint.",
        footerHeading = "%nExamples:%n",
        footer = {"  lstm info my.safetensors --json  one JSON object, for programs"})
final class InfoCommand extends BaseCommand {

    @Mixin
    private final CheckpointArgument checkpoint = new CheckpointArgument();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    InfoCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        Path file = checkpoint.file();
        Checkpoint loaded = Checkpoint.load(file);
        JsonObject training = JsonParser.parseString(loaded.training()).getAsJsonObject();
        if (json) {
            console.out().println(object(file, loaded, training));
        } else {
            print(file, loaded, training);
        }
        return Lstm.DONE;
    }

    private static JsonObject object(Path file, Checkpoint checkpoint, JsonObject training) {
        ModelConfig config = checkpoint.config();
        JsonObject object = new JsonObject();
        object.addProperty("file", file.toString());
        object.addProperty("cell", config.cell().label());
        object.addProperty("layers", config.layers());
        object.addProperty("hidden", config.hidden());
        object.addProperty("embedding", config.embedding());
        object.addProperty("tied", config.tied());
        object.addProperty("attention", config.attention());
        object.addProperty("dropout", config.dropout());
        object.addProperty("weight_dropout", config.weightDropout());
        object.addProperty("parameters", config.parameters());
        object.addProperty("unit", checkpoint.vocabulary().unit().label());
        object.addProperty("records", checkpoint.records().label());
        object.add("vocabulary", vocabulary(checkpoint.vocabulary()));
        object.addProperty("resumable", checkpoint.canResume());
        object.add("training", training);
        return object;
    }

    private static JsonElement vocabulary(Vocabulary vocabulary) {
        JsonArray symbols = new JsonArray();
        vocabulary.symbols().forEach(symbols::add);
        return symbols;
    }

    private void print(Path file, Checkpoint checkpoint, JsonObject training) {
        ModelConfig config = checkpoint.config();
        PrintStream out = console.out();
        out.println(file);
        line("model", "%s, %,d parameters", config.description(), config.parameters());
        line(
                "vocabulary",
                "%d %s: %s",
                config.vocabulary(),
                checkpoint.vocabulary().unit().label(),
                symbols(checkpoint.vocabulary()));
        if (checkpoint.records() != Records.NONE) {
            line("records", "%s", checkpoint.records());
        }
        training.entrySet().forEach(entry -> {
            if (entry.getValue().isJsonObject()) {
                line(entry.getKey(), "%s", members(entry.getValue().getAsJsonObject()));
            } else if (!entry.getValue().isJsonNull()) {
                line(entry.getKey(), "%s", text(entry.getValue()));
            }
        });
        line("resumable", checkpoint.canResume() ? "yes" : "no, it holds the weights alone");
    }

    private void line(String name, String format, Object... values) {
        console.out().printf(Locale.ROOT, "  %-14s ", name.replace('_', ' '));
        console.out().printf(Locale.ROOT, format + "%n", values);
    }

    /** Our own values are plain; a file from elsewhere may hold anything. */
    private static String text(JsonElement value) {
        return value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }

    private static String members(JsonObject object) {
        return object.entrySet().stream()
                .filter(entry -> !entry.getValue().isJsonNull())
                .map(entry -> entry.getKey() + " " + text(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String symbols(Vocabulary vocabulary) {
        String shown = IntStream.range(0, Math.min(vocabulary.size(), 100))
                .map(vocabulary::codePoint)
                .mapToObj(symbol -> symbol == '\n' ? "\\n" : Symbols.plain(symbol))
                .collect(Collectors.joining());
        return vocabulary.size() > 100 ? shown + "..." : shown;
    }
}
