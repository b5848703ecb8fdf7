package lstm.score;

import lstm.text.Unit;

/** Scored lines that a test makes up. */
public final class Lines {

    private Lines() {}

    /** The second line of a text "log", with these bits, one for each character, and none for its end. */
    public static ScoredLine line(String text, double... bits) {
        return line(Unit.CHARACTER, text, Double.NaN, bits);
    }

    /** A line of bytes, each written as its Latin-1 character. */
    public static ScoredLine bytes(String latin1, double... bits) {
        return line(Unit.BYTE, latin1, Double.NaN, bits);
    }

    /** A line of a unit, whose end has these bits; NaN where it has none. */
    public static ScoredLine line(Unit unit, String symbols, double endBits, double... bits) {
        float[] floats = new float[bits.length];
        double total = Double.isNaN(endBits) ? 0 : endBits;
        int unknown = 0;
        for (int i = 0; i < bits.length; i++) {
            floats[i] = (float) bits[i];
            boolean seen = Double.isFinite(bits[i]);
            total += seen ? bits[i] : ScoredLine.UNKNOWN_BITS;
            unknown += seen ? 0 : 1;
        }
        int count = bits.length + (Double.isNaN(endBits) ? 0 : 1);
        return new ScoredLine("log", 2, unit, symbols, floats, endBits, count, unknown, total);
    }
}
