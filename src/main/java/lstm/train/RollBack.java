package lstm.train;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/**
 * A training that exploded and went back to its last good model.
 *
 * @param fault what was found, such as "the loss is NaN"
 * @param step in which it was found
 * @param goodStep behind which the model stood that it went back to; 0 is where it began
 * @param from the learning rate until then, at its peak
 * @param to the learning rate from now on, at its peak
 * @param count of all the training's roll-backs, this one included
 */
public record RollBack(String fault, long step, long goodStep, double from, double to, int count) {

    /** How often a training goes back before it stops. */
    public static final int MOST = 3;

    private static final int MOST_ZEROS = 6;

    /** Whether the training goes on. */
    public boolean goesOn() {
        return count <= MOST;
    }

    /** One line for people. */
    public String message() {
        return String.format(
                Locale.ROOT,
                "diverged at step %,d: %s; back to the model of step %,d, and on with a learning rate of %s instead of %s"
                        + " (roll-back %d of %d)",
                step,
                fault,
                goodStep,
                rounded(to, 3),
                rounded(from, 3),
                count,
                MOST);
    }

    /** One line for people, of a training that goes on no more. */
    String advice() {
        return String.format(
                Locale.ROOT,
                "the training diverged at step %,d: %s, though it has gone back %d times and its learning rate is down to %s; the"
                        + " checkpoint holds the last good model, of step %,d: --resume goes on from there with a smaller --lr, such as"
                        + " %s, or a smaller --clip",
                step,
                fault,
                MOST,
                rounded(from, 3),
                goodStep,
                rounded(to, 1));
    }

    private static String rounded(double rate, int digits) {
        BigDecimal rounded = new BigDecimal(rate).round(new MathContext(digits)).stripTrailingZeros();
        return Math.abs(Math.log10(rate)) < MOST_ZEROS ? rounded.toPlainString() : rounded.toString();
    }
}
