package lstm.text;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the tokens of a text go that is too long for the memory: files, which it names, makes and cleans away. */
public interface TokenStore {

    /** All tokens stay in memory. */
    TokenStore NONE = new TokenStore() {
        @Override
        public long memory() {
            return Long.MAX_VALUE;
        }

        @Override
        public @Nullable Path find(Sources sources, Unit unit) {
            return null;
        }

        @Override
        public TokenFile write(Sources sources, Unit unit, Content content) {
            throw new UnsupportedOperationException("no text is too long");
        }

        @Override
        public void progress(long bytes) {}

        @Override
        public void note(String line) {}
    };

    /** Writes a file. */
    @FunctionalInterface
    interface Content {
        /**
         * Writes from the beginning of a channel that can be read as well.
         *
         * @throws IOException where the file cannot be written, and the text could be read
         */
        TokenFile writeTo(FileChannel channel) throws IOException;
    }

    /** The most bytes of tokens that stay in memory. */
    long memory();

    /** The file where the tokens of these texts were kept, as far as its name tells; null where there is none. */
    @Nullable
    Path find(Sources sources, Unit unit);

    /**
     * Has a file written, and takes it where it is found again, if the texts can be read again.
     *
     * @throws TextException where there is no room for it, or its folder cannot be written to
     */
    TokenFile write(Sources sources, Unit unit, Content content);

    /**
     * Hears now and then how far the reading of a long text has come.
     *
     * @throws TextException where the store has no room for more
     */
    void progress(long bytes);

    /** Hears a line for the user. */
    void note(String line);
}
