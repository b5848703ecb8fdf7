package lstm.cli;

import java.util.List;
import lstm.generate.Drafting;
import lstm.generate.Rule;
import lstm.generate.SamplingSettings;
import lstm.generate.TextRules;
import lstm.repl.Session;
import lstm.text.Records;
import lstm.text.Symbols;
import lstm.text.Tokenizer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a text has to keep to, and where it ends. */
final class TextOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--stop",
            paramLabel = "TEXT",
            description = "End before the model would write this; may be given several times.")
    private List<String> stops = TextRules.NONE.stops();

    @Option(
            names = "--lines",
            paramLabel = "N",
            description = "End behind so many lines, where --length does not end it before.")
    private @Nullable Integer lines;

    @Option(
            names = "--chars",
            paramLabel = "CLASS",
            description =
                    "Write nothing but these characters: what stands in the brackets of a regular expression, such"
                            + " as a-z or ^0-9.")
    private @Nullable String characters;

    @Option(
            names = "--match",
            paramLabel = "REGEX",
            description =
                    "Make what follows the beginning match as a whole, at no more than --length; it ends where it matches"
                            + " and the model would go on otherwise.")
    private @Nullable String expression;

    /** All of it, as far as it can be checked without a model. */
    TextRules rules() {
        if (lines != null && lines < 0) {
            throw new ParameterException(spec.commandLine(), "expected 0 or more --lines, found " + lines);
        }
        requireText("--match", expression);
        requireText("--chars", characters);
        return SamplingOptions.checked(
                spec,
                () -> new TextRules(
                        stops,
                        lines == null ? TextRules.NONE.lines() : lines,
                        or(characters, TextRules.NONE.characters()),
                        or(expression, TextRules.NONE.expression())));
    }

    private void requireText(String option, @Nullable String text) {
        if (text != null && text.isEmpty()) {
            throw new ParameterException(spec.commandLine(), option + " is empty; leave it out to allow anything");
        }
    }

    private static String or(@Nullable String given, String otherwise) {
        return given == null ? otherwise : given;
    }

    /** Has the completions of a session keep to it. */
    void applyTo(Session session) {
        TextRules rules = rules();
        SamplingOptions.checked(spec, () -> {
            session.rules(rules);
            return rules;
        });
    }

    /** The rules for the symbols of a model; a line tells of stops that never come. */
    Drafting drafting(
            SamplingSettings settings, Tokenizer tokenizer, Records records, List<Rule> others, Console console) {
        TextRules rules = rules();
        for (String stop : rules.unknownStops(tokenizer)) {
            console.note("never stops at \"" + stop + "\": the model does not know "
                    + Symbols.describe(tokenizer.vocabulary().unit(), tokenizer.unknown(stop)));
        }
        return SamplingOptions.checked(spec, () -> rules.drafting(settings, tokenizer, records, others));
    }
}
