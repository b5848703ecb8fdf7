package lstm.text;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One pass over texts: into memory, or where they are too long for it, into a file; or none where that file is there. */
final class CorpusReading {

    /** No token takes more bytes. */
    private static final long WIDEST = 4;

    private final Sources sources;
    private final Unit unit;
    private final TokenStore store;
    /** Negative where it is not known, as of a pipe. */
    private final long textBytes;

    private final int[] numbers;
    private int[] symbols = new int[256];
    private int count;

    private CorpusReading(Sources sources, Unit unit, TokenStore store) {
        this.sources = sources;
        this.unit = unit;
        this.store = store;
        textBytes = sources.bytes();
        numbers = new int[unit.limit()];
        Arrays.fill(numbers, -1);
    }

    /**
     * Reads texts.
     *
     * @throws TextException where one cannot be read, is not UTF-8, or all are empty
     */
    static NumberedText read(Sources sources, Unit unit, TokenStore store) {
        CorpusReading reading = new CorpusReading(sources, unit, store);
        TokenFile kept = reading.kept();
        return kept == null ? reading.read() : kept;
    }

    /** Whether the text may have more tokens than the memory is for; of others not even a hash is taken. */
    private boolean mayBeLong() {
        return textBytes < 0 || textBytes > store.memory() / WIDEST;
    }

    /** The file that was made of these very texts before; null where there is none. */
    private @Nullable TokenFile kept() {
        Path file = textBytes < 0 || !mayBeLong() ? null : store.find(sources, unit);
        if (file == null) {
            return null;
        }
        try {
            TokenFile kept = TokenFile.open(file);
            if (!kept.isOf(unit, textBytes) || !kept.isOf(identity())) {
                store.note("the text is not what it was when its tokens were kept in " + file + ": they are made anew");
                return null;
            }
            if (!kept.isWhole()) {
                throw new IOException("its checksum is not that of its content");
            }
            store.note("the tokens of the text were kept in " + file);
            return kept;
        } catch (IOException e) {
            store.note(file + " is damaged (" + e.getMessage() + "): the tokens of the text are made anew");
            return null;
        }
    }

    private byte[] identity() throws IOException {
        TextIdentity now = new TextIdentity(store::progress);
        try (SymbolStream all = new SymbolStream(sources, unit, now)) {
            all.drain();
        }
        return now.value();
    }

    private NumberedText read() {
        TextIdentity identity = mayBeLong() ? new TextIdentity(store::progress) : null;
        try (SymbolStream stream = new SymbolStream(sources, unit, identity)) {
            TokenBuffer read = new TokenBuffer();
            if (readAll(stream, read)) {
                return new NumberedText.InMemory(read, Arrays.copyOf(symbols, count));
            }
            return store.write(sources, unit, channel -> write(channel, read, stream, identity));
        } catch (IOException e) {
            throw Sources.unreadable(sources.toString(), e);
        }
    }

    /** Reads into memory; false where there is more than it is for. */
    private boolean readAll(SymbolStream stream, TokenBuffer read) throws IOException {
        for (int symbol = stream.read(); symbol >= 0; symbol = stream.read()) {
            read.add(number(symbol));
            if (read.bytes() > store.memory()) {
                return false;
            }
        }
        if (read.size() == 0) {
            throw new TextException("nothing to read in " + sources + ": "
                    + (sources.size() == 1 ? "it is" : "they are") + (stream.leftOut() > 0 ? " no text" : " empty"));
        }
        return true;
    }

    /** Writes what was read, and reads on. */
    private TokenFile write(FileChannel channel, TokenBuffer read, SymbolStream stream, @Nullable TextIdentity identity)
            throws IOException {
        TokenFileWriter writer = new TokenFileWriter(channel);
        for (long i = 0; i < read.size(); i++) {
            writer.add(read.get(i));
        }
        read.clear();
        for (int symbol = stream.read(); symbol >= 0; symbol = stream.read()) {
            writer.add(number(symbol));
        }
        byte[] hash = identity == null ? new byte[0] : identity.value();
        return writer.finish(unit, hash, textBytes, Arrays.copyOf(symbols, count));
    }

    private int number(int symbol) {
        if (numbers[symbol] < 0) {
            if (count == symbols.length) {
                symbols = Arrays.copyOf(symbols, 2 * count);
            }
            symbols[count] = symbol;
            numbers[symbol] = count++;
        }
        return numbers[symbol];
    }
}
