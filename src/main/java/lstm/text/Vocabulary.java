package lstm.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The symbols that a model knows, each with its token: an immutable list and its inverse. */
public final class Vocabulary {

    private final Unit unit;
    private final int[] codePoints;
    // From the code point, -1 where it has none: with an emoji half a megabyte, and one look-up a character.
    private final int[] tokens;

    private Vocabulary(Unit unit, int[] codePoints) {
        this.unit = unit;
        this.codePoints = codePoints;
        tokens = new int[Arrays.stream(codePoints).max().orElse(-1) + 1];
        Arrays.fill(tokens, -1);
        for (int token = 0; token < codePoints.length; token++) {
            tokens[codePoints[token]] = token;
        }
    }

    /**
     * The vocabulary whose i-th symbol is the i-th string: one code point, or for bytes the Latin-1 character of the byte.
     *
     * @throws IllegalArgumentException where a string is anything else, or a symbol is there twice, or there is none
     */
    public static Vocabulary of(Unit unit, List<String> symbols) {
        return of(unit, symbols.iterator());
    }

    /**
     * The same of strings that come one by one; behind the first that is wrong, none is asked for.
     *
     * @throws IllegalArgumentException where a string is anything else, or a symbol is there twice, or there is none
     */
    public static Vocabulary of(Unit unit, Iterator<String> symbols) {
        int[] codePoints = new int[Byte.MAX_VALUE];
        BitSet known = new BitSet();
        int count = 0;
        for (; symbols.hasNext(); count++) {
            int symbol = symbol(unit, symbols.next(), count);
            if (known.get(symbol)) {
                throw new IllegalArgumentException("symbols " + indexOf(symbol, codePoints) + " and " + count
                        + " of the vocabulary are both " + Symbols.describe(unit, symbol));
            }
            known.set(symbol);
            codePoints = count < codePoints.length ? codePoints : Arrays.copyOf(codePoints, 2 * count);
            codePoints[count] = symbol;
        }
        if (count == 0) {
            throw new IllegalArgumentException("the vocabulary is empty");
        }
        return new Vocabulary(unit, Arrays.copyOf(codePoints, count));
    }

    private static int symbol(Unit unit, String text, int token) {
        boolean single = !text.isEmpty() && text.length() == Character.charCount(text.codePointAt(0));
        if (!single || !isSymbol(unit, text.codePointAt(0))) {
            throw new IllegalArgumentException("symbol " + token + " of the vocabulary is not one of " + unit.label());
        }
        return text.codePointAt(0);
    }

    /** One that has no symbols yet. */
    public static Vocabulary none(Unit unit) {
        return ofCodePoints(unit, new int[0]);
    }

    /** The vocabulary of these symbols, which are distinct and in the unit's range. */
    static Vocabulary ofCodePoints(Unit unit, int[] codePoints) {
        return new Vocabulary(unit, codePoints.clone());
    }

    private static int indexOf(int symbol, int[] symbols) {
        int index = 0;
        while (symbols[index] != symbol) {
            index++;
        }
        return index;
    }

    private static boolean isSymbol(Unit unit, int codePoint) {
        return codePoint < unit.limit() && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
    }

    /** What a token stands for. */
    public Unit unit() {
        return unit;
    }

    /** V. */
    public int size() {
        return codePoints.length;
    }

    /** The code point, or the byte as a number from 0 to 255, of a token. */
    public int codePoint(int token) {
        return codePoints[token];
    }

    /** The token of a code point or byte; -1 where it is not known. */
    public int token(int codePoint) {
        return codePoint >= 0 && codePoint < tokens.length ? tokens[codePoint] : -1;
    }

    /** What stands before any text: the token of a newline, or the first one where there is no newline. */
    public int beforeText() {
        return Math.max(0, token('\n'));
    }

    /** All symbols as strings, in the order of their tokens. */
    public List<String> symbols() {
        List<String> symbols = new ArrayList<>();
        for (int codePoint : codePoints) {
            symbols.add(Character.toString(codePoint));
        }
        return symbols;
    }

    /** What a token is in a file or on a terminal: UTF-8, or the byte itself. */
    public byte[] bytes(int token) {
        return unit == Unit.BYTE
                ? new byte[] {(byte) codePoints[token]}
                : Character.toString(codePoints[token]).getBytes(StandardCharsets.UTF_8);
    }

    /** This vocabulary, and behind it those of these code points or bytes that it lacks, in their order; none stands there twice. */
    public Vocabulary extendedBy(int[] others) {
        int[] fresh = Arrays.stream(others)
                .filter(symbol -> token(symbol) < 0)
                .sorted()
                .toArray();
        if (fresh.length == 0) {
            return this;
        }
        int[] all = new int[size() + fresh.length];
        Arrays.setAll(all, i -> i < size() ? codePoint(i) : fresh[i - size()]);
        return ofCodePoints(unit, all);
    }

    /** Those symbols of another vocabulary that this one lacks, in its order. */
    public List<Integer> lacking(Vocabulary other) {
        List<Integer> lacking = new ArrayList<>();
        for (int codePoint : other.codePoints) {
            if (token(codePoint) < 0) {
                lacking.add(codePoint);
            }
        }
        return lacking;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Vocabulary that && unit == that.unit && Arrays.equals(codePoints, that.codePoints);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(codePoints);
    }

    @Override
    public String toString() {
        return unit.count(codePoints.length);
    }
}
