package lstm.cli;

import java.util.List;
import java.util.Locale;
import lstm.ngram.Baseline;
import lstm.text.Records;
import lstm.text.Sources;
import lstm.text.Unit;
import lstm.train.TrainingData;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lstm baseline}: how well n-grams foresee a text. */
@Command(
        versionProvider = Version.class,
        description = {
            "Tells how well n-grams foresee a text: the loss that a network has to beat. They are counted in the part of it"
                    + " that train would learn from, and measured on the part that train would hold out, in the same"
                    + " predictions that its validation loss is the mean of.",
            "N-grams are smoothed as Witten and Bell (1991) have it, each order interpolated with the one below, the first"
                    + " with the uniform distribution. A line has the order, nats and bits per character, and how many"
                    + " different contexts were counted."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lstm baseline my.txt                       orders 1 to 6",
            "  lstm baseline my.txt --order 5 --val 0.2   one order, measured on the last fifth",
            "  lstm baseline my.txt --json > my.json      for lstm plot --baseline my.json"
        })
final class BaselineCommand extends BaseCommand {

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
            names = {"--orders", "--order"},
            paramLabel = "N-N",
            converter = OrdersConverter.class,
            description = "How long the n-grams are: one length, or from one to another [1-6].")
    private OrdersConverter.Orders orders = OrdersConverter.Orders.DEFAULT;

    @Option(
            names = "--val",
            paramLabel = "FRACTION",
            description = "The last part of the text, or random --records, that is held out"
                    + " [${bundle:default.val}, or ${bundle:default.enough-val} characters where that is less].")
    private @Nullable Double share;

    @Option(names = "--bytes", description = "Count bytes instead of UTF-8 characters.")
    private boolean bytes;

    @Option(
            names = "--records",
            paramLabel = "KIND",
            converter = RecordsConverter.class,
            description = "The text is a list of records, as for train: line or blank-line [none].")
    private Records records = Records.NONE;

    @Option(
            names = "--json",
            description = "One JSON object: training_characters, held_out_characters, different, best_order, orders.")
    private boolean json;

    BaselineCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        if (share != null && !(share > 0 && share < 1)) {
            throw new ParameterException(spec.commandLine(), "expected --val above 0 and below 1, found " + share);
        }
        Sources sources = Sources.of(corpora, console.in(), console::note);
        TrainingData data = Baselines.data(sources, bytes ? Unit.BYTE : Unit.CHARACTER, records, share);
        Baseline baseline = Baselines.measure(data, orders);
        if (json) {
            console.out().println(BaselineJson.of(baseline));
        } else {
            print(baseline);
        }
        return Lstm.DONE;
    }

    private void print(Baseline baseline) {
        console.note(String.format(
                Locale.ROOT,
                "%s counted, %,d held out, %d different",
                (bytes ? Unit.BYTE : Unit.CHARACTER).count(baseline.trainingCharacters()),
                baseline.heldOutCharacters(),
                baseline.symbols()));
        console.out().println("order  nats per character  bits per character    contexts");
        for (Baseline.OfOrder order : baseline.orders()) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%5d  %18.4f  %18.4f  %,10d%n",
                            order.order(),
                            order.nats(),
                            order.bits(),
                            order.contexts());
        }
    }
}
