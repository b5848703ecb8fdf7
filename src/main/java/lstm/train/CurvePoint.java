package lstm.train;

import org.jspecify.annotations.Nullable;

/**
 * A training's course since the point before, as the checkpoint remembers it.
 *
 * @param step windows trained on
 * @param epoch passes over the text, with the part of the present one
 * @param characters trained on
 * @param trainLoss mean over the steps since the point before, in nats per character
 * @param validationLoss in nats per character; null where nothing was validated at this step
 * @param learningRate of the step
 * @param gradientNorm before clipping, mean over the steps since the point before
 */
public record CurvePoint(
        long step,
        double epoch,
        long characters,
        double trainLoss,
        @Nullable Double validationLoss,
        double learningRate,
        double gradientNorm) {

    CurvePoint withValidation(@Nullable Double loss) {
        return new CurvePoint(step, epoch, characters, trainLoss, loss, learningRate, gradientNorm);
    }

    CurvePoint withMeans(double loss, double norm) {
        return new CurvePoint(step, epoch, characters, loss, validationLoss, learningRate, norm);
    }
}
