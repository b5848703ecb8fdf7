package lstm.cli;

import java.io.PrintStream;
import java.util.SplittableRandom;
import lstm.checkpoint.Checkpoint;
import lstm.generate.Sampler;
import lstm.generate.SamplingSettings;
import lstm.generate.TextGenerator;
import lstm.kernel.Workers;
import lstm.text.Symbols;
import lstm.text.TerminalText;
import lstm.text.Tokenizer;
import lstm.text.Unknown;
import lstm.text.Vocabulary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lstm sample}: text from a model, streamed as it is made. */
@Command(
        versionProvider = Version.class,
        name = "sample",
        description = "Writes text from a model to standard output, as it is made.")
final class SampleCommand extends BaseCommand {

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

    private final TerminalText terminalText = new TerminalText();

    SampleCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        SamplingSettings settings = sampling.settings();
        Checkpoint loaded = Checkpoint.load(checkpoint.file());
        Tokenizer tokenizer = new Tokenizer(loaded.vocabulary());
        int[] beginning = tokenizer.encode(prime, sampling.unknown());
        if (sampling.unknown() == Unknown.SKIP && !tokenizer.unknown(prime).isEmpty()) {
            console.note("left out of the beginning: "
                    + Symbols.describe(loaded.vocabulary().unit(), tokenizer.unknown(prime)));
        }
        try (Workers workers = kernel.workers(1, console)) {
            TextGenerator generator = new TextGenerator(loaded.model(workers));
            generator.begin(loaded.vocabulary());
            write(generator, tokenizer, beginning, settings);
        }
        return Lstm.DONE;
    }

    /** Writes the beginning and what follows, until the end or until nobody reads any more. */
    private void write(TextGenerator generator, Tokenizer tokenizer, int[] beginning, SamplingSettings settings) {
        PrintStream out = console.out();
        Sampler sampler = settings.sampler();
        SplittableRandom random = sampling.seed().isPresent()
                ? new SplittableRandom(sampling.seed().getAsLong())
                : new SplittableRandom();
        int last = -1;
        for (int token : beginning) {
            generator.read(token);
            put(tokenizer.vocabulary(), token);
            last = token;
        }
        for (long i = 0; i < settings.length() && !out.checkError(); i++) {
            last = generator.next(sampler, random);
            put(tokenizer.vocabulary(), last);
        }
        boolean lineOpen = last >= 0 && tokenizer.vocabulary().codePoint(last) != '\n';
        if (console.outIsTerminal() && lineOpen) {
            out.println();
        }
    }

    private void put(Vocabulary vocabulary, int token) {
        if (console.outIsTerminal()) {
            console.out().print(terminalText.show(vocabulary, token));
        } else {
            byte[] bytes = vocabulary.bytes(token);
            console.out().write(bytes, 0, bytes.length);
        }
    }
}
