package lstm.generate;

/**
 * Which of the likeliest tokens are drawn from at all. The cuts are made one after the other, in the order of their names here, each
 * on the probabilities of what the ones before have left; the likeliest token, or with {@code typical} one at least, always stays.
 *
 * @param topK the k likeliest; 0 is all
 * @param typical the tokens whose surprise is nearest to the mean surprise, until their probabilities add up to this; 1 is all
 *     (Meister et al., 2023)
 * @param topP the likeliest until their probabilities add up to this; 1 is all (Holtzman et al., 2020)
 * @param minP those that have at least this share of the likeliest one's probability; 0 is all (Nguyen et al., 2024)
 */
public record Cuts(int topK, double typical, double topP, double minP) {

    /** Nothing is cut. */
    public static final Cuts NONE = new Cuts(0, 1, 1, 0);

    /**
     * Checks every number.
     *
     * @throws IllegalArgumentException where one is out of range
     */
    public Cuts {
        check(topK >= 0, "a top-k of 0 (all) or more", topK);
        check(typical > 0 && typical <= 1, "a typical above 0 and up to 1", typical);
        check(topP > 0 && topP <= 1, "a top-p above 0 and up to 1", topP);
        check(minP >= 0 && minP <= 1, "a min-p from 0 to 1", minP);
    }

    static void check(boolean condition, String expected, Number found) {
        if (!condition) {
            throw new IllegalArgumentException("expected " + expected + ", found " + found);
        }
    }

    /** The same with another top-k. */
    public Cuts withTopK(int value) {
        return new Cuts(value, typical, topP, minP);
    }

    /** The same with another typical. */
    public Cuts withTypical(double value) {
        return new Cuts(topK, value, topP, minP);
    }

    /** The same with another top-p. */
    public Cuts withTopP(double value) {
        return new Cuts(topK, typical, value, minP);
    }

    /** The same with another min-p. */
    public Cuts withMinP(double value) {
        return new Cuts(topK, typical, topP, value);
    }
}
