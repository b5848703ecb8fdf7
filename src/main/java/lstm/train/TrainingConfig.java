package lstm.train;

import lstm.batch.BatchShape;
import lstm.optimize.Schedule;

/**
 * Everything that a training depends on beside the model's shape and the text.
 *
 * @param shape B streams of T steps
 * @param length when it ends
 * @param schedule of the learning rate
 * @param clip the longest gradient that is taken as it is
 * @param weightDecay share of every weight that a step takes off, times the learning rate
 * @param validation the part of the text that is held out, as a share: the last, or random records of a list
 * @param validateEvery steps between validations; 0 is about once an epoch, and at most every 1,000 steps
 * @param seed of the initial weights, of dropout, and of the order of a list's records
 */
public record TrainingConfig(
        BatchShape shape,
        TrainingLength length,
        Schedule schedule,
        double clip,
        double weightDecay,
        double validation,
        int validateEvery,
        long seed) {

    /** What a user gets who says nothing, before a {@link Recipe} suits it to the text. */
    public static final TrainingConfig DEFAULT = new TrainingConfig(
            new BatchShape(32, 50),
            TrainingLength.DEFAULT,
            new Schedule(Schedule.Shape.COSINE, 1e-2, 0.02, 50),
            5,
            0.05,
            0.1,
            0,
            1);

    /** More would leave nothing of the weights. */
    private static final double MOST_DECAY = 10;

    /** More held-out characters would tell nothing more, and keep long texts from training. */
    public static final int ENOUGH_VALIDATION = 250_000;

    private static final int STEPS_BETWEEN_VALIDATIONS = 1000;
    /** A validated token takes about half the time of a trained one, so that validating takes a twentieth of the time. */
    private static final int TRAINED_PER_VALIDATED = 10;

    /**
     * Checks every number.
     *
     * @throws IllegalArgumentException where one is out of range
     */
    public TrainingConfig {
        if (!(clip > 0 && clip < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("expected a clip above 0, found " + clip);
        }
        if (!(weightDecay >= 0 && weightDecay <= MOST_DECAY)) {
            throw new IllegalArgumentException(
                    "expected a weight decay from 0 to " + MOST_DECAY + ", found " + weightDecay);
        }
        if (!(validation >= 0 && validation < 1)) {
            throw new IllegalArgumentException(
                    "expected a share for validation from 0 to below 1, found " + validation);
        }
        if (validateEvery < 0) {
            throw new IllegalArgumentException("expected 0 or more steps between validations, found " + validateEvery);
        }
    }

    /** A training without weight decay. */
    public TrainingConfig(
            BatchShape shape,
            TrainingLength length,
            Schedule schedule,
            double clip,
            double validation,
            int validateEvery,
            long seed) {
        this(shape, length, schedule, clip, 0, validation, validateEvery, seed);
    }

    /** The same for another window. */
    public TrainingConfig withShape(BatchShape other) {
        return new TrainingConfig(other, length, schedule, clip, weightDecay, validation, validateEvery, seed);
    }

    /** The same for another length. */
    public TrainingConfig withLength(TrainingLength other) {
        return new TrainingConfig(shape, other, schedule, clip, weightDecay, validation, validateEvery, seed);
    }

    /** The same with another learning rate at the peak. */
    public TrainingConfig withPeak(double rate) {
        Schedule other = new Schedule(schedule.shape(), rate, schedule.finalShare(), schedule.warmup());
        return new TrainingConfig(shape, length, other, clip, weightDecay, validation, validateEvery, seed);
    }

    /** The same with another weight decay. */
    public TrainingConfig withWeightDecay(double other) {
        return new TrainingConfig(shape, length, schedule, clip, other, validation, validateEvery, seed);
    }

    /** The same with another share held out. */
    public TrainingConfig withValidation(double share) {
        return new TrainingConfig(shape, length, schedule, clip, weightDecay, share, validateEvery, seed);
    }

    /** The same from another seed. */
    public TrainingConfig withSeed(long other) {
        return new TrainingConfig(shape, length, schedule, clip, weightDecay, validation, validateEvery, other);
    }

    /** The same for a whole text of so many tokens, with the default share held out, but no more than tells something. */
    public TrainingConfig holdingOutEnough(long tokens) {
        return withValidation(Math.min(DEFAULT.validation, ENOUGH_VALIDATION / (double) tokens));
    }

    /** Steps between validations of so many tokens in a training with so many steps an epoch. */
    long validationInterval(long stepsPerEpoch, long validationTokens) {
        if (validateEvery > 0) {
            return validateEvery;
        }
        long tokensPerStep = (long) shape.streams() * shape.steps();
        long affordable = (TRAINED_PER_VALIDATED * validationTokens + tokensPerStep - 1) / tokensPerStep;
        return Math.max(affordable, Math.min(stepsPerEpoch, STEPS_BETWEEN_VALIDATIONS));
    }
}
