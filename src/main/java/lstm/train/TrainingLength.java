package lstm.train;

import org.jspecify.annotations.Nullable;

/**
 * When a training ends: at the first of these that is reached.
 *
 * @param epochs passes over the text
 * @param steps windows
 * @param seconds of training, validations included
 */
public record TrainingLength(
        @Nullable Integer epochs,
        @Nullable Long steps,
        @Nullable Double seconds) {

    /** Of a training that is not suited to its text by a {@link Recipe}. */
    public static final TrainingLength DEFAULT = new TrainingLength(20, null, null);

    /**
     * Checks every number.
     *
     * @throws IllegalArgumentException where one is not above 0, or there is none
     */
    public TrainingLength {
        if (epochs == null && steps == null && seconds == null) {
            throw new IllegalArgumentException("expected an end of the training: epochs, steps or a time");
        }
        requirePositive("epochs", epochs);
        requirePositive("steps", steps);
        requirePositive("seconds", seconds);
    }

    private static void requirePositive(String what, @Nullable Number number) {
        if (number != null && !(number.doubleValue() > 0)) {
            throw new IllegalArgumentException("expected more than 0 " + what + ", found " + number);
        }
    }

    /**
     * The steps of the whole training.
     *
     * @throws IllegalStateException where a clock is to end it
     */
    public long steps(long stepsPerEpoch) {
        if (seconds != null) {
            throw new IllegalStateException("nobody knows how many steps will fit into " + seconds + " seconds");
        }
        long ofEpochs = epochs == null ? Long.MAX_VALUE : epochs * stepsPerEpoch;
        return steps == null ? ofEpochs : Math.min(steps, ofEpochs);
    }

    /** The share that is done, from 0 to 1. */
    double progress(long stepsDone, long stepsPerEpoch, double secondsDone) {
        double done = 0;
        if (epochs != null) {
            done = Math.max(done, stepsDone / ((double) epochs * stepsPerEpoch));
        }
        if (steps != null) {
            done = Math.max(done, stepsDone / (double) steps);
        }
        if (seconds != null) {
            done = Math.max(done, secondsDone / seconds);
        }
        return Math.min(1, done);
    }
}
