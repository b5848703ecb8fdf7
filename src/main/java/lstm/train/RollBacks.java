package lstm.train;

import org.jspecify.annotations.Nullable;

/**
 * What a training keeps of its explosions in a checkpoint, so that one that is resumed explodes, and goes back, at the same steps as
 * one that was never interrupted.
 *
 * @param count how often it has gone back to the last good model
 * @param learningRate at its peak since then; null while it is that of the settings
 * @param step behind which it last went back, where the learning rate has begun to rise anew
 * @param goodStep behind which the last good model stood
 * @param firstLoss of the first window, in nats per character; null before it
 * @param highLosses steps in a row, up to the last one, whose loss was too high
 */
public record RollBacks(
        int count,
        @Nullable Double learningRate,
        long step,
        long goodStep,
        @Nullable Double firstLoss,
        int highLosses) {

    /** Of a training that begins. */
    public static final RollBacks NONE = new RollBacks(0, null, 0, 0, null, 0);

    /**
     * Checks every number.
     *
     * @throws IllegalArgumentException where one is out of range
     */
    public RollBacks {
        if (count < 0 || step < 0 || goodStep < 0 || highLosses < 0) {
            throw new IllegalArgumentException("expected roll-backs to be counts of 0 or more, found " + count
                    + " at step " + step + " to step " + goodStep + ", " + highLosses + " losses too high");
        }
        if (learningRate != null && !(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "expected a learning rate above 0 after a roll-back, found " + learningRate);
        }
        if (firstLoss != null && !(firstLoss >= 0 && firstLoss < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("expected a first loss of 0 or more, found " + firstLoss);
        }
    }
}
