package lstm.cli;

import java.io.IOException;
import java.util.SplittableRandom;
import lstm.checkpoint.Checkpoint;
import lstm.generate.BatchSampler;
import lstm.generate.BeamSearch;
import lstm.generate.Draft;
import lstm.generate.Drafting;
import lstm.generate.InOrder;
import lstm.generate.SamplingSettings;
import lstm.generate.Selection;
import lstm.generate.Temperature;
import lstm.generate.TextGenerator;
import lstm.generate.TextListener;
import lstm.kernel.Workers;
import lstm.model.LanguageModel;
import lstm.text.Tokenizer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lstm sample}: text from a model, streamed as it is made. */
@Command(
        versionProvider = Version.class,
        name = "sample",
        description = "Writes text from a model to standard output, as it is made.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lstm sample --temp 0.5 -n 2000                   a safer, longer text",
            "  lstm sample -p 'The ferry' --lines 3             goes on from these words for three lines",
            "  lstm sample --prime-file my.txt --no-echo        only what follows the text of a file",
            "  lstm sample checkpoints/my.safetensors --seed 1  the same each time"
        })
final class SampleCommand extends BaseCommand {

    /** Texts that are made at the same time. */
    private static final int STREAMS = 64;
    /** As many are worth a second thread. */
    private static final int STREAMS_OF_THREADS = 16;

    private static final long MOST_TEXTS = 1L << 40;
    /** Of other characters that a prediction names. */
    private static final int OTHERS = 5;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final SamplingOptions sampling = new SamplingOptions();

    @Mixin
    private final TextOptions texts = new TextOptions();

    @Mixin
    private final BeginningOptions beginning = new BeginningOptions();

    @Mixin
    private final KernelOption kernel = new KernelOption();

    @Mixin
    private final CheckpointArgument checkpoint = new CheckpointArgument();

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Make N texts side by side, as --seed, --seed + 1, ... would [1].")
    private long count = 1;

    @Option(
            names = "--best-of",
            paramLabel = "N",
            description = "Make N texts for each, and write the one whose characters are likeliest on the mean [1].")
    private int bestOf = 1;

    @Option(
            names = "--beam",
            paramLabel = "N",
            description = "Not by chance, but search for the likeliest text with N at a time; --temp is 1 then.")
    private @Nullable Integer beam;

    @Option(
            names = "--json",
            description = "A JSON object for every text: prime, text, nats_per_char; with --logprobs also chars.")
    private boolean json;

    @Option(names = "--logprobs", description = "Show every character's probability, and the likeliest others.")
    private boolean logprobs;

    SampleCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        SamplingSettings settings = beam == null ? sampling.settings() : sampling.settings(Temperature.of(1));
        checkNumbers();
        texts.check();
        Checkpoint loaded = Checkpoint.load(checkpoint.file());
        Tokenizer tokenizer = new Tokenizer(loaded.vocabulary());
        // All of it before anything is written.
        int[] begins = beginning.tokens(tokenizer, sampling.unknown(), console);
        Drafting drafting = texts.drafting(settings, tokenizer, console);
        int streams = (int) Math.min(STREAMS, count * bestOf);
        int threads = streams < STREAMS_OF_THREADS ? 1 : Runtime.getRuntime().availableProcessors();
        try (Workers workers = kernel.workers(threads, console)) {
            LanguageModel model = loaded.model(workers);
            TextListener writer = writer(tokenizer, begins);
            TextGenerator generator = new TextGenerator(model);
            generator.begin(loaded.vocabulary());
            Draft draft = drafting.draft(loaded.vocabulary().size());
            draft.read(begins);
            generator.read(begins);
            if (beam != null) {
                new BeamSearch(model, generator.place(), draft, beam)
                        .run((int) count, writer, console.out()::checkError);
            } else {
                long seed = sampling.seed().orElse(new SplittableRandom().nextLong());
                new BatchSampler(model, generator.place(), draft, text -> new SplittableRandom(seed + text))
                        .run(count * bestOf, streams, selecting(writer), console.out()::checkError);
            }
        }
        return Lstm.DONE;
    }

    private void checkNumbers() {
        check(count >= 1, "--count", count);
        check(bestOf >= 1, "--best-of", bestOf);
        if (count > MOST_TEXTS / bestOf) {
            throw new ParameterException(
                    spec.commandLine(), "expected up to " + MOST_TEXTS / bestOf + " texts for --count, found " + count);
        }
        check(beam == null || beam >= 1, "--beam", beam);
        if (beam != null && bestOf > 1) {
            throw new ParameterException(spec.commandLine(), "--beam leaves nothing to chance: leave --best-of out");
        }
        if (beam != null && count > beam) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a beam of " + beam + " has no more than " + beam + " texts: --count is " + count);
        }
    }

    private void check(boolean condition, String option, @Nullable Number found) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), "expected 1 or more " + option + ", found " + found);
        }
    }

    private TextListener selecting(TextListener writer) {
        return new InOrder(bestOf == 1 ? writer : new Selection(writer, bestOf, text -> true));
    }

    private TextListener writer(Tokenizer tokenizer, int[] begins) {
        int others = logprobs ? OTHERS : TextListener.NO_PREDICTIONS;
        if (json) {
            return new JsonTexts(console, tokenizer, tokenizer.decode(begins), others);
        }
        if (logprobs) {
            return new ProbabilityLines(console, tokenizer.vocabulary(), others);
        }
        TextWriter writer = new TextWriter(
                console,
                tokenizer.vocabulary(),
                beginning.isSilent() ? new int[0] : begins,
                console.outIsTerminal() || count > 1,
                "---" + System.lineSeparator());
        writer.begin(0);
        return writer;
    }
}
