package lstm.metrics;

import org.jspecify.annotations.Nullable;

/**
 * A training at one of its steps; a line of a metrics file has these numbers.
 *
 * @param step windows trained on, over all resumes
 * @param epoch passes over the text, with the part of the present one
 * @param characters trained on, over all resumes
 * @param seconds spent on the training; null where that is not known
 * @param charactersPerSecond since the process began to train, validations left out; null where that is not known
 * @param trainLoss mean over the steps since the point before, in nats per character; null where there were none
 * @param validationLoss in nats per character; null where nothing was validated at this step
 * @param learningRate of the step
 * @param gradientNorm before clipping: of the step, or in a checkpoint's course the mean since the point before
 */
public record Point(
        long step,
        double epoch,
        long characters,
        @Nullable Double seconds,
        @Nullable Double charactersPerSecond,
        @Nullable Double trainLoss,
        @Nullable Double validationLoss,
        double learningRate,
        double gradientNorm) {

    Point after(double earlierSeconds) {
        return new Point(
                step,
                epoch,
                characters,
                seconds == null ? null : (Double) (seconds + earlierSeconds),
                charactersPerSecond,
                trainLoss,
                validationLoss,
                learningRate,
                gradientNorm);
    }

    /** This point, with what it lacks from another one of the same step. */
    Point completedBy(Point other) {
        return new Point(
                step,
                epoch,
                characters,
                seconds == null ? other.seconds : seconds,
                charactersPerSecond == null ? other.charactersPerSecond : charactersPerSecond,
                trainLoss == null ? other.trainLoss : trainLoss,
                validationLoss == null ? other.validationLoss : validationLoss,
                learningRate,
                gradientNorm);
    }
}
