package lstm.score;

import java.util.Arrays;
import lstm.text.Bits;
import lstm.text.Unit;
import lstm.text.Vocabulary;

/** A line while it is read and scored, a part of at most {@link ScoredLine#LONGEST} symbols after the other. */
final class OpenLine {

    private final Vocabulary vocabulary;
    private final String source;
    private final long number;

    // What was read and not yet scored.
    private int[] part = new int[64];
    private int size;
    private boolean carriageReturn;

    // What was scored: the first part, and the sums of all.
    private String symbols = "";
    private float[] bits = {};
    private double endBits = Double.NaN;
    private long count;
    private long unknown;
    private double totalBits;

    OpenLine(Vocabulary vocabulary, String source, long number) {
        this.vocabulary = vocabulary;
        this.source = source;
        this.number = number;
    }

    /** Reads one more symbol that is not the line's end. */
    void add(int symbol) {
        addCarriageReturn();
        if (symbol == '\r' && vocabulary.token(symbol) < 0) {
            carriageReturn = true; // perhaps of the line's end
        } else {
            push(symbol);
        }
    }

    /** Reads the newline. */
    void endWithNewline() {
        carriageReturn = false;
        if (vocabulary.token('\n') >= 0) {
            push('\n');
        }
    }

    /** The text ends without one. */
    void endWithoutNewline() {
        addCarriageReturn();
    }

    private void addCarriageReturn() {
        if (carriageReturn) {
            carriageReturn = false;
            push('\r');
        }
    }

    private void push(int symbol) {
        if (size == part.length) {
            part = Arrays.copyOf(part, 2 * size);
        }
        part[size++] = symbol;
    }

    /** How many symbols wait to be scored. */
    int size() {
        return size;
    }

    boolean isFull() {
        return size >= ScoredLine.LONGEST;
    }

    /** Whether a part of it has been scored. */
    boolean isBegun() {
        return count > 0;
    }

    /** Those tokens that wait to be scored. */
    int[] tokens() {
        int[] tokens = new int[size];
        int known = 0;
        for (int i = 0; i < size; i++) {
            int token = vocabulary.token(part[i]);
            if (token >= 0) {
                tokens[known++] = token;
            }
        }
        return Arrays.copyOf(tokens, known);
    }

    /** Takes the losses in nats of those tokens, which no longer wait. */
    void score(float[] losses) {
        boolean first = !isBegun();
        float[] scored = new float[size];
        int known = 0;
        for (int i = 0; i < size; i++) {
            boolean seen = vocabulary.token(part[i]) >= 0;
            double bits = seen ? Bits.ofNats(losses[known++]) : Double.POSITIVE_INFINITY;
            scored[i] = (float) bits;
            totalBits += seen ? bits : ScoredLine.UNKNOWN_BITS;
        }
        count += size;
        unknown += size - known;
        boolean ended = size > 0 && part[size - 1] == '\n';
        if (ended) {
            endBits = scored[--size];
        }
        if (first) {
            symbols = new String(part, 0, size);
            bits = Arrays.copyOf(scored, size);
        }
        size = 0;
    }

    ScoredLine close() {
        Unit unit = vocabulary.unit();
        return new ScoredLine(source, number, unit, symbols, bits, endBits, count, unknown, totalBits);
    }
}
