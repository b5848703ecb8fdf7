package lstm.train;

/**
 * The steps after which the course of a training is written down: every tenth, from step 200,000 on every twentieth, from 400,000 on
 * every fortieth, and so on. A night of small steps would otherwise fill gigabytes that nobody can look at.
 */
public final class Milestones {

    private static final int STEPS = 10;
    private static final long STEPS_BEFORE_LONGER_ONES = 100_000;

    private Milestones() {}

    /** Whether this step is one of them. */
    public static boolean contains(long step) {
        return step % (STEPS * Math.max(1, Long.highestOneBit(step / STEPS_BEFORE_LONGER_ONES))) == 0;
    }
}
