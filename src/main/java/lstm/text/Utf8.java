package lstm.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** Characters in bytes of which some may be no UTF-8. */
public final class Utf8 {

    /** What stands for a byte that belongs to no character. */
    public static final int REPLACEMENT = 0xFFFD;

    /** The most bytes of a character. */
    public static final int LONGEST = 4;

    private static final int ASCII = 0x80;

    private Utf8() {}

    /**
     * The length in bytes of the character that begins at an index; 1 where none does.
     *
     * @param bytes the byte at every index below the end, from 0 to 255
     */
    public static int length(IntUnaryOperator bytes, int at, int end) {
        int length = announced(bytes.applyAsInt(at), end - at);
        return length == 1 || decode(bytes, at, length) < 0 ? 1 : length;
    }

    /** The character of a {@link #length} that begins at an index; {@link #REPLACEMENT} where a byte is none. */
    public static int codePoint(IntUnaryOperator bytes, int at, int length) {
        if (length > 1) {
            return decode(bytes, at, length);
        }
        int single = bytes.applyAsInt(at);
        return single >= ASCII ? REPLACEMENT : single;
    }

    /** How many bytes a character has that begins with this one, if it is one. */
    private static int announced(int first, int most) {
        return Math.min(most, first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : LONGEST);
    }

    /** The character of some bytes; -1 where they are not one. */
    private static int decode(IntUnaryOperator all, int from, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) all.applyAsInt(from + i);
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean single = text.codePointCount(0, text.length()) == 1;
        return single && Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes) ? text.codePointAt(0) : -1;
    }
}
