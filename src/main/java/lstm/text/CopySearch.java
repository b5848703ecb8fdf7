package lstm.text;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds what texts share with a corpus: at every token of the texts, the longest run that ends there and stands in the
 * corpus.
 *
 * <p>The texts, one after another with a token between them that no corpus has, make one {@link SuffixAutomaton}, which
 * reads the corpus and falls back to suffix links where it cannot go on: amortized constant time a token, whatever the
 * texts.
 */
final class CopySearch {

    private final Vocabulary vocabulary;
    private final SuffixAutomaton automaton;
    /** The state of all that ends at a token. */
    private final int[] ends;

    // Of every state: the longest of its substrings that was found, and a place where it ended.
    private final int[] lengths;
    private final String[] sources;
    private final long[] lines;

    CopySearch(List<int[]> texts, Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        int size = texts.stream().mapToInt(text -> text.length + 1).reduce(0, Math::addExact);
        automaton = new SuffixAutomaton(size);
        ends = new int[size];
        int count = 0;
        for (int[] text : texts) {
            for (int token : text) {
                ends[count++] = automaton.add(token);
            }
            ends[count++] = automaton.add(vocabulary.size());
        }
        lengths = new int[automaton.states()];
        sources = new String[lengths.length];
        Arrays.fill(sources, "");
        lines = new long[lengths.length];
    }

    /** Reads a corpus. */
    void read(Sources corpus) throws IOException {
        try (SymbolStream stream = new SymbolStream(corpus, vocabulary.unit())) {
            int source = 0;
            long line = 1;
            int state = SuffixAutomaton.ROOT;
            int length = 0;
            for (int symbol = stream.read(); symbol >= 0; symbol = stream.read()) {
                if (source != stream.index()) {
                    source = stream.index();
                    line = 1;
                    state = SuffixAutomaton.ROOT;
                    length = 0;
                }
                line += symbol == '\n' ? 1 : 0;
                int token = vocabulary.token(symbol);
                while (state != SuffixAutomaton.ROOT && automaton.next(state, token) < 0) {
                    state = automaton.link(state);
                    length = automaton.length(state);
                }
                int next = automaton.next(state, token);
                if (next >= 0) {
                    state = next;
                    found(state, ++length, stream.name(), line);
                }
            }
        }
        spread();
    }

    private void found(int state, int length, String source, long line) {
        if (length > lengths[state]) {
            lengths[state] = length;
            sources[state] = source;
            lines[state] = line;
        }
    }

    /**
     * What was found was found with all its suffixes; and what ends where nothing so long was found, ends in a suffix
     * that was.
     */
    private void spread() {
        long[] byLength = IntStream.range(0, lengths.length)
                .mapToLong(state -> (long) automaton.length(state) << 32 | state)
                .sorted()
                .toArray();
        for (int i = byLength.length - 1; i > 0; i--) {
            int state = (int) byLength[i];
            int suffix = automaton.link(state);
            if (lengths[state] > 0) {
                found(suffix, automaton.length(suffix), sources[state], lines[state]);
            }
        }
        for (int i = 1; i < byLength.length; i++) {
            int state = (int) byLength[i];
            int suffix = automaton.link(state);
            if (lengths[state] == 0) {
                found(state, lengths[suffix], sources[suffix], lines[suffix]);
            }
        }
    }

    /**
     * The length of the longest run that ends at a token, 0 where there is none; {@code i} counts a text's end as a
     * token.
     */
    int length(int i) {
        return lengths[ends[i]];
    }

    /** The file that holds it. */
    String source(int i) {
        return sources[ends[i]];
    }

    /** The line of that file in which it ends, one further where a newline ends it. */
    long line(int i) {
        return lines[ends[i]];
    }
}
