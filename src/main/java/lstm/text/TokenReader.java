package lstm.text;

import java.io.Closeable;
import java.io.IOException;

/** Streams the tokens of texts of any size for a model that has a vocabulary. */
public final class TokenReader implements Closeable {

    private final SymbolStream stream;
    private final Vocabulary vocabulary;
    private final Unknown policy;
    private long skipped;

    // The place in the text that is being read: symbols and newlines before the next one.
    private int text;
    private long symbols;
    private long newlines;

    /**
     * Opens the first text.
     *
     * @throws TextException where it cannot be read
     */
    public TokenReader(Sources sources, Vocabulary vocabulary, Unknown policy) {
        this.vocabulary = vocabulary;
        this.policy = policy;
        stream = new SymbolStream(sources, vocabulary.unit());
    }

    /**
     * The next token; -1 at the end.
     *
     * @throws TextException where the text is not UTF-8, or with {@link Unknown#ERROR} holds an unknown symbol
     */
    public int read() throws IOException {
        while (true) {
            int symbol = stream.read();
            if (symbol < 0) {
                return -1;
            }
            if (text != stream.index()) {
                text = stream.index();
                symbols = 0;
                newlines = 0;
            }
            int token = vocabulary.token(symbol);
            if (token < 0 && policy == Unknown.ERROR) {
                throw unknown(symbol);
            }
            symbols++;
            newlines += symbol == '\n' ? 1 : 0;
            if (token >= 0) {
                return token;
            }
            skipped++;
        }
    }

    private TextException unknown(int symbol) {
        Unit unit = vocabulary.unit();
        String place = unit == Unit.BYTE ? "offset " + symbols : "line " + (newlines + 1);
        return new TextException(stream.name() + ", " + place + ": the model has never seen "
                + Symbols.describe(unit, symbol) + "; --unknown skip leaves such " + unit.label() + " out");
    }

    /** How many unknown symbols were left out so far. */
    public long skipped() {
        return skipped;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
