package lstm.text;

/** Bits, in which losses are shown beside nats. */
public final class Bits {

    private static final double NATS = Math.log(2);

    private Bits() {}

    /** What so many nats are. */
    public static double ofNats(double nats) {
        return nats / NATS;
    }
}
