package lstm.text;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Code points or bytes of one text, block by block; UTF-8 is taken strictly.
 *
 * <p>It decodes by itself: with a {@link java.nio.charset.CharsetDecoder}, which yields UTF-16 and has to be fed what is
 * left of each block, the code was longer and read English at half the speed.
 */
public final class SymbolReader implements Closeable {

    static final int BLOCK = 1 << 16;
    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final int MARK_BYTES = 3;

    private final InputStream in;
    private final String name;
    private final Unit unit;
    private final byte[] block;
    private final @Nullable TextIdentity identity;
    private int position;
    private int limit;
    private final long end;
    private long offsetOfBlock;
    private boolean begun;
    private boolean isLeftOut;

    SymbolReader(InputStream in, String name, Unit unit, int blockSize) {
        this(in, name, unit, blockSize, null);
    }

    /** With what hears all bytes. */
    SymbolReader(InputStream in, String name, Unit unit, int blockSize, @Nullable TextIdentity identity) {
        this(in, name, unit, blockSize, identity, 0, Long.MAX_VALUE);
    }

    /**
     * The characters of a part of a text, which readers of all its parts read as one reads the whole.
     *
     * @param in the text from byte {@code from} on, with which no character begins that began before
     * @param to the byte behind the part; of a character that begins before, all is read
     */
    public SymbolReader(InputStream in, String name, Unit unit, long from, long to) {
        this(in, name, unit, BLOCK, null, from, to);
    }

    private SymbolReader(
            InputStream in,
            String name,
            Unit unit,
            int blockSize,
            @Nullable TextIdentity identity,
            long from,
            long to) {
        offsetOfBlock = from;
        end = to;
        this.in = in;
        this.name = name;
        this.unit = unit;
        this.block = new byte[blockSize];
        this.identity = identity;
    }

    /** What the text is called in messages. */
    String name() {
        return name;
    }

    /** Goes to the end at once. */
    void leaveOut() {
        isLeftOut = true;
        if (identity != null) {
            identity.leaveOut();
        }
    }

    /** Reads to the end. */
    void drain() {
        boolean more = !isLeftOut;
        while (more) {
            more = fill();
        }
    }

    /** Whether what is here is no text, as far as its beginning tells; to be asked before anything is read. */
    public boolean isBinary() {
        boolean any = position < limit || fill();
        return any && Encoding.isBinary(block, limit);
    }

    /**
     * The next code point or byte; -1 at the end.
     *
     * @throws TextException where the text cannot be read or is not UTF-8
     */
    public int read() {
        if (isLeftOut || offset() >= end) {
            return -1;
        }
        int first = next();
        if (!begun) {
            begin();
        }
        if (first < 0x80 || unit == Unit.BYTE) {
            return first;
        }
        int codePoint = codePoint(first);
        return codePoint == BYTE_ORDER_MARK && offset() == MARK_BYTES ? read() : codePoint;
    }

    /** Looks at the first block for what could be read as UTF-8 and is not. */
    private void begin() {
        begun = true;
        String verdict = unit == Unit.BYTE || offsetOfBlock > 0 ? null : Encoding.verdict(block, limit, true);
        if (verdict != null) {
            throw encoded(verdict);
        }
    }

    /** The code point whose first byte, which is not ASCII, was just read (The Unicode Standard, table 3-7). */
    private int codePoint(int first) {
        long start = offset() - 1;
        int more = first < 0xC2 || first > 0xF4 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
        if (more == 0) {
            throw malformed(first, start);
        }
        // The range of the second byte keeps out overlong forms, surrogates and what is above U+10FFFF.
        int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        int codePoint = first & 0x3F >> more;
        for (int i = 0; i < more; i++) {
            int value = next();
            if (value < lowest || value > highest) {
                throw malformed(first, start);
            }
            codePoint = codePoint << 6 | (value & 0x3F);
            lowest = 0x80;
            highest = 0xBF;
        }
        return codePoint;
    }

    /** Whether something is known to be there that can be read without waiting for whoever writes it. */
    boolean ready() {
        try {
            return position < limit || in.available() > 0;
        } catch (IOException e) {
            return false; // a pipe with a name cannot tell
        }
    }

    private TextException malformed(int first, long start) {
        String verdict = offsetOfBlock == 0 ? Encoding.verdict(block, limit, false) : null;
        return verdict != null
                ? encoded(verdict)
                : new TextException(name + " is not UTF-8: byte " + Symbols.describe(Unit.BYTE, first) + " at offset "
                        + start + " begins no valid character; convert the file, or train with --bytes");
    }

    private TextException encoded(String verdict) {
        String encoding = verdict.substring(verdict.lastIndexOf(' ') + 1);
        return new TextException(name + " " + verdict + ", expected UTF-8; convert it, such as with iconv -f "
                + encoding + " -t UTF-8, or train with --bytes");
    }

    /** Bytes read so far. */
    private long offset() {
        return offsetOfBlock + position;
    }

    /** The next byte; -1 at the end. */
    private int next() {
        return position < limit || fill() ? block[position++] & 0xFF : -1;
    }

    /** Reads the next block; false at the end. */
    private boolean fill() {
        try {
            int count = in.read(block);
            if (count > 0) {
                offsetOfBlock += limit;
                limit = count;
                position = 0;
                if (identity != null) {
                    identity.add(block, count);
                }
            }
            return count > 0;
        } catch (IOException e) {
            throw Sources.unreadable(name, e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
