package lstm.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import lstm.checkpoint.Checkpoint;
import lstm.inspect.Feature;
import lstm.inspect.InspectedText;
import lstm.kernel.Workers;
import lstm.model.Activation;
import lstm.model.ModelConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lstm neurons}: what the units of a model do while it reads a text. */
@Command(
        versionProvider = Version.class,
        description = {
            "Shows what the units of a model do while it reads a text, from an empty memory: which follow quotations, the"
                    + " place in the line and the like, and how often their gates are shut or open; one unit painted over the"
                    + " text; or the units that follow a feature or a regular expression.",
            "A unit is LAYER:UNIT, both counted from 1. Its value at a character is the one behind it. What it follows is"
                    + " measured by Pearson's correlation r over all characters, from -1 to 1."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lstm neurons my.safetensors my.txt                 an overview",
            "  lstm neurons my.safetensors my.txt --find quotes   units that know what is a quotation",
            "  lstm neurons my.safetensors my.txt --find '/[0-9]+/'",
            "  lstm neurons my.safetensors my.txt --unit 2:17     that unit, painted over the text",
            "  lstm neurons my.safetensors my.txt --html my.html  all units, to click through"
        })
final class NeuronsCommand extends BaseCommand {

    private static final int MOST_LAG = 10_000;
    private static final int TOP = 10;

    @Mixin
    private final KernelOption kernel = new KernelOption();

    @Mixin
    private final ModelAndText given = new ModelAndText();

    @Option(
            names = "--unit",
            paramLabel = "UNIT",
            description =
                    "Show what this unit does all over the text, such as 2:17: in colours from red at -1 to blue at 1,"
                            + " of a gate from 0 to 1; or in bars below the lines.")
    private @Nullable UnitName unit;

    @Option(
            names = "--find",
            paramLabel = "WHAT",
            completionCandidates = FeatureName.class,
            description =
                    "Rank the units of all layers by how closely they follow this: quotes, brackets, line-position,"
                            + " indent, word-position, word-start, capitals, vowels, digits, punctuation, blanks or newlines, or the"
                            + " matches of a regular expression (in RE2's notation) between slashes: /REGEX/. May be given several"
                            + " times.")
    private List<Feature> features = List.of();

    @Option(
            names = "--saturation",
            description = "Plot for every gate how much of the time each unit's is left-saturated, below 0.1, and"
                    + " right-saturated, above 0.9; nearly always is nine tenths of the time.")
    private boolean saturation;

    @Option(
            names = {"--kind", "--show"},
            paramLabel = "KIND",
            description = "What is shown or compared: cell (its tanh), hidden, input, forget, candidate or output of an"
                    + " lstm; hidden, reset, update or candidate of a gru; hidden of an rnn [cell, or hidden where there is"
                    + " none].")
    private @Nullable Activation kind;

    @Option(
            names = "--lag",
            paramLabel = "N",
            description = "Compare a unit with what was N characters before, to see what it remembers; less than 0 with"
                    + " what comes N later, to see what it foresees [0].")
    private int lag;

    @Option(names = "--top", paramLabel = "N", description = "Units that --find shows [10].")
    private @Nullable Integer top;

    @Option(
            names = "--color",
            negatable = true,
            description = "Paint with --unit [in a terminal, unless NO_COLOR is set]. For less -R.")
    private @Nullable Boolean color;

    @Mixin
    private final NeuronPageOption page = new NeuronPageOption();

    @Option(
            names = "--json",
            description =
                    "Write JSON: with --unit an object a line of the text (values: of each character and the newline), with"
                            + " --find one a feature (units: layer, unit, r, at_0 and slope of the line that fits best), with"
                            + " --saturation one a layer and gate (left, right: shares by unit); else one object with features and"
                            + " gates.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    NeuronsCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        requireSense();
        given.requireOne();
        page.requireWritable(given.files());
        Checkpoint loaded = Checkpoint.load(given.checkpoint());
        Activation shown = shown(loaded.config());
        requireThere(loaded.config());
        InspectedText text = given.read(loaded.vocabulary(), console);
        try (Workers workers = kernel.workers(console)) {
            NeuronsReading reading = new NeuronsReading(console, loaded.model(workers), text, json);
            if (page.isGiven()) {
                page.write(given.checkpoint(), reading, features);
            } else if (unit != null) {
                reading.show(unit, shown, isPainted());
            } else if (saturation) {
                reading.plotSaturation();
            } else if (!features.isEmpty()) {
                reading.rank(features, shown, lag, top == null ? TOP : top);
            } else {
                reading.survey(shown, lag);
            }
        }
        return Lstm.DONE;
    }

    private void requireSense() {
        List<String> modes = new ArrayList<>();
        addIf(unit != null, "--unit", modes);
        addIf(!features.isEmpty(), "--find", modes);
        addIf(saturation, "--saturation", modes);
        require(modes.size() < 2, String.join(" and ", modes) + " exclude each other; take one");
        require(lag == 0 || (unit == null && !saturation), "--lag is for comparing; leave it out, or take --find");
        require(Math.abs((long) lag) <= MOST_LAG, "expected --lag from -10000 to 10000, found " + lag);
        require(top == null || !features.isEmpty(), "--top is for --find; name both");
        require(top == null || top >= 1, "expected 1 or more units for --top, found " + top);
        require(color == null || unit != null, "--color is for --unit; name both");
        require(!json || !Boolean.TRUE.equals(color), "--json and --color exclude each other; take one");
        require(kind == null || !saturation, "--saturation is of all gates; leave --kind out");
        boolean isPlain = unit == null && !saturation && !json && kind == null && lag == 0 && top == null;
        require(!page.isGiven() || isPlain, "--html shows all of every unit; leave all but --find out");
    }

    private static void addIf(boolean given, String option, List<String> to) {
        if (given) {
            to.add(option);
        }
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private Activation shown(ModelConfig model) {
        List<Activation> there = Activation.of(model.cell());
        Activation shown = kind == null ? there.get(0) : kind;
        require(
                there.contains(shown),
                "units of " + model.cell() + " layers have no " + shown + "; expected --kind with one of "
                        + there.stream().map(Activation::label).collect(Collectors.joining(", ")));
        return shown;
    }

    private void requireThere(ModelConfig model) {
        require(
                unit == null || unit.isIn(model),
                "expected --unit from 1:1 to " + new UnitName(model.layers() - 1, model.hidden() - 1) + ", found "
                        + unit);
        require(
                !saturation || Activation.of(model.cell()).stream().anyMatch(Activation::isGate),
                "units of " + model.cell() + " layers have no gates; --saturation is for other cells");
    }

    private boolean isPainted() {
        return ScoreText.style(console.outIsTerminal(), color, System.getenv("NO_COLOR")) == ScoreText.Style.PAINTED;
    }
}
