package lstm.cli;

import java.util.OptionalLong;
import java.util.function.Supplier;
import lstm.generate.Cuts;
import lstm.generate.SamplingSettings;
import lstm.text.Unknown;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How text is drawn. */
final class SamplingOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"--temp", "--temperature"},
            paramLabel = "X",
            description =
                    "Divides the log-probabilities: lower is safer, higher is wilder; 0 always takes the likeliest"
                            + " character [${bundle:default.temp}].")
    private double temperature = SamplingSettings.DEFAULT.temperature();

    @Option(
            names = {"-n", "--length"},
            paramLabel = "N",
            description = "Characters to make [${bundle:default.length}].")
    private long length = SamplingSettings.DEFAULT.length();

    @Option(
            names = "--top-k",
            paramLabel = "N",
            description = "Draw from the N likeliest characters only; 0 is all [${bundle:default.top-k}].")
    private int topK = Cuts.NONE.topK();

    @Option(
            names = "--typical",
            paramLabel = "X",
            description =
                    "Of these, from those that are about as surprising as the text is on the whole, and together have"
                            + " the probability X [${bundle:default.typical}: all].")
    private double typical = Cuts.NONE.typical();

    @Option(
            names = "--top-p",
            paramLabel = "X",
            description = "Of these, from the likeliest that together have the probability X"
                    + " [${bundle:default.top-p}: all].")
    private double topP = Cuts.NONE.topP();

    @Option(
            names = "--min-p",
            paramLabel = "X",
            description = "Of these, from those with at least X times the probability of the likeliest"
                    + " [${bundle:default.min-p}: all].")
    private double minP = Cuts.NONE.minP();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Same seed and checkpoint, same text [a new one each time].")
    private @Nullable Long seed;

    @Option(
            names = "--unknown",
            paramLabel = "POLICY",
            description = "A character that the model has never seen: skip or error [error].")
    private Unknown unknown = Unknown.ERROR;

    SamplingSettings settings() {
        return checked(spec, () -> new SamplingSettings(temperature, new Cuts(topK, typical, topP, minP), length));
    }

    OptionalLong seed() {
        return seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
    }

    Unknown unknown() {
        return unknown;
    }

    /** A record made from options; what it refuses is wrong usage. */
    static <T> T checked(CommandSpec spec, Supplier<T> record) {
        try {
            return record.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
