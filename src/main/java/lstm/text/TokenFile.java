package lstm.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The tokens of a text in a file, which depend on nothing but the text and its unit: symbols are numbered as they appear.
 *
 * <pre>
 * magic      8 bytes, with the version
 * tokens     those before the 257th symbol 1 byte each, those before the 65,537th 2, the rest 4; big-endian
 * footer     unit, identity and length of the text; how many tokens of 1, 2, 4 bytes; symbols; digest; CRC-32C of the tokens
 * tail       length of the footer, CRC-32C of the footer, 4 bytes each
 * </pre>
 */
public final class TokenFile implements NumberedText {

    static final byte[] MAGIC = "LSTMTOK1".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL = 2 * Integer.BYTES;
    private static final int IDENTITY = 32;
    /** With all of Unicode. */
    private static final int LARGEST_FOOTER = 1 << 23;

    /**
     * What stands behind the tokens.
     *
     * @param identity of the text's bytes
     * @param textBytes their number
     * @param counts tokens of 1, 2 and 4 bytes
     * @param symbols in the order in which they appear
     * @param digest of the tokens as a vocabulary sorted by code point numbers them
     * @param checksum of the tokens as they stand here
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Footer(
            Unit unit, byte[] identity, long textBytes, long[] counts, int[] symbols, String digest, int checksum) {

        /** The length of the tokens. */
        long tokenBytes() {
            return counts[0] + 2 * counts[1] + 4 * counts[2];
        }

        byte[] toBytes() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.writeUTF(unit.label());
                out.write(identity);
                out.writeLong(textBytes);
                for (long count : counts) {
                    out.writeLong(count);
                }
                out.writeInt(symbols.length);
                for (int symbol : symbols) {
                    out.writeInt(symbol);
                }
                out.writeUTF(digest);
                out.writeInt(checksum);
            } catch (IOException e) {
                throw new AssertionError("memory has no failures", e);
            }
            return bytes.toByteArray();
        }

        /** From bytes whose checksum is right. */
        static Footer of(byte[] bytes) throws IOException {
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
                Unit unit = Unit.fromLabel(in.readUTF());
                byte[] identity = in.readNBytes(IDENTITY);
                long textBytes = in.readLong();
                long[] counts = {in.readLong(), in.readLong(), in.readLong()};
                int[] symbols = new int[Math.max(0, Math.min(in.readInt(), in.available() / Integer.BYTES))];
                for (int i = 0; i < symbols.length; i++) {
                    symbols[i] = in.readInt();
                }
                return new Footer(unit, identity, textBytes, counts, symbols, in.readUTF(), in.readInt());
            }
        }
    }

    private final Footer footer;
    private final MappedTokens tokens;

    TokenFile(Footer footer, MappedTokens tokens) {
        this.footer = footer;
        this.tokens = tokens;
    }

    /**
     * Opens a file and reads all but its tokens.
     *
     * @throws IOException where it cannot be read or is damaged
     */
    static TokenFile open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (!Arrays.equals(read(channel, 0, MAGIC.length), MAGIC)) {
                throw new IOException("it begins otherwise");
            }
            long end = channel.size() - TAIL;
            ByteBuffer tail = ByteBuffer.wrap(read(channel, end, TAIL));
            int length = tail.getInt();
            if (length < 0 || length > Math.min(LARGEST_FOOTER, end - MAGIC.length)) {
                throw new IOException("its end is damaged");
            }
            byte[] bytes = read(channel, end - length, length);
            if (checksum(bytes) != tail.getInt()) {
                throw new IOException("its end is damaged");
            }
            Footer footer = Footer.of(bytes);
            if (Arrays.stream(footer.counts).min().orElse(0) < 0
                    || MAGIC.length + footer.tokenBytes() != end - length) {
                throw new IOException("it has another length");
            }
            return new TokenFile(
                    footer, MappedTokens.map(channel, MAGIC.length, footer.counts, numbers(footer.symbols)));
        } catch (IllegalArgumentException e) {
            throw new IOException("its end is of another version", e);
        }
    }

    private static byte[] read(FileChannel channel, long from, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (from >= 0 && bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException("it is too short");
            }
        }
        return bytes.array();
    }

    /** The place of every symbol in their order. */
    private static int[] numbers(int[] symbols) {
        int[] sorted = symbols.clone();
        Arrays.sort(sorted);
        return Arrays.stream(symbols)
                .map(symbol -> Arrays.binarySearch(sorted, symbol))
                .toArray();
    }

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    /** Writes what stands behind tokens that were written, and maps them. */
    static TokenFile finish(
            FileChannel channel, Unit unit, byte[] identity, long textBytes, long[] counts, int[] symbols, int checksum)
            throws IOException {
        MappedTokens tokens = MappedTokens.map(channel, MAGIC.length, counts, numbers(symbols));
        Footer footer = new Footer(unit, identity, textBytes, counts, symbols, tokens.digest(), checksum);
        byte[] bytes = footer.toBytes();
        ByteBuffer end = ByteBuffer.allocate(bytes.length + TAIL)
                .put(bytes)
                .putInt(bytes.length)
                .putInt(checksum(bytes))
                .flip();
        while (end.hasRemaining()) {
            channel.write(end);
        }
        return new TokenFile(footer, tokens);
    }

    /** Whether it was made of a text of so many bytes. */
    boolean isOf(Unit unit, long textBytes) {
        return footer.unit == unit && footer.textBytes == textBytes;
    }

    /** Whether it was made of these very bytes. */
    boolean isOf(byte[] identity) {
        return Arrays.equals(footer.identity, identity);
    }

    /** Reads all tokens: whether they are those that were written. */
    boolean isWhole() {
        return tokens.checksum() == footer.checksum;
    }

    @Override
    public int[] symbols() {
        return footer.symbols.clone();
    }

    @Override
    public Tokens tokens(Vocabulary vocabulary) {
        int[] theirs = Arrays.stream(footer.symbols).map(vocabulary::token).toArray();
        boolean isSorted = Arrays.equals(theirs, numbers(footer.symbols));
        return tokens.numbered(theirs, isSorted ? footer.digest : null);
    }
}
