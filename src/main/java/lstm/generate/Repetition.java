package lstm.generate;

/**
 * Makes repetitions less likely: a token that would go on repeating what stands in the last tokens gets p to the power of the
 * penalty instead of its probability p, before all are brought to the sum 1 again.
 *
 * <p>With a length of 1 that is every token that stands there at all, the penalty of Keskar et al. (2019), taken of logarithms of
 * probabilities rather than of logits, whose sign says nothing. Of characters most stand in any window, which is why a sequence is
 * asked for.
 *
 * @param penalty 1 is none
 * @param window how many of the last tokens count
 * @param length of the shortest sequence that is a repetition
 */
public record Repetition(double penalty, int window, int length) {

    /** No penalty. */
    public static final Repetition NONE = new Repetition(1, 500, 8);

    private static final int LARGEST_WINDOW = 1 << 20;

    /**
     * Checks every number.
     *
     * @throws IllegalArgumentException where one is out of range
     */
    public Repetition {
        Cuts.check(penalty > 0 && penalty < Double.POSITIVE_INFINITY, "a repetition penalty above 0", penalty);
        Cuts.check(window >= 1 && window <= LARGEST_WINDOW, "a repetition window from 1 to " + LARGEST_WINDOW, window);
        Cuts.check(length >= 1, "a repetition length of 1 or more", length);
    }

    /** The same with another penalty. */
    public Repetition withPenalty(double value) {
        return new Repetition(value, window, length);
    }

    /** The same for another window. */
    public Repetition withWindow(int value) {
        return new Repetition(penalty, value, length);
    }

    /** The same for sequences of another length. */
    public Repetition withLength(int value) {
        return new Repetition(penalty, window, value);
    }
}
