package lstm.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lstm.batch.BatchShape;
import lstm.checkpoint.Checkpoint;
import lstm.kernel.Workers;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.text.Corpus;
import lstm.text.Sources;
import lstm.text.Symbols;
import lstm.text.Tokenizer;
import lstm.text.Unit;
import lstm.train.CheckpointSaver;
import lstm.train.Trainer;
import lstm.train.TrainingConfig;
import lstm.train.TrainingData;
import lstm.train.TrainingListener;
import lstm.train.TrainingState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lstm train}: learns a text. */
@Command(
        versionProvider = Version.class,
        name = "train",
        description = {
            "Learns to write like a text.",
            "",
            "The checkpoint is saved at every validation, at least every minute, and at Ctrl-C. It holds the best model on"
                    + " the validation text so far, which sample, repl and eval use, and everything that --resume needs to"
                    + " go on as if the training had never stopped."
        })
final class TrainCommand extends BaseCommand {

    private static final int MOST_THREADS = 1024;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "CORPUS",
            description = "Text files, directories (all files below, in name order), - for standard input.")
    private List<String> corpora = List.of();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description =
                    "The checkpoint [checkpoints/<corpus name>.safetensors]. A file that is there already is kept as"
                            + " FILE.1.bak, FILE.2.bak, ...")
    private @Nullable Path out;

    @Option(names = "--resume", description = "Go on from --out, exactly; options given now stand over its own.")
    private boolean resume;

    @Option(
            names = "--init-from",
            paramLabel = "FILE",
            description = "Start a new training from the weights of this checkpoint.")
    private @Nullable Path initFrom;

    @Option(names = "--bytes", description = "Learn bytes instead of UTF-8 characters: for anything that is not text.")
    private boolean bytes;

    @Option(names = "--metrics", paramLabel = "FILE", description = "Write the course of the training as JSON Lines.")
    private @Nullable Path metrics;

    @Option(names = "--sample-every", paramLabel = "N", description = "Show a sample every N steps.")
    private long sampleEvery;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads; their number changes no bit of the result" + " [${bundle:default.threads}].")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    private final KernelOption kernel = new KernelOption();

    @Mixin
    private final TrainOptions options = new TrainOptions();

    TrainCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        if (resume && initFrom != null) {
            throw wrong("--resume and --init-from exclude each other");
        }
        if (threads < 1 || threads > MOST_THREADS) {
            throw wrong("expected --threads from 1 to " + MOST_THREADS + ", found " + threads);
        }
        if (sampleEvery < 0) {
            throw wrong("expected --sample-every to be 0 (never) or more, found " + sampleEvery);
        }
        Sources sources = Sources.of(corpora, console.in());
        Path target = out != null ? out : defaultTarget(corpora.get(0));
        requireApart(target);
        Checkpoint start = start(target);
        shape(1, start); // what is wrong with it is said before a long text is read
        TrainingConfig asked = options.config(
                resume && start != null
                        ? TrainingState.fromJson(start.training()).config()
                        : TrainingConfig.DEFAULT);
        Corpus corpus = read(sources, start);
        TrainingData data = TrainingData.of(corpus, asked);
        TrainingConfig config = asked.withShape(fitted(asked.shape(), data));
        try (Workers workers = kernel.workers(threads, console)) {
            return train(target, start, data, config, workers);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** No file that is read may be written over, and none be written twice. */
    private void requireApart(Path target) {
        for (String corpus : corpora) {
            if (corpus.equals(Sources.STANDARD_INPUT)) {
                continue;
            }
            Path text = Path.of(corpus);
            if (NamedFile.isSame(target, text) && !Files.isDirectory(text)) {
                throw wrong("--out is the text itself, " + corpus + "; name another file");
            }
            if (metrics != null && NamedFile.isSame(metrics, text) && !Files.isDirectory(text)) {
                throw wrong("--metrics is the text itself, " + corpus + "; name another file");
            }
        }
        if (metrics != null
                && (NamedFile.isSame(metrics, target) || (initFrom != null && NamedFile.isSame(metrics, initFrom)))) {
            throw wrong("--metrics is a checkpoint's file, " + metrics + "; name another file");
        }
    }

    private static Path defaultTarget(String corpus) {
        Path name = corpus.equals(Sources.STANDARD_INPUT)
                ? Path.of("stdin")
                : Path.of(corpus).toAbsolutePath().normalize().getFileName();
        String stem = String.valueOf(name).replaceFirst("(?<=.)\\.[^.]*$", "");
        return Checkpoints.FOLDER.resolve(stem + Checkpoints.SUFFIX);
    }

    private @Nullable Checkpoint start(Path target) {
        if (resume) {
            if (!Files.exists(target)) {
                throw new CommandException(
                        "there is nothing to resume: " + target + " does not exist; leave --resume out to start");
            }
            return Checkpoint.load(target);
        }
        return initFrom == null ? null : Checkpoint.load(initFrom);
    }

    private ModelConfig shape(int vocabulary, @Nullable Checkpoint start) {
        return start == null ? options.modelConfig(vocabulary) : options.modelConfig(vocabulary, start.config());
    }

    private Corpus read(Sources sources, @Nullable Checkpoint start) {
        if (start == null) {
            return Corpus.read(sources, bytes ? Unit.BYTE : Unit.CHARACTER);
        }
        if (bytes && start.vocabulary().unit() != Unit.BYTE) {
            throw wrong("--bytes: the checkpoint's model has learnt characters");
        }
        Corpus corpus = Corpus.read(sources, start.vocabulary());
        List<Integer> fresh = start.vocabulary().lacking(corpus.vocabulary());
        if (!fresh.isEmpty()) {
            console.note(
                    "new to the model: " + Symbols.describe(start.vocabulary().unit(), fresh));
        }
        return corpus;
    }

    private BatchShape fitted(BatchShape asked, TrainingData data) {
        BatchShape fitted = asked.fitted(data.training().size());
        if (!fitted.equals(asked)) {
            console.note(String.format(
                    Locale.ROOT,
                    "the text is short: training on %d streams of %d characters instead of %d x %d",
                    fitted.streams(),
                    fitted.steps(),
                    asked.streams(),
                    asked.steps()));
        }
        return fitted;
    }

    private int train(
            Path target, @Nullable Checkpoint start, TrainingData data, TrainingConfig config, Workers workers) {
        int vocabulary = data.vocabulary().size();
        LanguageModel model = LanguageModel.initialized(shape(vocabulary, start), config.seed(), workers);
        Trainer trainer = new Trainer(model, data, config);
        if (start != null) {
            begin(trainer, model, start);
        }
        announce(target, data, model);
        NamedFile.requireWritable(target);
        try (MetricsWriter writer = metrics == null ? null : new MetricsWriter(metrics, resume)) {
            if (!resume) {
                Backup.keep(target, console);
            }
            return run(trainer, listeners(model, data, target, writer), target);
        }
    }

    private void begin(Trainer trainer, LanguageModel model, Checkpoint start) {
        if (!resume) {
            model.loadExtended(start.weights());
        } else if (!trainer.resume(start)) {
            console.note("this is not the text, or not the windows, that the training stopped in: it goes on with its"
                    + " weights and moments from the start of this text");
        }
    }

    private void announce(Path target, TrainingData data, LanguageModel model) {
        ModelConfig config = model.config();
        console.note(String.format(
                Locale.ROOT,
                "%,d characters to learn from, %,d held out, %d different; %s %d x %d, %,d parameters; %s",
                data.training().size(),
                data.validation().size(),
                config.vocabulary(),
                config.cell().label(),
                config.layers(),
                config.hidden(),
                model.size(),
                target));
    }

    private List<TrainingListener> listeners(
            LanguageModel model, TrainingData data, Path target, @Nullable MetricsWriter writer) {
        List<TrainingListener> listeners = new ArrayList<>();
        listeners.add(new CheckpointSaver(target));
        listeners.add(new ProgressLine(console));
        if (sampleEvery > 0) {
            listeners.add(new SampleNowAndThen(console, sampleEvery, model, new Tokenizer(data.vocabulary())));
        }
        if (writer != null) {
            listeners.add(writer);
        }
        return listeners;
    }

    private int run(Trainer trainer, List<TrainingListener> listeners, Path target) {
        try (Interruption interruption = new Interruption(console)) {
            return run(trainer, listeners, target, interruption);
        }
    }

    private int run(Trainer trainer, List<TrainingListener> listeners, Path target, Interruption interruption) {
        try {
            boolean complete = trainer.run(new ListenerChain(listeners), interruption::requested);
            console.note(
                    complete
                            ? "saved " + target
                            : "stopped; saved " + target + "; the same command with --resume goes on");
            return complete ? Lstm.DONE : Lstm.INTERRUPTED;
        } catch (RuntimeException | OutOfMemoryError e) {
            if (!interruption.requested()) {
                throw e;
            }
            // The process ends as soon as the interruption is over, so this is the last moment to speak.
            interruption.failed();
            return new Failures(console).handleFailure(e, debug);
        }
    }
}
