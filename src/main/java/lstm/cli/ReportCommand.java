package lstm.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import lstm.checkpoint.Checkpoint;
import lstm.kernel.Workers;
import lstm.metrics.Course;
import lstm.metrics.CourseNames;
import lstm.metrics.MetricsException;
import lstm.page.ReportPage;
import lstm.page.ReportRun;
import lstm.page.ReportSettings;
import lstm.page.ReportText;
import lstm.text.Sources;
import lstm.text.Unit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lstm report}: a page that tells of one training, or compares several. */
@Command(
        versionProvider = Version.class,
        description = {
            "Writes one page that opens without a network: what the model is, how its training went, samples, the surprise"
                    + " of a passage painted on it, the vocabulary, how far back gradients reach, and what its units do.",
            "Of several models or trainings it makes one page that compares them."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lstm report my.safetensors --corpus my.txt         also frequencies, and an n-gram baseline",
            "  lstm report a.safetensors b.safetensors -o ab.html  two models side by side",
            "  lstm report --metrics a.jsonl --metrics b.jsonl    curves alone"
        })
final class ReportCommand extends BaseCommand {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "CHECKPOINT",
            description = "The models [the newest in checkpoints/, else the one that comes with lstm].")
    private List<String> checkpoints = List.of();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "The page, - for standard output [report.html].")
    private Path out = Path.of("report.html");

    @Option(
            names = "--corpus",
            paramLabel = "FILE",
            description =
                    "The text that was learnt: its symbols are counted, and the part that was held out is read; may"
                            + " be given several times.")
    private List<String> corpus = List.of();

    @Option(
            names = "--text",
            paramLabel = "FILE",
            description =
                    "The text to be read and painted, - for standard input [held out of --corpus, else a sample].")
    private @Nullable String text;

    @Option(
            names = "--metrics",
            paramLabel = "FILE",
            description =
                    "What train --metrics wrote, the first for the first model and so on; those without a model are"
                            + " trainings of their own; may be given several times [what the checkpoint remembers].")
    private List<Path> metrics = List.of();

    @Option(
            names = {"--temp", "--temperature"},
            paramLabel = "X",
            split = ",",
            description = "Temperatures of the samples, such as 0.5,1 [${bundle:report.temperatures}].")
    private List<Double> temperatures = ReportSettings.DEFAULT.temperatures();

    @Option(
            names = {"-n", "--length"},
            paramLabel = "N",
            description = "Characters of a sample [${bundle:report.length}].")
    private int length = ReportSettings.DEFAULT.length();

    @Option(names = "--seed", paramLabel = "N", description = "Of the samples [${bundle:report.seed}].")
    private long seed = ReportSettings.DEFAULT.seed();

    @Mixin
    private final KernelOption kernel = new KernelOption();

    ReportCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        ReportSettings settings = SamplingOptions.checked(spec, () -> new ReportSettings(temperatures, length, seed));
        if (corpus.contains(Sources.STANDARD_INPUT) && Sources.STANDARD_INPUT.equals(text)) {
            throw wrong("standard input can be read once: name a file for --corpus or --text");
        }
        List<Path> models = checkpoints.isEmpty() && metrics.isEmpty()
                ? List.of(Checkpoints.find(null))
                : NamedFile.paths(spec, checkpoints);
        if (PageFile.isFile(out)) {
            requireOther(models);
        }
        PageFile.requireWritable(out);
        List<ReportRun> runs = runs(models);
        ReportText read = text(runs);
        try (Workers workers = kernel.workers(console)) {
            ReportPage page = ReportPage.of(runs, read, settings, workers);
            page.notes().forEach(console::note);
            PageFile.write(out, console, page::write);
        }
        return Lstm.DONE;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void requireOther(List<Path> models) {
        Stream<Path> texts =
                Stream.concat(corpus.stream(), Stream.ofNullable(text)).map(Path::of);
        Stream.of(models.stream(), metrics.stream(), texts)
                .flatMap(files -> files)
                .filter(file -> NamedFile.isSame(out, file))
                .findFirst()
                .ifPresent(file -> {
                    throw wrong("--out would write over " + file + " itself; name another file");
                });
    }

    /** Each model with its course, and the courses that have no model. */
    private List<ReportRun> runs(List<Path> models) {
        int count = Math.max(models.size(), metrics.size());
        List<Path> named = new ArrayList<>(models);
        named.addAll(metrics.subList(Math.min(models.size(), metrics.size()), metrics.size()));
        List<String> names = CourseNames.of(named);
        List<ReportRun> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Checkpoint checkpoint = i < models.size() ? Checkpoint.load(models.get(i)) : null;
            Course course = checkpoint != null && i >= metrics.size()
                    ? remembered(names.get(i), models.get(i), checkpoint)
                    : written(metrics.get(i), names.get(i), checkpoint);
            runs.add(new ReportRun(names.get(i), checkpoint, course));
        }
        return runs;
    }

    /** What a metrics file tells; null where that is no loss, and there is a model to tell of. */
    private @Nullable Course written(Path file, String name, @Nullable Checkpoint checkpoint) {
        Course course = Course.of(file);
        try {
            return course.requireLoss();
        } catch (MetricsException e) {
            if (checkpoint == null) {
                throw e;
            }
            return without(name, e);
        }
    }

    private @Nullable Course remembered(String name, Path file, Checkpoint checkpoint) {
        try {
            return Course.of(name, file, checkpoint);
        } catch (MetricsException e) {
            return without(name, e);
        }
    }

    private @Nullable Course without(String name, MetricsException e) {
        console.note("no curves of " + name + ": " + e.getMessage());
        return null;
    }

    private @Nullable ReportText text(List<ReportRun> runs) throws IOException {
        Checkpoint first = runs.stream()
                .map(ReportRun::checkpoint)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (first == null && (text != null || !corpus.isEmpty())) {
            throw wrong("--corpus and --text are read by a model: name a CHECKPOINT too");
        }
        ReportText heldOut = first == null || corpus.isEmpty()
                ? null
                : ReportText.heldOut(Sources.of(corpus, console.in(), console::note), first);
        if (text == null) {
            return heldOut;
        }
        Unit unit = first == null ? Unit.CHARACTER : first.vocabulary().unit();
        ReportText chosen = ReportText.chosen(Sources.of(List.of(text), console.in()), unit);
        return heldOut == null ? chosen : chosen.countedAs(heldOut);
    }
}
