package lstm.generate;

import java.util.List;

/**
 * How texts are made: where each begins, what it has to keep to, and where it ends.
 *
 * @param settings how tokens are drawn
 * @param rules what bears on them besides, at the beginning of a text
 * @param stops sequences that a text ends before
 * @param newline the token that ends a line; -1 where there is none
 * @param lines how many lines a text has at most
 */
public record Drafting(SamplingSettings settings, List<Rule> rules, List<int[]> stops, int newline, long lines) {

    /** Copies the lists. */
    public Drafting {
        rules = List.copyOf(rules);
        stops = List.copyOf(stops);
    }

    /** As the settings say, and nothing else. */
    public static Drafting of(SamplingSettings settings) {
        return new Drafting(settings, List.of(), List.of(), -1, Long.MAX_VALUE);
    }

    /**
     * A text that begins.
     *
     * @param vocabulary V
     */
    public Draft draft(int vocabulary) {
        return new Draft(this, vocabulary);
    }
}
