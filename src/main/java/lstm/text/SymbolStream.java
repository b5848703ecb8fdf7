package lstm.text;

import java.io.Closeable;
import java.io.IOException;

/** The symbols of several texts, of any size, as one stream. */
public final class SymbolStream implements Closeable {

    private final Sources sources;
    private final Unit unit;
    private SymbolReader current;
    private int index;

    /**
     * Opens the first text.
     *
     * @throws TextException where it cannot be read
     */
    public SymbolStream(Sources sources, Unit unit) {
        this.sources = sources;
        this.unit = unit;
        current = sources.open(0, unit);
    }

    /**
     * The next code point or byte; -1 at the end of the last text.
     *
     * @throws TextException where a text cannot be read, or is not UTF-8
     */
    public int read() throws IOException {
        int next = current.read();
        while (next < 0 && index + 1 < sources.size()) {
            current.close();
            current = sources.open(++index, unit);
            next = current.read();
        }
        return next;
    }

    /** Whether more of this text is known to be there, so that it can be read without waiting for whoever writes it. */
    public boolean ready() {
        return current.ready();
    }

    /** The index of the text that the last symbol came from. */
    public int index() {
        return index;
    }

    /** The name of the text that the last symbol came from. */
    public String name() {
        return current.name();
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}
