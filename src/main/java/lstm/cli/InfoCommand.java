package lstm.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.CheckpointException;
import lstm.checkpoint.CheckpointSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lstm info}: what is in a checkpoint. */
@Command(
        versionProvider = Version.class,
        description = {
            "Shows what is in a checkpoint: the model, its vocabulary, how it was trained and how well it foresees what was"
                    + " held out, and whether the training can go on.",
            "All of the file is read and held against its checksums; lstm ls lists many at once."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lstm info                       the newest checkpoint",
            "  lstm info my.safetensors --tensors",
            "  lstm info runs/*.safetensors --json  one JSON object a line, for programs"
        })
final class InfoCommand extends BaseCommand {

    @Parameters(
            arity = "0..*",
            paramLabel = "CHECKPOINT",
            description = "The models [the newest in checkpoints/, else the one that comes with lstm].")
    private List<String> checkpoints = List.of();

    @Option(
            names = "--json",
            description =
                    "One JSON object a line: what lstm ls --json tells but newest and symbols, and vocabulary (an array),"
                            + " training (what the file holds on it), and tensors if asked for.")
    private boolean json;

    @Option(names = "--tensors", description = "Show name, type, shape and size of every tensor of the file.")
    private boolean tensors;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    InfoCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        List<Path> files = checkpoints.isEmpty() ? List.of(Checkpoints.find(null)) : NamedFile.paths(spec, checkpoints);
        boolean failed = false;
        for (Path file : files) {
            try {
                show(file, file != files.get(0));
            } catch (CheckpointException e) {
                if (files.size() == 1) {
                    throw e;
                }
                console.note("lstm: " + e.getMessage());
                failed = true;
            }
        }
        return failed ? Lstm.FAILED : Lstm.DONE;
    }

    private void show(Path file, boolean apart) {
        // Also whether the numbers are what was saved, of which the summary tells nothing.
        Checkpoint.load(file);
        ListedFile listed = ListedFile.of(file);
        CheckpointSummary summary = listed.summary();
        if (summary == null) {
            throw new CheckpointException(String.valueOf(listed.error()));
        }
        if (json) {
            console.out().println(Json.line(object(listed, summary)));
            return;
        }
        if (apart) {
            console.out().println();
        }
        new CheckpointText(listed, summary).lines(tensors).forEach(console.out()::println);
    }

    private JsonObject object(ListedFile listed, CheckpointSummary summary) {
        JsonObject object = CheckpointJson.file(listed);
        CheckpointJson.model(object, summary);
        JsonArray symbols = new JsonArray();
        summary.vocabulary().symbols().forEach(symbols::add);
        object.add("vocabulary", symbols);
        object.addProperty("resumable", summary.canResume());
        CheckpointJson.training(object, listed);
        object.add("training", JsonParser.parseString(summary.training()));
        if (tensors) {
            object.add("tensors", CheckpointJson.tensors(summary));
        }
        return object;
    }
}
