package lstm.train;

import org.jspecify.annotations.Nullable;

/**
 * A training after a step or a validation.
 *
 * @param step windows trained on, over all resumes
 * @param epoch passes over the text, with the part of the present one
 * @param characters trained on, over all resumes
 * @param elapsedSeconds since this process began to train
 * @param charactersPerSecond since this process began to train, validations left out
 * @param share of the training that is done, from 0 to 1
 * @param secondsLeft as it looks now
 * @param trainLoss of the step's window, in nats per character
 * @param validationLoss of this validation, in nats per character; null after a step
 * @param bestLoss the lowest validation loss so far; null before the first
 * @param learningRate of the step
 * @param gradientNorm before clipping
 */
public record Progress(
        long step,
        double epoch,
        long characters,
        double elapsedSeconds,
        double charactersPerSecond,
        double share,
        double secondsLeft,
        double trainLoss,
        @Nullable Double validationLoss,
        @Nullable Double bestLoss,
        double learningRate,
        double gradientNorm) {}
