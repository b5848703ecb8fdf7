package lstm.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import lstm.checkpoint.Checkpoint;
import lstm.kernel.Workers;
import lstm.model.GradientReach;
import lstm.model.LanguageModel;
import lstm.text.Sources;
import lstm.text.TextException;
import lstm.text.TokenReader;
import lstm.text.Tokens;
import lstm.text.Unknown;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lstm gradients}: how far back a model's gradient reaches. */
@Command(
        versionProvider = Version.class,
        description = {
            "Shows how far back the gradient of a model reaches in a text: the norm of the derivative of the last layer's"
                    + " output by every layer's output some steps before, 1 at a distance of 0 in the last layer.",
            "Cell states are held fixed. A gradient that vanishes teaches nothing of what was that far back."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  lstm gradients my.safetensors my.txt --lags 500  as far as 500 characters back"})
final class GradientsCommand extends BaseCommand {

    private static final int[] SHOWN = {0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};

    @Mixin
    private final KernelOption kernel = new KernelOption();

    @Parameters(index = "0", paramLabel = "CHECKPOINT", description = "The model.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path checkpoint;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "CORPUS",
            description = "Text files, directories, - for standard input.")
    private List<String> corpora = List.of();

    @Option(names = "--lags", paramLabel = "N", description = "Steps to look back [200].")
    private int lags = 200;

    @Option(names = "--places", paramLabel = "N", description = "Places of the text to take the mean of [8].")
    private int places = 8;

    @Option(
            names = "--unknown",
            paramLabel = "POLICY",
            description = "A character that the model has never seen: skip or error [error].")
    private Unknown unknown = Unknown.ERROR;

    @Option(names = "--json", description = "One JSON object: norms, an array by layer of arrays by distance.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    GradientsCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        if (lags < 1 || lags > 10_000 || places < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --lags from 1 to 10000 and --places of 1 or more, found " + lags + " and " + places);
        }
        Checkpoint loaded = Checkpoint.load(checkpoint);
        Sources sources = Sources.of(corpora, console.in(), console::note);
        Tokens tokens;
        try (TokenReader reader = new TokenReader(sources, loaded.vocabulary(), unknown)) {
            tokens = Tokens.read(reader::read);
        }
        if (tokens.size() <= lags) {
            throw new TextException(sources + " has " + tokens.size() + " characters, where --lags " + lags
                    + " needs more; take fewer lags or a longer text");
        }
        try (Workers workers = kernel.workers(console)) {
            GradientReach reach = reach(loaded, workers);
            reach.add(tokens::get, tokens.size(), places);
            print(reach.norms());
        }
        return Lstm.DONE;
    }

    private GradientReach reach(Checkpoint loaded, Workers workers) {
        LanguageModel model = loaded.model(workers);
        try {
            return new GradientReach(model, lags);
        } catch (IllegalArgumentException e) {
            throw new CommandException("--lags " + lags + " are too many for a model of this size; take fewer");
        }
    }

    private void print(double[][] norms) {
        if (json) {
            JsonObject object = new JsonObject();
            JsonArray layers = new JsonArray();
            for (double[] layer : norms) {
                JsonArray values = new JsonArray();
                // JSON knows no infinity.
                Arrays.stream(layer).forEach(norm -> values.add(Double.isFinite(norm) ? (Double) norm : null));
                layers.add(values);
            }
            object.add("norms", layers);
            console.out().println(object);
            return;
        }
        StringBuilder header = new StringBuilder("steps back");
        for (int l = 0; l < norms.length; l++) {
            header.append(String.format(Locale.ROOT, "  %10s", "layer " + (l + 1)));
        }
        console.out().println(header);
        TreeSet<Integer> shown = new TreeSet<>();
        for (int lag : SHOWN) {
            shown.add(Math.min(lag, lags));
        }
        for (int lag : shown) {
            StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%10d", lag));
            for (double[] layer : norms) {
                row.append(String.format(Locale.ROOT, "  %10.2e", layer[lag]));
            }
            console.out().println(row);
        }
    }
}
