package lstm.generate;

import java.util.ArrayList;
import java.util.List;
import lstm.text.Records;
import lstm.text.Tokenizer;
import lstm.text.Unknown;
import lstm.text.Vocabulary;

/**
 * What texts keep to, and where they end, in a user's words.
 *
 * @param stops what a text ends before
 * @param lines how many lines it has at most
 * @param characters the inside of a class of characters that it keeps to; empty for all, see {@link Language#of}
 * @param expression a regular expression that it matches; empty for none, see {@link Language#matching}
 */
public record TextRules(List<String> stops, long lines, String characters, String expression) {

    /** Anything goes. */
    public static final TextRules NONE = new TextRules(List.of(), Long.MAX_VALUE, "", "");

    /**
     * Checks what can be checked without a vocabulary.
     *
     * @throws IllegalArgumentException where there are fewer than no lines, or a stop is empty
     */
    public TextRules {
        stops = List.copyOf(stops);
        Cuts.check(lines >= 0, "0 or more lines", lines);
        if (stops.contains("")) {
            throw new IllegalArgumentException("expected a text to stop at, found an empty one");
        }
    }

    /** The same with other stops. */
    public TextRules withStops(List<String> value) {
        return new TextRules(value, lines, characters, expression);
    }

    /** The same with another number of lines. */
    public TextRules withLines(long value) {
        return new TextRules(stops, value, characters, expression);
    }

    /** The same with other characters. */
    public TextRules withCharacters(String value) {
        return new TextRules(stops, lines, value, expression);
    }

    /** The same with another expression. */
    public TextRules withExpression(String value) {
        return new TextRules(stops, lines, characters, value);
    }

    /** The stops that never come, since a model does not know all of their characters. */
    public List<String> unknownStops(Tokenizer tokenizer) {
        return stops.stream().filter(stop -> !tokenizer.unknown(stop).isEmpty()).toList();
    }

    /**
     * All of it for the symbols of a model.
     *
     * @param records of its text: one ends where the next would begin
     * @param others that bear on a text besides
     * @throws IllegalArgumentException in one line, where a text cannot keep to it
     */
    public Drafting drafting(SamplingSettings settings, Tokenizer tokenizer, Records records, List<Rule> others) {
        Vocabulary vocabulary = tokenizer.vocabulary();
        List<Rule> rules = new ArrayList<>(others);
        Language allowed = characters.isEmpty() ? null : Language.of(characters, vocabulary);
        if (!expression.isEmpty()) {
            Language matching = Language.matching(expression, vocabulary);
            rules.add((allowed == null ? matching : matching.and(allowed)).rule(settings.length()));
        } else if (allowed != null) {
            rules.add(allowed.open());
        }
        List<int[]> ends = new ArrayList<>();
        if (records != Records.NONE) {
            ends.add(tokenizer.encode(records.separator(), Unknown.ERROR));
        }
        stops.stream()
                .filter(stop -> tokenizer.unknown(stop).isEmpty())
                .forEach(stop -> ends.add(tokenizer.encode(stop, Unknown.ERROR)));
        return new Drafting(settings, rules, ends, vocabulary.token('\n'), lines);
    }
}
