package lstm.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lstm.batch.BatchShape;
import lstm.checkpoint.Checkpoint;
import lstm.kernel.Workers;
import lstm.metrics.MetricsWriter;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.tensorboard.EventWriter;
import lstm.text.Corpus;
import lstm.text.Records;
import lstm.text.Sources;
import lstm.text.Symbols;
import lstm.text.Tokenizer;
import lstm.text.Unit;
import lstm.text.Vocabulary;
import lstm.train.CheckpointSaver;
import lstm.train.Cluster.Shared;
import lstm.train.CurvePoint;
import lstm.train.Trainer;
import lstm.train.TrainingConfig;
import lstm.train.TrainingCurve;
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
        description = {
            "Learns to write like a text.",
            "",
            "The checkpoint is saved at every validation, at least every minute, and at Ctrl-C. It holds the best model on"
                    + " the validation text so far, which sample, repl and eval use, and everything that --resume needs to"
                    + " go on as if the training had never stopped.",
            "",
            "Where the loss explodes, the training goes back to the last good model and on with a lower learning rate, up to"
                    + " three times."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lstm train my.txt                  learns, into checkpoints/my.safetensors",
            "  lstm train my.txt --time 10m       the model that ten minutes are best spent on",
            "  lstm train my.txt --resume         goes on with a training that was interrupted",
            "  lstm train songs/ --attention 200  learns texts that repeat themselves"
        })
final class TrainCommand extends BaseCommand {

    private static final int MOST_THREADS = 1024;
    /** Such as hdfs://host/file, of whose slashes a path has lost one; a single letter is a drive. */
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:[/\\\\]");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "CORPUS",
            description =
                    "Text files, directories (all files below but checkpoints, in name order), - for standard input.")
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

    @Option(
            names = "--records",
            paramLabel = "KIND",
            converter = RecordsConverter.class,
            description =
                    "The text is a list of independent records: of lines (line), or of paragraphs that blank lines part"
                            + " (blank-line). They are learnt in another order in every epoch, and random ones are held out [none].")
    private @Nullable Records records;

    @Mixin
    private final MetricsOption metrics = new MetricsOption();

    @Option(names = "--sample-every", paramLabel = "N", description = "Show a sample every N steps.")
    private long sampleEvery;

    @Option(
            names = "--progress",
            paramLabel = "KIND",
            description =
                    "How the training is shown: live (in place, with the curve of the loss), plain (line by line), none"
                            + " (what came of it, at its end) or auto: live in a terminal, plain elsewhere [auto].")
    private ProgressKind progress = ProgressKind.AUTO;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads; their number changes no bit of the result, unless --time chooses"
                    + " the model [one for each processor, with --workers one for each of them].")
    private @Nullable Integer threads;

    @Mixin
    private final KernelOption kernel = new KernelOption();

    @Mixin
    private final TensorBoardOption tensorBoard = new TensorBoardOption();

    @Mixin
    private final TrainOptions options = new TrainOptions();

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    TrainCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        if (resume && initFrom != null) {
            throw wrong("--resume and --init-from exclude each other");
        }
        if (threads != null && (threads < 1 || threads > MOST_THREADS)) {
            throw wrong("expected --threads from 1 to " + MOST_THREADS + ", found " + threads);
        }
        if (sampleEvery < 0) {
            throw wrong("expected --sample-every to be 0 (never) or more, found " + sampleEvery);
        }
        // Of files that a cluster is to read nothing is known here.
        TrainingPlace here = cluster.isGiven()
                ? null
                : new TrainingPlace.Here(Sources.of(corpora, console.in(), console::note), chat());
        Path target = out != null ? out : TrainingFiles.defaultTarget(corpora.get(0));
        if (ADDRESS.matcher(target.toString()).lookingAt()) {
            throw wrong(
                    "checkpoints are saved on this machine, and " + target + " is an address; name a file with --out");
        }
        TrainingFiles files = new TrainingFiles(corpora, target, initFrom, metrics.file());
        SamplingOptions.checked(spec, files::apart);
        SamplingOptions.checked(spec, () -> tensorBoard.checked(corpora));
        requireResumable(target);
        NamedFile.requireWritable(target);
        // Before it is read: what another training is about to save could not be gone on from.
        try (TrainingLock lock = new TrainingLock(target)) {
            Checkpoint start = start(target);
            // What is wrong with it is said before machines are asked for and a long text is read.
            Records kind = kind(start);
            options.checkModel(start == null ? null : start.config());
            TrainingConfig asked = options.config(
                    resume && start != null
                            ? TrainingFiles.naming(target, () -> TrainingState.fromJson(start.training()))
                                    .config()
                            : TrainingConfig.DEFAULT);
            Shared before = !resume || start == null
                    ? null
                    : TrainingFiles.naming(target, () -> Shared.of(start.trainingTensors()));
            if (resume) {
                cluster.checkResumed(before, target);
            }
            cluster.check(asked, kind, corpora);
            try (TrainingPlace place = here != null ? here : there(before)) {
                return learn(place, target, lock, start, kind, asked);
            }
        }
    }

    private TrainingPlace there(@Nullable Shared before) {
        return new TrainingPlace.There(
                cluster.connect(threads == null ? 1 : threads, kernel.request(), before, chat()), corpora);
    }

    private int learn(
            TrainingPlace place,
            Path target,
            TrainingLock lock,
            @Nullable Checkpoint start,
            Records kind,
            TrainingConfig asked) {
        Corpus corpus = read(place, kind, start);
        boolean choosesShare = !resume && options.leavesValidationOpen();
        TrainingConfig cut =
                choosesShare ? asked.holdingOutEnough(corpus.tokens().size()) : asked;
        TrainingData data = TrainingData.of(corpus, kind, cut);
        Choices choices = new Choices(options, chat(), data.training().size());
        TrainingConfig config = place.fitted(fitted(resume ? cut : choices.training(cut), data));
        int team = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        try (Workers workers = kernel.workers(team, console)) {
            int vocabulary = data.vocabulary().size();
            ModelConfig shape = start == null
                    ? choices.model(vocabulary, config, workers)
                    : options.modelConfig(vocabulary, start.config());
            return train(
                    place, target, lock, start, data, resume ? config : choices.rates(config, shape), shape, workers);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** How the text is parted: as the user says, or else as the one before was. */
    private Records kind(@Nullable Checkpoint start) {
        Records there = start == null ? Records.NONE : start.records();
        if (resume && records != null && records != there) {
            throw wrong("--records is " + records + ", but the checkpoint's training has " + there
                    + "; leave --records out, or train anew");
        }
        return records == null ? there : records;
    }

    private void requireResumable(Path target) {
        if (resume && !Files.exists(target)) {
            throw new CommandException(
                    "there is nothing to resume: " + target + " does not exist; leave --resume out to start");
        }
    }

    private @Nullable Checkpoint start(Path target) {
        if (resume) {
            return Checkpoint.load(target);
        }
        return initFrom == null ? null : Checkpoint.load(initFrom);
    }

    private Corpus read(TrainingPlace place, Records kind, @Nullable Checkpoint start) {
        if (start == null) {
            return place.read(Vocabulary.none(bytes ? Unit.BYTE : Unit.CHARACTER), kind);
        }
        if (bytes && start.vocabulary().unit() != Unit.BYTE) {
            throw wrong("--bytes: the checkpoint's model has learnt characters");
        }
        Corpus corpus = place.read(start.vocabulary(), kind);
        List<Integer> fresh = start.vocabulary().lacking(corpus.vocabulary());
        if (!fresh.isEmpty()) {
            chat().note("new to the model: "
                    + Symbols.describe(start.vocabulary().unit(), fresh));
        }
        return corpus;
    }

    /** A training in windows that are no longer than the text. */
    private TrainingConfig fitted(TrainingConfig config, TrainingData data) {
        BatchShape shape = config.shape();
        BatchShape fitted = shape.fitted(data.training().size());
        if (!fitted.equals(shape)) {
            notes().shortText(shape, fitted);
        }
        return config.withShape(fitted);
    }

    private int train(
            TrainingPlace place,
            Path target,
            TrainingLock lock,
            @Nullable Checkpoint start,
            TrainingData data,
            TrainingConfig config,
            ModelConfig shape,
            Workers workers) {
        notes().symbols(shape);
        LanguageModel model = LanguageModel.initialized(shape, config.seed(), workers);
        Trainer trainer = SamplingOptions.checked(spec, () -> place.trainer(model, data, config));
        boolean goesOn = start != null && TrainingFiles.naming(target, () -> begin(trainer, model, start));
        notes().beginning(data, shape, config.shape(), target);
        Interruption interruption = new Interruption();
        SampleWriter samples =
                new SampleWriter(model, new Tokenizer(data.vocabulary()), data.records(), interruption::requested);
        try (MetricsWriter writer = metrics.open(goesOn, console);
                EventWriter events = tensorBoard.open(target, goesOn, samples::at, console)) {
            if (!goesOn) {
                Backup.keep(target, console);
            }
            ProgressKind kind =
                    progress == ProgressKind.AUTO && metrics.shareTerminal(console) ? ProgressKind.PLAIN : progress;
            List<CurvePoint> earlier = goesOn && start != null ? TrainingCurve.of(start) : List.of();
            ProgressView view = ProgressView.of(kind, console, earlier, samples::at);
            CheckpointSaver saver = new CheckpointSaver(target, view.console()::note);
            return new TrainingRun(view, trainer, target, interruption, lock, debug)
                    .run(listener(view, samples, saver, writer, events));
        }
    }

    /** For what need not be known by who wants no progress shown. */
    private Console chat() {
        return progress == ProgressKind.NONE ? console.silent() : console;
    }

    private TrainingNotes notes() {
        return new TrainingNotes(chat());
    }

    /** Starts from a checkpoint; returns whether its training goes on exactly. */
    private boolean begin(Trainer trainer, LanguageModel model, Checkpoint start) {
        if (!resume) {
            model.loadExtended(start.weights());
            return false;
        }
        boolean exact = trainer.resume(start);
        if (!exact) {
            console.note("this is not the text, or not the windows, that the training stopped in: a new training begins"
                    + " with its weights and moments");
        }
        return exact;
    }

    private TrainingListener listener(
            ProgressView view, SampleWriter samples, CheckpointSaver saver, @Nullable TrainingListener... writers) {
        List<TrainingListener> listeners = new ArrayList<>();
        // The writers first: who is killed between a line of the metrics and a save repeats the line, and does not lack
        // one.
        Stream.of(writers)
                .filter(Objects::nonNull)
                .forEach(writer -> listeners.add(new PatientListener(writer, view.console())));
        listeners.add(saver);
        listeners.add(new RollBackNote(view.console()));
        listeners.add(view.listener());
        listeners.add(new AlreadyComplete(view.console()));
        if (sampleEvery > 0) {
            listeners.add(new SampleNowAndThen(view.console(), sampleEvery, samples));
        }
        return new ListenerChain(listeners, saver);
    }
}
