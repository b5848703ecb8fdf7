package lstm.inspect;

/** Something about the characters of a text that a unit may follow. */
public interface Feature {

    /** The name in options and files. */
    String label();

    /** What it is, in a few words. */
    String description();

    /** Whether it is either there, 1, or not, 0. */
    boolean isBinary();

    /** Begins to tell its values in a text. */
    Track track(InspectedText text);

    /** The values of a feature, one after another. */
    @FunctionalInterface
    interface Track {

        /** The value at the i-th token; i is 0 at the first call, and one more at each that follows. */
        double next(long i);
    }
}
