package lstm.text;

import java.io.Closeable;
import java.io.IOException;

/** The symbols of several texts as one stream. */
final class SymbolStream implements Closeable {

    private final Sources sources;
    private final Unit unit;
    private SymbolReader current;
    private int index;

    SymbolStream(Sources sources, Unit unit) {
        this.sources = sources;
        this.unit = unit;
        current = sources.open(0, unit);
    }

    /** The next code point or byte; -1 at the end of the last text. */
    int read() throws IOException {
        int next = current.read();
        while (next < 0 && index + 1 < sources.size()) {
            current.close();
            current = sources.open(++index, unit);
            next = current.read();
        }
        return next;
    }

    /** The index of the text that the last symbol came from. */
    int index() {
        return index;
    }

    /** The name of the text that the last symbol came from. */
    String name() {
        return current.name();
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}
