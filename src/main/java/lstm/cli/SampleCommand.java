package lstm.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import lstm.checkpoint.Checkpoint;
import lstm.generate.Sampler;
import lstm.generate.SamplingSettings;
import lstm.generate.Stops;
import lstm.generate.TextGenerator;
import lstm.kernel.Workers;
import lstm.text.Sources;
import lstm.text.Symbols;
import lstm.text.TerminalText;
import lstm.text.TokenReader;
import lstm.text.Tokenizer;
import lstm.text.Unknown;
import lstm.text.Vocabulary;
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
        description = "Writes text from a model to standard output, as it is made.")
final class SampleCommand extends BaseCommand {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final SamplingOptions sampling = new SamplingOptions();

    @Mixin
    private final KernelOption kernel = new KernelOption();

    @Mixin
    private final CheckpointArgument checkpoint = new CheckpointArgument();

    @Option(
            names = {"-p", "--prime"},
            paramLabel = "TEXT",
            description = "The beginning of the text, which the model goes on from.")
    private String prime = "";

    @Option(
            names = "--prime-file",
            paramLabel = "FILE",
            description = "A text file that stands before that, - for standard input.")
    private @Nullable String primeFile;

    @Option(
            names = "--no-echo",
            negatable = true,
            description = "Do not write the beginning, only what follows; --echo does.")
    private boolean silent;

    @Option(
            names = "--stop",
            paramLabel = "TEXT",
            description = "End before the model would write this; may be given several times.")
    private List<String> stops = List.of();

    @Option(
            names = "--lines",
            paramLabel = "N",
            description = "End behind so many lines, where --length does not end it before.")
    private @Nullable Integer lines;

    private final TerminalText terminalText = new TerminalText();
    private boolean lineOpen;

    SampleCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        SamplingSettings settings = sampling.settings();
        if (lines != null && lines < 0) {
            throw new ParameterException(spec.commandLine(), "expected 0 or more --lines, found " + lines);
        }
        Checkpoint loaded = Checkpoint.load(checkpoint.file());
        Tokenizer tokenizer = new Tokenizer(loaded.vocabulary());
        // All of it before anything is written.
        int[] beginning = IntStream.concat(
                        file(loaded.vocabulary()), IntStream.of(tokenizer.encode(prime, sampling.unknown())))
                .toArray();
        if (sampling.unknown() == Unknown.SKIP && !tokenizer.unknown(prime).isEmpty()) {
            console.note("left out of the beginning: "
                    + Symbols.describe(loaded.vocabulary().unit(), tokenizer.unknown(prime)));
        }
        Stops ends = SamplingOptions.checked(spec, () -> new Stops(stopping(tokenizer)));
        try (Workers workers = kernel.workers(1, console)) {
            TextGenerator generator = new TextGenerator(loaded.model(workers));
            generator.begin(loaded.vocabulary());
            for (int token : beginning) {
                generator.read(token);
                if (!silent) {
                    put(tokenizer.vocabulary(), token);
                }
            }
            write(generator, tokenizer.vocabulary(), settings, ends);
        }
        return Lstm.DONE;
    }

    /** The tokens of the texts to stop at; one that holds a character that the model does not know never comes. */
    private List<int[]> stopping(Tokenizer tokenizer) {
        List<int[]> sequences = new ArrayList<>();
        for (String stop : stops) {
            if (tokenizer.unknown(stop).isEmpty()) {
                sequences.add(tokenizer.encode(stop, Unknown.ERROR));
            } else {
                console.note("never stops at \"" + stop + "\": the model does not know "
                        + Symbols.describe(tokenizer.vocabulary().unit(), tokenizer.unknown(stop)));
            }
        }
        return sequences;
    }

    /** The tokens of the file that the text begins with. */
    private IntStream file(Vocabulary vocabulary) throws IOException {
        if (primeFile == null) {
            return IntStream.empty();
        }
        IntStream.Builder all = IntStream.builder();
        Sources sources = Sources.of(List.of(primeFile), console.in());
        try (TokenReader tokens = new TokenReader(sources, vocabulary, sampling.unknown())) {
            for (int token = tokens.read(); token >= 0; token = tokens.read()) {
                all.add(token);
            }
            if (tokens.skipped() > 0) {
                console.note("left out of " + sources + ": " + tokens.skipped()
                        + " characters that the model has never seen");
            }
        }
        return all.build();
    }

    /** Writes what follows, until an end or until nobody reads any more. */
    private void write(TextGenerator generator, Vocabulary vocabulary, SamplingSettings settings, Stops ends) {
        PrintStream out = console.out();
        Sampler sampler = settings.sampler();
        SplittableRandom random = sampling.seed().isPresent()
                ? new SplittableRandom(sampling.seed().getAsLong())
                : new SplittableRandom();
        boolean stopped = false;
        long left = lines == null ? Long.MAX_VALUE : lines;
        for (long i = 0; i < settings.length() && left > 0 && !stopped && !out.checkError(); i++) {
            int token = generator.next(sampler, random);
            stopped = ends.add(token, written -> put(vocabulary, written));
            left -= vocabulary.codePoint(token) == '\n' ? 1 : 0;
        }
        if (!stopped) {
            ends.end(written -> put(vocabulary, written));
        }
        if (console.outIsTerminal() && lineOpen) {
            out.println();
        }
    }

    private void put(Vocabulary vocabulary, int token) {
        lineOpen = vocabulary.codePoint(token) != '\n';
        if (console.outIsTerminal()) {
            console.out().print(terminalText.show(vocabulary, token));
        } else {
            byte[] bytes = vocabulary.bytes(token);
            console.out().write(bytes, 0, bytes.length);
        }
    }
}
