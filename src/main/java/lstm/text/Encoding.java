package lstm.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the beginning of a file what it is, where it is not UTF-8.
 *
 * <p>English in UTF-16 is valid UTF-8 all the same, every second character of it NUL: it would be learnt without a word.
 */
final class Encoding {

    private static final int NUL = 0;
    /** Below, a few bytes of anything may look like a text. */
    private static final int LEAST = 8;
    /** Bytes that are looked at. */
    private static final int ENOUGH = 1 << 14;

    private final byte[] bytes;
    private final int length;
    private final boolean isUtf8;

    private Encoding(byte[] bytes, int length, boolean isUtf8) {
        this.bytes = bytes;
        this.isUtf8 = isUtf8;
        this.length = Math.min(length, ENOUGH);
    }

    /**
     * What messages say of a text that seems to be UTF-16 or UTF-32: its name behind "is", where a byte-order mark tells,
     * or else behind "looks like". Null for any other.
     *
     * @param isUtf8 whether the bytes are valid UTF-8, as far as is known
     */
    static @Nullable String verdict(byte[] bytes, int length, boolean isUtf8) {
        String marked = marked(bytes, length);
        if (marked != null) {
            return "is " + marked;
        }
        String guess = new Encoding(bytes, length, isUtf8).guess();
        return guess == null ? null : "looks like " + guess;
    }

    /** The encoding that a byte-order mark tells of. */
    private static @Nullable String marked(byte[] bytes, int length) {
        int first = length < 2 ? -1 : ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
        int second = length < 4 ? -1 : ((bytes[2] & 0xFF) << 8) | (bytes[3] & 0xFF);
        if (first == 0xFFFE) {
            return second == 0 ? "UTF-32LE" : "UTF-16LE";
        }
        if (first == 0xFEFF) {
            return "UTF-16BE";
        }
        return first == 0 && second == 0xFEFF ? "UTF-32BE" : null;
    }

    private @Nullable String guess() {
        if (length < LEAST || (isUtf8 && !hasNul(bytes, length))) {
            return null;
        }
        for (int width : new int[] {4, 2}) {
            for (boolean bigEndian : new boolean[] {false, true}) {
                if (isText(width, bigEndian)) {
                    return "UTF-" + 8 * width + (bigEndian ? "BE" : "LE");
                }
            }
        }
        return null;
    }

    /** Whether a file that is no UTF-16 or UTF-32 is no text either, judged as grep and git do, by its beginning. */
    static boolean isBinary(byte[] bytes, int length) {
        return isPdf(bytes, length) || (hasNul(bytes, length) && verdict(bytes, length, false) == null);
    }

    /** The one format of many people's folders that may have no NUL near its beginning. */
    private static boolean isPdf(byte[] bytes, int length) {
        byte[] mark = {'%', 'P', 'D', 'F', '-'};
        return length > mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
    }

    private static boolean hasNul(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == NUL) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether units of so many bytes are characters that stand in texts, and nearly all of one script; or of several, as in
     * Chinese, but parted now and then.
     */
    private boolean isText(int width, boolean bigEndian) {
        int gaps = 0;
        for (int i = 0; i + width <= length; i += width) {
            int unit = unit(i, width, bigEndian);
            boolean high = width == 2 && Character.isHighSurrogate((char) unit);
            if (high && i + 2 * width <= length) {
                i += width;
                int low = unit(i, width, bigEndian);
                if (!Character.isLowSurrogate((char) low)) {
                    return false;
                }
                unit = Character.toCodePoint((char) unit, (char) low);
            }
            if (!high && !standsInTexts(unit)) {
                return false;
            }
            gaps += isGap(unit) ? 1 : 0;
        }
        return isOfOneScript(width, bigEndian) || (!isUtf8 && gaps > 1);
    }

    private int unit(int at, int width, boolean bigEndian) {
        int unit = 0;
        for (int i = 0; i < width; i++) {
            unit = (unit << 8) | (bytes[at + (bigEndian ? i : width - 1 - i)] & 0xFF);
        }
        return unit;
    }

    private static boolean standsInTexts(int codePoint) {
        return switch (Character.isValidCodePoint(codePoint) ? Character.getType(codePoint) : Character.UNASSIGNED) {
            case Character.UNASSIGNED, Character.SURROGATE, Character.PRIVATE_USE -> false;
            case Character.CONTROL -> Character.isWhitespace(codePoint);
            default -> true;
        };
    }

    /** Spaces, line ends, and the comma and full stop of Chinese and Japanese. */
    private static boolean isGap(int codePoint) {
        return codePoint == ' '
                || codePoint == '\n'
                || codePoint == '\r'
                || (codePoint >= 0x3000 && codePoint <= 0x3002)
                || codePoint == 0xFF0C;
    }

    /** Whether nearly all units are ASCII or of one block of 256 characters beside it, as in all alphabets. */
    private boolean isOfOneScript(int width, boolean bigEndian) {
        int[] blocks = new int[0x1100];
        int units = 0;
        for (int i = 0; i + width <= length; i += width) {
            blocks[Math.min(blocks.length - 1, unit(i, width, bigEndian) >>> 8)]++;
            units++;
        }
        int ascii = blocks[0];
        blocks[0] = 0;
        int other = Arrays.stream(blocks).max().orElse(0);
        return ascii > 0 && ascii + other >= units * 0.9;
    }
}
