package lstm.text;

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
        return read(sources, Vocabulary.none(unit), store);
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
        Vocabulary vocabulary = known.extendedBy(text.symbols());
        return new Corpus(vocabulary, text.tokens(vocabulary), sources.name());
    }
}
