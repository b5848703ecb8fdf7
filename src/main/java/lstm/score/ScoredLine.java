package lstm.score;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lstm.text.Bits;
import lstm.text.Unit;
import lstm.text.Utf8;

/**
 * A line and how surprising it is.
 *
 * <p>What is counted is every character of the line and the newline that ends it, where one does and the model knows it. A
 * carriage return before that newline belongs to it where the model does not know it, and is not there at all.
 *
 * @param source the name of the text that the line stands in
 * @param number of the line in its text, from 1
 * @param unit what a symbol is
 * @param symbols the line without its end, or its first {@value #LONGEST} symbols where it is longer; a byte is the
 *     Latin-1 character of its number
 * @param bits of each of these; infinite for one that the model has never seen
 * @param endBits of the newline; NaN where it is not counted
 * @param count of the symbols of the whole line that are counted
 * @param unknown how many of these the model has never seen
 * @param totalBits of all that are counted, {@link #UNKNOWN_BITS} for each that the model has never seen
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ScoredLine(
        String source,
        long number,
        Unit unit,
        String symbols,
        float[] bits,
        double endBits,
        long count,
        long unknown,
        double totalBits) {

    /** As many symbols of a line are kept to be shown. All are counted. */
    public static final int LONGEST = 1 << 16;

    /** What a symbol counts that the model has never seen: as much as any one of all code points, drawn blindly. */
    public static final double UNKNOWN_BITS = Bits.ofNats(Math.log(Character.MAX_CODE_POINT + 1));

    /** What is shown behind the beginning of a line that is longer. */
    public static final String CUT = "\u2026";

    /** How the newline is shown, where it is surprising that the line ends. */
    public static final String END = "\u21b5";

    /** The mean of what is counted; 0 where nothing is. */
    public double bitsPerCharacter() {
        return count == 0 ? 0 : totalBits / count;
    }

    /** Whether the line is longer than its symbols, which are its beginning. */
    public boolean isCut() {
        return count > bits.length + (Double.isNaN(endBits) ? 0 : 1);
    }

    /** The line as text; bytes that are not UTF-8 become U+FFFD. */
    public String text() {
        if (unit == Unit.CHARACTER) {
            return symbols;
        }
        StringBuilder text = new StringBuilder();
        characters().forEach(character -> text.appendCodePoint(character.codePoint()));
        return text.toString();
    }

    /** The line as it stands in a file. */
    public byte[] bytes() {
        return symbols.getBytes(unit == Unit.CHARACTER ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }

    /** The characters one by one. */
    public List<ScoredCharacter> characters() {
        List<ScoredCharacter> characters = new ArrayList<>(bits.length);
        int[] all = symbols.codePoints().toArray();
        for (int i = 0; i < all.length; ) {
            int length = unit == Unit.CHARACTER ? 1 : Utf8.length(at -> all[at], i, all.length);
            int codePoint = unit == Unit.CHARACTER ? all[i] : Utf8.codePoint(at -> all[at], i, length);
            double sum = 0;
            for (int end = i + length; i < end; i++) {
                sum += bits[i];
            }
            characters.add(new ScoredCharacter(codePoint, sum));
        }
        return characters;
    }
}
