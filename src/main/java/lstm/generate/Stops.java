package lstm.generate;

import java.util.List;
import java.util.function.IntConsumer;

/** Ends a text before one of some sequences of tokens: what may be the beginning of one is held back until it is known. */
public final class Stops {

    private final List<int[]> sequences;
    private final int[] held;
    private int count;

    /**
     * Stops at any of these.
     *
     * @throws IllegalArgumentException where one is empty
     */
    public Stops(List<int[]> sequences) {
        this.sequences = sequences.stream().map(int[]::clone).toList();
        if (this.sequences.stream().anyMatch(sequence -> sequence.length == 0)) {
            throw new IllegalArgumentException("expected a text to stop at, found an empty one");
        }
        held = new int[this.sequences.stream().mapToInt(s -> s.length).max().orElse(1)];
    }

    private Stops(Stops other) {
        sequences = other.sequences;
        held = other.held.clone();
        count = other.count;
    }

    /** The same at the same place of a text, which goes on for itself. */
    Stops copy() {
        return new Stops(this);
    }

    /**
     * Takes the next token of the text, and passes on those that are no part of a sequence.
     *
     * @return whether the text ends: a sequence is complete, and was not passed on
     */
    public boolean add(int token, IntConsumer text) {
        held[count++] = token;
        // The longest first: one may be the end of another.
        for (int length = count; length > 0; length--) {
            for (int[] sequence : sequences) {
                if (sequence.length == length && isEnd(sequence, length)) {
                    pass(count - length, text);
                    return true;
                }
            }
        }
        pass(count - begun(), text);
        return false;
    }

    /** Tells of the tokens that would complete a sequence now. */
    void completing(IntConsumer tokens) {
        for (int[] sequence : sequences) {
            int before = sequence.length - 1;
            if (before <= count && isEnd(sequence, before)) {
                tokens.accept(sequence[before]);
            }
        }
    }

    /** At the end of a text that was not stopped: passes on what was held back. */
    public void end(IntConsumer text) {
        pass(count, text);
    }

    /** How many of the last tokens a sequence may begin with. */
    private int begun() {
        for (int length = Math.min(count, held.length - 1); length > 0; length--) {
            for (int[] sequence : sequences) {
                if (sequence.length > length && isEnd(sequence, length)) {
                    return length;
                }
            }
        }
        return 0;
    }

    /** Whether the first tokens of a sequence are the last that were taken. */
    private boolean isEnd(int[] sequence, int length) {
        for (int i = 0; i < length; i++) {
            if (held[count - length + i] != sequence[i]) {
                return false;
            }
        }
        return true;
    }

    private void pass(int tokens, IntConsumer text) {
        for (int i = 0; i < tokens; i++) {
            text.accept(held[i]);
        }
        System.arraycopy(held, tokens, held, 0, count - tokens);
        count -= tokens;
    }
}
