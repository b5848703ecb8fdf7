package lstm.text;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The symbols of several texts, of any size, as one stream. */
public final class SymbolStream implements Closeable {

    private final Sources sources;
    private final Unit unit;
    private final @Nullable TextIdentity identity;
    private final List<String> leftOut = new ArrayList<>();
    private SymbolReader current;
    private int index;
    private boolean ended;

    /**
     * Opens the first text.
     *
     * @throws TextException where it cannot be read
     */
    public SymbolStream(Sources sources, Unit unit) {
        this(sources, unit, null);
    }

    /** With what hears all bytes. */
    SymbolStream(Sources sources, Unit unit, @Nullable TextIdentity identity) {
        this.sources = sources;
        this.unit = unit;
        this.identity = identity;
        current = open();
    }

    /**
     * The next code point or byte; -1 at the end of the last text.
     *
     * @throws TextException where a text cannot be read, or is not UTF-8
     */
    public int read() throws IOException {
        int next = current.read();
        while (next < 0 && advances()) {
            next = current.read();
        }
        return next;
    }

    /** Goes on to the next text; false behind the last. */
    private boolean advances() throws IOException {
        if (identity != null && !ended) {
            identity.endText();
        }
        if (index + 1 < sources.size()) {
            current.close();
            index++;
            current = open();
            return true;
        }
        if (!ended) {
            ended = true;
            sources.tellLeftOut(leftOut);
        }
        return false;
    }

    /** Opens a text, or an empty one in the place of what is none. */
    private SymbolReader open() {
        SymbolReader reader = sources.open(index, unit, identity);
        if (unit == Unit.BYTE || !sources.isFound(index) || !reader.isBinary()) {
            return reader;
        }
        leftOut.add(reader.name());
        reader.leaveOut();
        return reader;
    }

    /** Reads to the end of the last text, and looks at nothing. */
    void drain() throws IOException {
        do {
            current.drain();
        } while (advances());
    }

    /** How many files were left out so far, because they are no text. */
    int leftOut() {
        return leftOut.size();
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
