package lstm.cli;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import lstm.checkpoint.Checkpoint;
import lstm.generate.BatchSampler;
import lstm.generate.BeamSearch;
import lstm.generate.Draft;
import lstm.generate.Drafting;
import lstm.generate.InOrder;
import lstm.generate.Rule;
import lstm.generate.SamplingSettings;
import lstm.generate.Selection;
import lstm.generate.Temperature;
import lstm.generate.TextGenerator;
import lstm.generate.TextListener;
import lstm.kernel.Workers;
import lstm.model.LanguageModel;
import lstm.text.Records;
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
        description = "Writes text from a model to standard output, as it is made.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lstm sample --temp 0.5 -n 2000                   a safer, longer text",
            "  lstm sample -p 'The ferry' --lines 3             goes on from these words for three lines",
            "  lstm sample --prime-file my.txt --no-echo        only what follows the text of a file",
            "  lstm sample checkpoints/my.safetensors --seed 1  the same each time",
            "  lstm sample --match '[A-Z][a-z]+' --count 9      nine words that match"
        })
final class SampleCommand extends BaseCommand {

    /** Texts that are made at the same time. */
    private static final int STREAMS = 64;

    /** Texts in a row that are not new, until no more are tried. */
    private static final long PATIENCE = 10_000;

    /** Tokens of texts that wait for the first one to end. */
    private static final long MOST_HELD = 1 << 26;

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
    private final NoveltyOptions novelty = new NoveltyOptions();

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

    @Option(
            names = "--raw",
            description =
                    "Write control characters to a terminal as they are, which it obeys. Elsewhere they always are.")
    private boolean raw;

    SampleCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        SamplingSettings asked = beam == null ? sampling.settings() : sampling.settings(Temperature.of(1));
        checkNumbers();
        texts.rules(); // refuses what cannot be before a model is loaded
        novelty.check();
        if (novelty.readsStandardInput() && beginning.readsStandardInput()) {
            throw new ParameterException(
                    spec.commandLine(), "standard input can be read once: name a file for --corpus or --prime-file");
        }
        Checkpoint loaded = Checkpoint.load(checkpoint.file());
        boolean mayBeLong = loaded.records() != Records.NONE && sampling.leavesLengthOpen();
        if (mayBeLong && asked.temperature().first() != asked.temperature().last()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "records end by themselves: a --temp that changes needs a --length to change over");
        }
        SamplingSettings settings = mayBeLong ? asked.withLength(SamplingSettings.LIST_LENGTH) : asked;
        Tokenizer tokenizer = new Tokenizer(loaded.vocabulary());
        // All of it before anything is written.
        int[] begins = beginning.tokens(tokenizer, sampling.unknown(), console);
        List<Rule> rules = novelty.rules(loaded.vocabulary(), console);
        Drafting drafting = texts.drafting(settings, tokenizer, loaded.records(), rules, console);
        Predicate<int[]> isNew = novelty.isNew(begins, tokenizer, loaded.records(), console);
        int streams = streams(settings.length());
        long seed = sampling.seed().orElse(new SplittableRandom().nextLong());
        TextListener writer = writer(tokenizer, loaded.records(), begins);
        WholeTexts whole = new WholeTexts(writer);
        try (Workers workers = kernel.workers(console)) {
            LanguageModel model = loaded.model(workers);
            TextGenerator.Place place = place(new TextGenerator(model), tokenizer, loaded.records(), begins);
            Draft draft = drafting.draft(loaded.vocabulary().size());
            draft.read(begins);
            TextListener listener = novelty.isTelling() ? whole : writer;
            boolean complete = beam == null
                    ? draw(streams, new BatchSampler(model, place, draft, text -> chance(seed, text)), isNew, listener)
                    : search(new BeamSearch(model, place, draft, beam), beam, isNew, listener);
            if (novelty.isTelling()) {
                novelty.tell(whole.texts(), loaded.vocabulary(), console);
            }
            return complete ? Lstm.DONE : Lstm.FAILED;
        }
    }

    /** Where a text stands that has read its beginning. */
    private static TextGenerator.Place place(
            TextGenerator generator, Tokenizer tokenizer, Records records, int[] begins) {
        generator.begin(tokenizer.vocabulary(), records);
        generator.read(begins);
        return generator.place();
    }

    private int streams(long length) {
        return (int) Math.min(Math.max(1, MOST_HELD / Math.max(1, length)), Math.min(STREAMS, count * bestOf));
    }

    /** Searches for the texts; whether there were as many as asked for. */
    private boolean search(BeamSearch search, int width, Predicate<int[]> isNew, TextListener listener) {
        if (!novelty.isChoosing()) {
            int found = search.run((int) count, listener, console.out()::checkError);
            return found == count || tooFew(found, "there are no others");
        }
        Selection selection = new Selection(listener, count, 1, isNew);
        search.run(width, selection, console.out()::checkError);
        return selection.selected() == count || tooFew(selection.selected(), "the beam held no other");
    }

    /** Says so, unless nobody reads any more; returns whether nobody does. */
    private boolean tooFew(long found, String reason) {
        if (console.out().checkError()) {
            return true;
        }
        console.note("lstm: found " + found + " of " + count + " texts: " + reason);
        return false;
    }

    /** Draws the texts; whether there were as many as asked for. */
    private boolean draw(int streams, BatchSampler sampler, Predicate<int[]> isNew, TextListener listener) {
        if (bestOf == 1 && !novelty.isChoosing()) {
            sampler.run(count, streams, new InOrder(listener), console.out()::checkError);
            return true;
        }
        Selection selection = new Selection(listener, count, bestOf, isNew);
        sampler.run(
                Long.MAX_VALUE,
                streams,
                new InOrder(selection),
                () -> selection.selected() == count
                        || selection.refused() >= PATIENCE
                        || console.out().checkError());
        return selection.refused() < PATIENCE
                || tooFew(
                        selection.selected(),
                        "the last " + PATIENCE + " were none that is new; a higher --temp may make more");
    }

    /** Of the seed of a text, and of which of the candidates for it this one is. */
    private SplittableRandom chance(long seed, long candidate) {
        SplittableRandom random = new SplittableRandom(seed + candidate / bestOf);
        for (long i = candidate % bestOf; i > 0; i--) {
            random = random.split();
        }
        return random;
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

    private TextListener writer(Tokenizer tokenizer, Records records, int[] begins) {
        int others = logprobs ? OTHERS : TextListener.NO_PREDICTIONS;
        if (json) {
            return new JsonTexts(console, tokenizer, tokenizer.decode(begins), others);
        }
        if (logprobs) {
            return new ProbabilityLines(console, tokenizer.vocabulary(), others);
        }
        boolean isList = records != Records.NONE;
        TextWriter writer = new TextWriter(
                console,
                tokenizer.vocabulary(),
                beginning.isSilent() ? new int[0] : begins,
                isList || console.outIsTerminal() || count > 1,
                isList ? records.separator().substring(1) : "---\n",
                raw);
        if (!novelty.isChoosing()) {
            writer.begin(0);
        }
        return writer;
    }
}
