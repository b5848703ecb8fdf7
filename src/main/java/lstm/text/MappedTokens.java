package lstm.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Tokens in a {@link TokenFile}, mapped into the address space: the system reads what is needed, and lets go of it when memory
 * is short. A file may be deleted or replaced meanwhile, for what is mapped lasts; but it must not be cut short.
 */
final class MappedTokens implements Tokens {

    /** A buffer has at most 2 GB; a power of two holds whole tokens of every width. */
    private static final int PART_BITS = 30;

    private static final long PART = 1L << PART_BITS;

    /** Tokens of one width in a row. */
    private static final class Run {
        private final int shift;
        private final long first;
        private final ByteBuffer[] parts;

        Run(FileChannel channel, long offset, long first, long count, int width) throws IOException {
            this.first = first;
            shift = Integer.numberOfTrailingZeros(width);
            long bytes = count * width;
            parts = new ByteBuffer[(int) ((bytes + PART - 1) >> PART_BITS)];
            for (int p = 0; p < parts.length; p++) {
                long from = p * PART;
                parts[p] = channel.map(FileChannel.MapMode.READ_ONLY, offset + from, Math.min(PART, bytes - from));
            }
        }

        int get(long i) {
            long at = (i - first) << shift;
            ByteBuffer part = parts[(int) (at >>> PART_BITS)];
            int offset = (int) (at & (PART - 1));
            return switch (shift) {
                case 0 -> part.get(offset) & 0xFF;
                case 1 -> part.getChar(offset);
                default -> part.getInt(offset);
            };
        }
    }

    private final Run[] runs;
    private final long size;
    private final int[] numbers;
    private final @Nullable String digest;

    private MappedTokens(Run[] runs, long size, int[] numbers, @Nullable String digest) {
        this.runs = runs;
        this.size = size;
        this.numbers = numbers;
        this.digest = digest;
    }

    /**
     * Maps a file.
     *
     * @param offset of the first token in bytes
     * @param counts tokens of 1, 2 and 4 bytes, which stand one behind the other
     * @param numbers the tokens of what stands in the file
     */
    static MappedTokens map(FileChannel channel, long offset, long[] counts, int[] numbers) throws IOException {
        Run[] runs = new Run[counts.length];
        long first = 0;
        long at = offset;
        for (int r = 0; r < runs.length; r++) {
            runs[r] = new Run(channel, at, first, counts[r], 1 << r);
            first += counts[r];
            at += counts[r] << r;
        }
        return new MappedTokens(runs, first, numbers, null);
    }

    /** The same in other numbers, with the digest that is theirs, where it is known. */
    MappedTokens numbered(int[] others, @Nullable String theirDigest) {
        return new MappedTokens(runs, size, others, theirDigest);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int get(long i) {
        Objects.checkIndex(i, size);
        int r = runs.length - 1;
        while (i < runs[r].first) {
            r--;
        }
        return numbers[runs[r].get(i)];
    }

    @Override
    public String digest() {
        return digest == null ? Tokens.super.digest() : digest;
    }

    /** Of all bytes in the file. */
    int checksum() {
        CRC32C checksum = new CRC32C();
        for (Run run : runs) {
            for (ByteBuffer part : run.parts) {
                checksum.update(part.duplicate().rewind());
            }
        }
        return (int) checksum.getValue();
    }
}
