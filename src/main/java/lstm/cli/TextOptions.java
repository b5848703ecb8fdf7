package lstm.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lstm.generate.Drafting;
import lstm.generate.Language;
import lstm.generate.Rule;
import lstm.generate.SamplingSettings;
import lstm.text.Records;
import lstm.text.Symbols;
import lstm.text.Tokenizer;
import lstm.text.Unknown;
import lstm.text.Vocabulary;
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
    private List<String> stops = List.of();

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

    /** Refuses what cannot be, before a model is loaded. */
    void check() {
        if (lines != null && lines < 0) {
            throw new ParameterException(spec.commandLine(), "expected 0 or more --lines, found " + lines);
        }
    }

    /** All of it, for the symbols of a model, beside other rules; a record ends where the next one would begin. */
    Drafting drafting(
            SamplingSettings settings, Tokenizer tokenizer, Records records, List<Rule> others, Console console) {
        Vocabulary vocabulary = tokenizer.vocabulary();
        return SamplingOptions.checked(
                spec,
                () -> new Drafting(
                        settings,
                        Stream.concat(others.stream(), rules(settings.length(), vocabulary).stream())
                                .toList(),
                        stopping(tokenizer, records, console),
                        vocabulary.token('\n'),
                        lines == null ? Long.MAX_VALUE : lines));
    }

    private List<Rule> rules(long length, Vocabulary vocabulary) {
        List<Rule> rules = new ArrayList<>();
        Language allowed = characters == null ? null : Language.of(characters, vocabulary);
        if (allowed != null) {
            rules.add(allowed.open());
        }
        if (expression != null) {
            Language matching = Language.matching(expression, vocabulary);
            rules.add((allowed == null ? matching : matching.and(allowed)).rule(length));
        }
        return rules;
    }

    /** The tokens of the texts to stop at; one that holds a character that the model does not know never comes. */
    private List<int[]> stopping(Tokenizer tokenizer, Records records, Console console) {
        List<int[]> sequences = new ArrayList<>();
        if (records != Records.NONE) {
            sequences.add(tokenizer.encode(records.separator(), Unknown.ERROR));
        }
        for (String stop : stops) {
            if (stop.isEmpty()) {
                throw new IllegalArgumentException("expected a text to stop at, found an empty one");
            }
            if (tokenizer.unknown(stop).isEmpty()) {
                sequences.add(tokenizer.encode(stop, Unknown.ERROR));
            } else {
                console.note("never stops at \"" + stop + "\": the model does not know "
                        + Symbols.describe(tokenizer.vocabulary().unit(), tokenizer.unknown(stop)));
            }
        }
        return sequences;
    }
}
