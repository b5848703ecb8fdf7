package lstm.text;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

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
        return read(sources, Vocabulary.ofCodePoints(unit, new int[0]));
    }

    /**
     * Reads texts for a model that has a vocabulary: its tokens stay, symbols that it lacks get new ones behind them, in
     * the order of their code points.
     *
     * @throws TextException where a text cannot be read, is not UTF-8, or all are empty
     */
    public static Corpus read(Sources sources, Vocabulary known) {
        Reading reading = new Reading(known);
        reading.read(sources);
        int[] symbols = Arrays.copyOf(reading.symbols, reading.count);
        int[] sorted = symbols.clone();
        Arrays.sort(sorted, known.size(), sorted.length);
        Vocabulary vocabulary = sorted.length == known.size() ? known : Vocabulary.ofCodePoints(known.unit(), sorted);
        if (!Arrays.equals(sorted, symbols)) {
            reading.tokens.remap(IntStream.of(symbols).map(vocabulary::token).toArray());
        }
        return new Corpus(vocabulary, reading.tokens, sources.name());
    }

    /** One pass over the texts, in which new symbols get tokens in the order in which they appear. */
    private static final class Reading {
        private final TokenBuffer tokens = new TokenBuffer();
        private final Unit unit;
        private final int[] ids;
        private int[] symbols;
        private int count;

        Reading(Vocabulary known) {
            unit = known.unit();
            ids = new int[unit.limit()];
            Arrays.fill(ids, -1);
            symbols = new int[Math.max(256, known.size())];
            for (int token = 0; token < known.size(); token++) {
                id(known.codePoint(token));
            }
        }

        void read(Sources sources) {
            int leftOut;
            try (SymbolStream stream = new SymbolStream(sources, unit)) {
                for (int symbol = stream.read(); symbol >= 0; symbol = stream.read()) {
                    tokens.add(id(symbol));
                }
                leftOut = stream.leftOut();
            } catch (IOException e) {
                throw Sources.unreadable(sources.toString(), e);
            }
            if (tokens.size() == 0) {
                throw new TextException("nothing to read in " + sources + ": "
                        + (sources.size() == 1 ? "it is" : "they are") + (leftOut > 0 ? " no text" : " empty"));
            }
        }

        private int id(int symbol) {
            if (ids[symbol] < 0) {
                if (count == symbols.length) {
                    symbols = Arrays.copyOf(symbols, 2 * count);
                }
                symbols[count] = symbol;
                ids[symbol] = count++;
            }
            return ids[symbol];
        }
    }
}
