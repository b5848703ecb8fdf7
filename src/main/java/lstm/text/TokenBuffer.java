package lstm.text;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Tokens in memory: one byte each where there are at most 256 different ones, two up to 65,536, four beyond. */
final class TokenBuffer implements Tokens {

    private static final int CHUNK_BITS = 16;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private final List<ByteBuffer> chunks = new ArrayList<>();
    private int width = 1;
    private long size;

    void add(int token) {
        if (token < 0) {
            throw new IllegalArgumentException("token " + token + " is negative");
        }
        while (width < 4 && token >>> (8 * width) != 0) {
            widen();
        }
        int at = (int) (size & CHUNK - 1);
        if (at == 0) {
            chunks.add(ByteBuffer.allocate(CHUNK * width));
        }
        put(chunks.get(chunks.size() - 1), at, width, token);
        size++;
    }

    private void widen() {
        int wider = 2 * width;
        for (int c = 0; c < chunks.size(); c++) {
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK * wider);
            for (int i = 0; i < CHUNK; i++) {
                put(chunk, i, wider, get(chunks.get(c), i, width));
            }
            chunks.set(c, chunk);
        }
        width = wider;
    }

    /** Puts map[t] in the place of every token t. */
    void remap(int[] map) {
        int largest = Arrays.stream(map).max().orElse(0);
        while (width < 4 && largest >>> (8 * width) != 0) {
            widen();
        }
        for (long i = 0; i < size; i++) {
            ByteBuffer chunk = chunks.get((int) (i >>> CHUNK_BITS));
            int at = (int) (i & CHUNK - 1);
            put(chunk, at, width, map[get(chunk, at, width)]);
        }
    }

    /** The memory that the tokens take. */
    long bytes() {
        return (long) chunks.size() * CHUNK * width;
    }

    /** Gives up all tokens, and their memory. */
    void clear() {
        chunks.clear();
        size = 0;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int get(long i) {
        Objects.checkIndex(i, size);
        return get(chunks.get((int) (i >>> CHUNK_BITS)), (int) (i & CHUNK - 1), width);
    }

    private static int get(ByteBuffer chunk, int at, int width) {
        return switch (width) {
            case 1 -> Byte.toUnsignedInt(chunk.get(at));
            case 2 -> chunk.getChar(2 * at);
            default -> chunk.getInt(4 * at);
        };
    }

    private static void put(ByteBuffer chunk, int at, int width, int token) {
        switch (width) {
            case 1 -> chunk.put(at, (byte) token);
            case 2 -> chunk.putChar(2 * at, (char) token);
            default -> chunk.putInt(4 * at, token);
        }
    }
}
