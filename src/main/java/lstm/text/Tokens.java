package lstm.text;

import java.io.IOException;
import java.util.HexFormat;
import java.util.Objects;

/** An immutable sequence of tokens, which may be longer than an array. */
public interface Tokens {

    /** These tokens, none of them negative, in memory. */
    static Tokens of(int... tokens) {
        TokenBuffer buffer = new TokenBuffer();
        for (int token : tokens) {
            buffer.add(token);
        }
        return buffer;
    }

    /** Where tokens come from, such as a {@link TokenReader}. */
    @FunctionalInterface
    interface Source {
        /** The next token; -1 at the end. */
        int read() throws IOException;
    }

    /** All that a source has still to give, in memory. */
    static Tokens read(Source source) throws IOException {
        TokenBuffer buffer = new TokenBuffer();
        for (int token = source.read(); token >= 0; token = source.read()) {
            buffer.add(token);
        }
        return buffer;
    }

    /** How many there are. */
    long size();

    /**
     * The i-th token.
     *
     * @throws IndexOutOfBoundsException where there is none
     */
    int get(long i);

    /**
     * A view of the tokens from index {@code from} to index {@code to} - 1; nothing is copied.
     *
     * @throws IndexOutOfBoundsException where some of them do not exist
     */
    default Tokens slice(long from, long to) {
        Objects.checkFromToIndex(from, to, size());
        Tokens all = this;
        return new Tokens() {
            @Override
            public long size() {
                return to - from;
            }

            @Override
            public int get(long i) {
                return all.get(from + Objects.checkIndex(i, size()));
            }
        };
    }

    /** SHA-256 of the tokens as 32-bit numbers, in hexadecimal: by it a text is known again. */
    default String digest() {
        NumberDigest digest = new NumberDigest();
        for (long i = 0; i < size(); i++) {
            digest.add(get(i));
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
