package lstm.cli;

import java.util.OptionalLong;
import java.util.function.Supplier;
import lstm.generate.Cuts;
import lstm.generate.Repetition;
import lstm.generate.SamplingSettings;
import lstm.generate.Temperature;
import lstm.text.Unknown;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** How text is drawn. */
final class SamplingOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"--temp", "--temperature"},
            paramLabel = "X[:Y]",
            converter = TemperatureConverter.class,
            description =
                    "Divides the log-probabilities: lower is safer, higher is wilder; 0 always takes the likeliest"
                            + " character [${bundle:default.temp}]. X:Y goes from X to Y over the text.")
    private @Nullable Temperature temperature;

    @Option(
            names = {"-n", "--length"},
            paramLabel = "N",
            description = "Characters to make [${bundle:default.length}]. A record of a list ends by itself, or behind"
                    + " ${bundle:default.list-length}.")
    private @Nullable Long length;

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
            names = "--repetition-penalty",
            paramLabel = "X",
            description =
                    "Before all that, raise to the power X the probability of a character that would go on repeating the text"
                            + " [${bundle:default.repetition-penalty}: none].")
    private double penalty = Repetition.NONE.penalty();

    @Option(
            names = "--repetition-window",
            paramLabel = "N",
            description = "Repeating what stands in the last N characters [${bundle:default.repetition-window}].")
    private int penaltyWindow = Repetition.NONE.window();

    @Option(
            names = "--repetition-length",
            paramLabel = "N",
            description =
                    "From N characters in a row on, that one included; 1 is every character that stands there at all"
                            + " [${bundle:default.repetition-length}].")
    private int penaltyLength = Repetition.NONE.length();

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

    /** Picocli names the option that is wrong. */
    static final class TemperatureConverter implements ITypeConverter<Temperature> {
        @Override
        public Temperature convert(String text) {
            try {
                return Temperature.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    SamplingSettings settings() {
        return settings(SamplingSettings.DEFAULT.temperature());
    }

    /** With this temperature where the user gives none. */
    SamplingSettings settings(Temperature otherwise) {
        return checked(
                spec,
                () -> new SamplingSettings(
                        new Repetition(penalty, penaltyWindow, penaltyLength),
                        temperature == null ? otherwise : temperature,
                        new Cuts(topK, typical, topP, minP),
                        length == null ? SamplingSettings.DEFAULT.length() : length));
    }

    /** Whether the user left open how long a text is. */
    boolean leavesLengthOpen() {
        return length == null;
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
