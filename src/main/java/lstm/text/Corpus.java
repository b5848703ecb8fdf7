package lstm.text;

import java.util.Arrays;

/**
 * A text to learn from.
 *
 * @param vocabulary of its symbols, and others where a known vocabulary was given
 * @param tokens the text
 * @param name what the user knows it by: the names of files or directories without what is above them
 */
public record Corpus(Vocabulary vocabulary, Tokens tokens, String name) {

    /**
     * Reads texts and learns their vocabulary, sorted by code point so that it does not depend on the order of the text.
     *
     * @throws TextException where a text cannot be read, is not UTF-8, or all are empty
     */
    public static Corpus read(Sources sources, Unit unit) {
        return read(sources, unit, TokenStore.NONE);
    }

    /** Likewise, with a store for a text that is too long for the memory. */
    public static Corpus read(Sources sources, Unit unit, TokenStore store) {
        return read(sources, Vocabulary.ofCodePoints(unit, new int[0]), store);
    }

    /**
     * Reads texts for a model that has a vocabulary: its tokens stay, symbols that it lacks get new ones behind them, in
     * the order of their code points.
     *
     * @throws TextException where a text cannot be read, is not UTF-8, or all are empty
     */
    public static Corpus read(Sources sources, Vocabulary known) {
        return read(sources, known, TokenStore.NONE);
    }

    /** Likewise, with a store for a text that is too long for the memory. */
    public static Corpus read(Sources sources, Vocabulary known, TokenStore store) {
        NumberedText text = CorpusReading.read(sources, known.unit(), store);
        Vocabulary vocabulary = extended(known, text.symbols());
        return new Corpus(vocabulary, text.tokens(vocabulary), sources.name());
    }

    /** A vocabulary, and behind it the symbols that it lacks, sorted. */
    private static Vocabulary extended(Vocabulary known, int[] symbols) {
        int[] fresh = Arrays.stream(symbols)
                .filter(symbol -> known.token(symbol) < 0)
                .sorted()
                .toArray();
        if (fresh.length == 0) {
            return known;
        }
        int[] all = new int[known.size() + fresh.length];
        Arrays.setAll(all, i -> i < known.size() ? known.codePoint(i) : fresh[i - known.size()]);
        return Vocabulary.ofCodePoints(known.unit(), all);
    }
}
