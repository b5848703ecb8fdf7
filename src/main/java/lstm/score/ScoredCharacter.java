package lstm.score;

/**
 * A character of a line and how surprising it is.
 *
 * @param codePoint the character; U+FFFD where bytes are not UTF-8
 * @param bits minus the logarithm to the base of 2 of its probability, of a character of several bytes their sum; infinite
 *     where the model has never seen it
 */
public record ScoredCharacter(int codePoint, double bits) {

    /** In steps to be painted. */
    public Surprise surprise() {
        return Surprise.of(bits);
    }
}
