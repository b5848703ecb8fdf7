package lstm.cluster;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import lstm.text.SymbolReader;
import lstm.text.TextException;
import lstm.text.Tokens;
import lstm.text.Unit;
import lstm.text.Vocabulary;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a text that lies in Hadoop's file systems. They are read where one is first asked for, and then stay there: those of the whole on
 * no machine, a worker's share at the worker, and what is held out where it is validated.
 */
final class ClusterTokens implements Tokens, Serializable {

    private final List<TextPart> parts;
    /** Of the parts before each, and behind the last of all. */
    private final long[] tokensBefore;

    private final Unit unit;
    private final List<String> symbols;
    private final SerializableConfiguration configuration;
    private final String digest;
    private final long from;
    private final long to;

    private transient @Nullable Tokens read;

    /**
     * The tokens of parts.
     *
     * @param tokensBefore each part, and behind all
     * @param digest of the whole
     */
    ClusterTokens(
            List<TextPart> parts,
            long[] tokensBefore,
            Vocabulary vocabulary,
            SerializableConfiguration configuration,
            String digest) {
        this(
                parts,
                tokensBefore,
                vocabulary.unit(),
                List.copyOf(vocabulary.symbols()),
                configuration,
                digest,
                0,
                tokensBefore[parts.size()]);
    }

    private ClusterTokens(
            List<TextPart> parts,
            long[] tokensBefore,
            Unit unit,
            List<String> symbols,
            SerializableConfiguration configuration,
            String digest,
            long from,
            long to) {
        this.parts = parts;
        this.tokensBefore = tokensBefore;
        this.unit = unit;
        this.symbols = symbols;
        this.configuration = configuration;
        this.digest = digest;
        this.from = from;
        this.to = to;
    }

    @Override
    public long size() {
        return to - from;
    }

    @Override
    public int get(long i) {
        return read().get(i);
    }

    @Override
    public ClusterTokens slice(long first, long end) {
        Objects.checkFromToIndex(first, end, size());
        return new ClusterTokens(parts, tokensBefore, unit, symbols, configuration, digest, from + first, from + end);
    }

    /** Of the whole, also where this is a part. */
    @Override
    public String digest() {
        return digest;
    }

    /**
     * All of them, in the memory of this machine.
     *
     * @throws TextException where the text cannot be read any more, or is not what it was
     */
    synchronized Tokens read() {
        Tokens tokens = read;
        if (tokens == null) {
            try (Reader reader = new Reader(Vocabulary.of(unit, symbols))) {
                tokens = Tokens.read(reader);
            } catch (IOException e) {
                throw new TextException("cannot read the text: " + OneLine.of(e), e);
            }
            read = tokens;
        }
        return tokens;
    }

    /** From the part that the first token is in to the one that the last is in. */
    private final class Reader implements Tokens.Source, AutoCloseable {

        private final Vocabulary vocabulary;
        private int part;
        private long next = from;
        private @Nullable SymbolReader reader;

        Reader(Vocabulary vocabulary) {
            this.vocabulary = vocabulary;
            while (part < parts.size() && tokensBefore[part + 1] <= from) {
                part++;
            }
        }

        @Override
        public int read() throws IOException {
            if (next == to) {
                return -1;
            }
            if (next == tokensBefore[part + 1]) {
                close();
                part++;
            }
            SymbolReader open = reader == null ? open() : reader;
            next++;
            return token(open.read());
        }

        private SymbolReader open() {
            SymbolReader opened = parts.get(part).open(configuration.value(), unit);
            reader = opened;
            for (long skipped = tokensBefore[part]; skipped < next; skipped++) {
                token(opened.read());
            }
            return opened;
        }

        private int token(int symbol) {
            int token = symbol < 0 ? -1 : vocabulary.token(symbol);
            if (token < 0) {
                throw new TextException(parts.get(part).file() + " was changed while it was learnt from");
            }
            return token;
        }

        @Override
        public void close() throws IOException {
            if (reader != null) {
                reader.close();
                reader = null;
            }
        }
    }
}
