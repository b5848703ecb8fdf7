package lstm.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lstm.metrics.Course;
import lstm.ngram.Baseline;
import lstm.plot.HorizontalAxis;
import lstm.plot.LossPlot;
import lstm.plot.Picture;
import lstm.plot.PlotSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lstm plot}: the courses of trainings as a picture. */
@Command(
        versionProvider = Version.class,
        description = {
            "Draws how the loss of one or several trainings fell: validation bold with its best marked, training thin and"
                    + " smoothed. A run is a metrics file, or a checkpoint, which remembers its course but for the time.",
            "With a text, or what lstm baseline --json has printed of it, the best n-grams are drawn as a line to beat."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lstm plot my.safetensors -o my.png                   one training, over its steps",
            "  lstm plot one.jsonl two.jsonl -o both.svg --x time   two, over the time that they took",
            "  lstm plot my.safetensors -o my.png --corpus my.txt   with the n-gram baseline of its text"
        })
final class PlotCommand extends BaseCommand {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})[xX](\\d{1,6})");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description = "Metrics files that train --metrics wrote, and checkpoints.")
    private List<Path> runs = List.of();

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "FILE",
            description = "The picture; its ending, .png or .svg, says which kind.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    @Option(
            names = "--x",
            paramLabel = "AXIS",
            description = "What to draw over: steps, chars, time or epochs [steps].")
    private HorizontalAxis axis = PlotSettings.DEFAULT.axis();

    @Option(names = "--bits", description = "Losses in bits per character instead of nats.")
    private boolean bits;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Width and height in pixels; larger pictures are the same, only sharper [1000x600].")
    private @Nullable String size;

    @Option(
            names = "--corpus",
            paramLabel = "CORPUS",
            description = "The text of the training, to draw its best n-grams; cut as the first checkpoint's was, or as"
                    + " train does by default. May be given several times.")
    private List<String> corpora = List.of();

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "What lstm baseline --json has printed, to draw its best n-grams instead.")
    private @Nullable Path baseline;

    PlotCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        if (baseline != null && !corpora.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--corpus and --baseline exclude each other");
        }
        Picture picture = SamplingOptions.checked(spec, () -> Picture.ofName(out.toString()));
        PlotSettings settings = settings();
        for (Path run : runs) {
            if (NamedFile.isSame(run, out)) {
                throw new ParameterException(
                        spec.commandLine(), "--out would write over " + run + " itself; name another file");
            }
        }
        PageFile.requireWritable(out);
        List<Course> courses = Course.of(runs);
        Picture.requireFonts();
        byte[] drawn = picture.draw(new LossPlot(courses, baseline(), settings));
        PageFile.replace(out, to -> to.write(drawn));
        console.note("drew " + describe(courses) + " into " + out);
        return Lstm.DONE;
    }

    private PlotSettings settings() {
        int width = PlotSettings.DEFAULT.width();
        int height = PlotSettings.DEFAULT.height();
        if (size != null) {
            Matcher matcher = SIZE.matcher(size);
            if (!matcher.matches()) {
                throw new ParameterException(spec.commandLine(), "expected a --size such as 1000x600, found " + size);
            }
            width = Integer.parseInt(matcher.group(1));
            height = Integer.parseInt(matcher.group(2));
        }
        int w = width;
        int h = height;
        return SamplingOptions.checked(spec, () -> new PlotSettings(axis, bits, w, h));
    }

    private @Nullable Baseline baseline() {
        if (baseline != null) {
            return BaselineJson.read(baseline);
        }
        return corpora.isEmpty() ? null : Baselines.ofRuns(runs, corpora, console);
    }

    private static String describe(List<Course> courses) {
        return courses.size() == 1 ? courses.get(0).name() : String.format(Locale.ROOT, "%d runs", courses.size());
    }
}
