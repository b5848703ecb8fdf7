package lstm.kernel;

/**
 * The numbers of one step of Adam (Kingma and Ba, 2015), the same for every element of a parameter, with weight decay beside the
 * gradient (Loshchilov and Hutter, 2019).
 *
 * @param stepSize learning rate divided by the bias correction of the first moment, 1 - beta1^t
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param secondMomentScale one divided by the bias correction of the second moment, 1 / (1 - beta2^t)
 * @param epsilon added to the root of the second moment
 * @param gradientScale factor that clips the gradient, 1 where it is short enough
 * @param keep what a value is multiplied by before it moves, 1 without weight decay
 */
public record AdamStep(
        float stepSize,
        float beta1,
        float beta2,
        float secondMomentScale,
        float epsilon,
        float gradientScale,
        float keep) {}
