package lstm.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import lstm.checkpoint.Checkpoint;
import lstm.kernel.Workers;
import lstm.text.Sources;
import lstm.text.TextException;
import lstm.text.TokenReader;
import lstm.text.Unknown;
import lstm.train.Evaluator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lstm eval}: how well a model foresees a text. */
@Command(
        versionProvider = Version.class,
        name = "eval",
        description = {
            "Measures a model on text that it has not seen, in nats and bits per character.",
            "The text is read in one pass from an empty memory; every character but the first is predicted."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  lstm eval checkpoints/my.safetensors other.txt  how well it foresees another text"})
final class EvalCommand extends BaseCommand {

    private static final long CHARACTERS_BETWEEN_NOTES = 1 << 20;

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

    @Option(
            names = "--unknown",
            paramLabel = "POLICY",
            description = "A character that the model has never seen: skip or error [error].")
    private Unknown unknown = Unknown.ERROR;

    @Option(names = "--json", description = "One JSON object: chars (predicted), nats_per_char, bits_per_char.")
    private boolean json;

    EvalCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        Checkpoint loaded = Checkpoint.load(checkpoint);
        Sources sources = Sources.of(corpora, console.in());
        try (Workers workers = kernel.workers(1, console);
                TokenReader tokens = new TokenReader(sources, loaded.vocabulary(), unknown)) {
            Evaluator.Result result = new Evaluator(loaded.model(workers)).evaluate(source(tokens), this::progress);
            console.endProgress();
            if (result.predictions() == 0) {
                throw new TextException(
                        "there is nothing to predict in " + sources + ": expected at least 2 characters");
            }
            if (tokens.skipped() > 0) {
                console.note("left out " + tokens.skipped() + " characters that the model has never seen");
            }
            print(result);
        }
        return Lstm.DONE;
    }

    private static Evaluator.Source source(TokenReader tokens) {
        return () -> {
            try {
                return tokens.read();
            } catch (IOException e) {
                throw new TextException("cannot read on: " + e.getMessage(), e);
            }
        };
    }

    private void progress(long predictions) {
        if (console.errIsTerminal() && predictions % CHARACTERS_BETWEEN_NOTES == 0) {
            console.progress(predictions + " characters");
        }
    }

    private void print(Evaluator.Result result) {
        if (json) {
            JsonObject object = new JsonObject();
            object.addProperty("chars", result.predictions());
            object.addProperty("nats_per_char", result.nats());
            object.addProperty("bits_per_char", result.bits());
            console.out().println(object);
        } else {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%,d characters: %.4f nats per character, %.4f bits per character%n",
                            result.predictions(),
                            result.nats(),
                            result.bits());
        }
    }
}
