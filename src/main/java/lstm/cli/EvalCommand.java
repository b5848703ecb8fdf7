package lstm.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import lstm.checkpoint.Checkpoint;
import lstm.kernel.Workers;
import lstm.model.LanguageModel;
import lstm.text.Sources;
import lstm.text.TextException;
import lstm.text.TokenReader;
import lstm.text.Tokens;
import lstm.text.Unit;
import lstm.text.Unknown;
import lstm.train.Adaptation;
import lstm.train.Evaluator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lstm eval}: how well a model foresees a text. */
@Command(
        versionProvider = Version.class,
        description = {
            "Measures a model on text that it has not seen, in nats and bits per character.",
            "The text is read in one pass from an empty memory; every character but the first is predicted.",
            "With --dynamic it is read a second time, by a model that learns from what it has just read; the file stays as it is."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lstm eval checkpoints/my.safetensors other.txt            how well it foresees another text",
            "  lstm eval checkpoints/my.safetensors other.txt --dynamic  and what learning from it gains"
        })
final class EvalCommand extends BaseCommand {

    private static final long CHARACTERS_BETWEEN_NOTES = 1 << 20;
    private static final long LEARNT_BETWEEN_NOTES = 20_000;

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

    @Option(
            names = "--dynamic",
            description = "Measures also how well the text is foreseen by a model that goes on learning as it reads.")
    private boolean dynamic;

    @Option(
            names = "--dynamic-rate",
            paramLabel = "X",
            description = "How much it learns, from 0 to 1; more suits a text unlike the model's own"
                    + " [${bundle:default.rate-dynamic}].")
    private @Nullable Double dynamicRate;

    @Option(
            names = "--json",
            description = "One JSON object: chars (predicted), nats_per_char, bits_per_char;"
                    + " dynamic_nats_per_char, dynamic_bits_per_char with --dynamic.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    EvalCommand(Console console) {
        super(console);
    }

    /** What the model foresees as it is, and where that was asked for, as it learns. */
    private record Measured(Evaluator.Result plain, Evaluator.@Nullable Result dynamic) {}

    @Override
    public Integer call() throws IOException {
        if (dynamicRate != null && !dynamic) {
            throw new ParameterException(spec.commandLine(), "--dynamic-rate goes with --dynamic");
        }
        Checkpoint loaded = Checkpoint.load(checkpoint);
        Sources sources = Sources.of(corpora, console.in(), console::note);
        try (Workers workers = kernel.workers(console);
                TokenReader tokens = new TokenReader(sources, loaded.vocabulary(), unknown)) {
            LanguageModel model = loaded.model(workers);
            Measured measured = dynamic
                    ? both(model, adaptation(model), tokens)
                    : new Measured(new Evaluator(model).evaluate(source(tokens), this::progress), null);
            console.endProgress();
            if (measured.plain.predictions() == 0) {
                throw new TextException(
                        "there is nothing to predict in " + sources + ": expected at least 2 characters");
            }
            if (Double.isNaN(measured.plain.nats())) {
                throw new CommandException(
                        checkpoint + ": its weights are so large that what it foresees is not a number; train it anew");
            }
            if (tokens.skipped() > 0) {
                console.note("left out " + loaded.vocabulary().unit().count(tokens.skipped())
                        + " that the model has never seen");
            }
            print(measured, loaded.vocabulary().unit());
        }
        return Lstm.DONE;
    }

    private Adaptation adaptation(LanguageModel model) {
        try {
            return new Adaptation(model, dynamicRate == null ? Adaptation.RATE : dynamicRate);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--dynamic-rate: " + e.getMessage(), e);
        }
    }

    private Measured both(LanguageModel model, Adaptation adaptation, TokenReader reader) {
        Tokens tokens = read(reader);
        Evaluator.Result plain = new Evaluator(model).evaluate(Evaluator.Source.of(tokens), this::progress);
        return new Measured(plain, adaptation.read(Evaluator.Source.of(tokens), this::learnt));
    }

    private static Tokens read(TokenReader reader) {
        try {
            return Tokens.read(reader::read);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static Evaluator.Source source(TokenReader tokens) {
        return () -> {
            try {
                return tokens.read();
            } catch (IOException e) {
                throw unreadable(e);
            }
        };
    }

    private static TextException unreadable(IOException e) {
        return new TextException("cannot read on: " + e.getMessage(), e);
    }

    private void progress(long predictions) {
        note(predictions, CHARACTERS_BETWEEN_NOTES, " characters");
    }

    private void learnt(long predictions) {
        note(predictions, LEARNT_BETWEEN_NOTES, " characters learnt from");
    }

    private void note(long predictions, long every, String what) {
        if (console.errIsTerminal() && predictions % every == 0) {
            console.progress(predictions + what);
        }
    }

    private void print(Measured measured, Unit unit) {
        Evaluator.Result learning = measured.dynamic;
        if (json) {
            JsonObject object = new JsonObject();
            object.addProperty("chars", measured.plain.predictions());
            add(object, "", measured.plain);
            if (learning != null) {
                add(object, "dynamic_", learning);
            }
            console.out().println(Json.line(object));
        } else {
            print(unit.count(measured.plain.predictions()), measured.plain);
            if (learning != null) {
                print("learning as it reads", learning);
            }
        }
    }

    private static void add(JsonObject object, String prefix, Evaluator.Result result) {
        object.addProperty(prefix + "nats_per_char", result.nats());
        object.addProperty(prefix + "bits_per_char", result.bits());
    }

    private void print(String what, Evaluator.Result result) {
        console.out()
                .printf(
                        Locale.ROOT,
                        "%s: %.4f nats per character, %.4f bits per character%n",
                        what,
                        result.nats(),
                        result.bits());
    }
}
