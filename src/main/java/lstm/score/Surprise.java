package lstm.score;

/** How surprising a character is, in steps to be painted. */
public enum Surprise {
    /** Down to one in sixteen. */
    EXPECTED(0),
    /** Less likely than one in 16. */
    NOTABLE(4),
    /** Less likely than one in 128. */
    HIGH(7),
    /** Less likely than one in 1,024. */
    EXTREME(10),
    /** Never seen by the model. */
    UNKNOWN(Double.POSITIVE_INFINITY);

    private final double from;

    Surprise(double from) {
        this.from = from;
    }

    /** The least bits of this step. */
    public double from() {
        return from;
    }

    /** The step of a character's bits. */
    public static Surprise of(double bits) {
        Surprise found = EXPECTED;
        for (Surprise surprise : values()) {
            found = bits >= surprise.from ? surprise : found;
        }
        return found;
    }
}
