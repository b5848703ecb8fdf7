package lstm.train;

/**
 * What the open point of a training's course is the mean of.
 *
 * @param loss sum of the training losses
 * @param norm sum of the gradients' norms
 * @param steps over which these are summed
 * @param lastingValidation whether the point's validation stays where the training goes on
 */
record CurveSums(double loss, double norm, long steps, boolean lastingValidation) {

    static final CurveSums NONE = new CurveSums(0, 0, 0, false);

    CurveSums plus(CurvePoint step) {
        return new CurveSums(loss + step.trainLoss(), norm + step.gradientNorm(), steps + 1, false);
    }

    CurveSums withLastingValidation(boolean lasting) {
        return new CurveSums(loss, norm, steps, lasting);
    }

    double meanLoss() {
        return loss / steps;
    }

    double meanNorm() {
        return norm / steps;
    }
}
