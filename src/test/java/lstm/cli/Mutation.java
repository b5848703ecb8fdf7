package lstm.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * A checkpoint with something changed in it.
 *
 * @param content of the file
 * @param how in a few words
 * @param sealed whether the checksums are those of the original, so that every change must be noticed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Mutation(byte[] content, String how, boolean sealed) {

    private static final byte[] WORDS = "\"{}[],:0123456789 \\u-.eE\n\0".getBytes(StandardCharsets.UTF_8);

    /** The mutation of a seed: of bytes that know no format, or of what the header and the tensors say. */
    static Mutation of(byte[] original, long seed) {
        Random random = new Random(seed);
        if (random.nextInt(4) > 0) {
            return new HeaderMutation(original, random).mutated();
        }
        byte[] content = original;
        StringBuilder how = new StringBuilder("bytes:");
        int rounds = 1 + (random.nextInt(4) == 0 ? random.nextInt(8) : 0);
        for (int i = 0; i < rounds; i++) {
            int kind = random.nextInt(9);
            content = bytes(content, kind, random);
            how.append(' ').append(kind);
        }
        return new Mutation(content, how.toString(), true);
    }

    private static byte[] bytes(byte[] original, int kind, Random random) {
        byte[] content = original.clone();
        if (content.length < 16) {
            return content;
        }
        int headerEnd = (int) Math.max(9, Math.min(content.length, Long.BYTES + length(content)));
        int at = random.nextBoolean() ? random.nextInt(content.length) : random.nextInt(headerEnd);
        switch (kind) {
            case 0 -> content[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> content[at] = (byte) random.nextInt();
            case 2 -> content[at] = WORDS[random.nextInt(WORDS.length)];
            case 3 -> content = Arrays.copyOf(content, random.nextInt(content.length));
            case 4 -> content = Arrays.copyOf(content, content.length + 1 + random.nextInt(4096));
            case 5 -> content = spliced(content, at, random.nextInt(64), random.nextInt(64), random);
            case 6 -> setLength(content, length(content) + random.nextInt(65) - 32);
            case 7 -> setLength(content, random.nextLong() >> random.nextInt(64));
            default -> System.arraycopy(content, 0, content, at, Math.min(random.nextInt(999), content.length - at));
        }
        return content;
    }

    private static long length(byte[] content) {
        return Math.min(
                Integer.MAX_VALUE,
                Math.max(
                        0,
                        ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getLong()));
    }

    private static void setLength(byte[] content, long length) {
        ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    }

    /** Some bytes taken out, others put in. */
    private static byte[] spliced(byte[] content, int at, int removed, int inserted, Random random) {
        int from = Math.min(at + removed, content.length);
        byte[] bytes = new byte[inserted];
        random.nextBytes(bytes);
        return ByteBuffer.allocate(at + inserted + content.length - from)
                .put(content, 0, at)
                .put(bytes)
                .put(content, from, content.length - from)
                .array();
    }
}
