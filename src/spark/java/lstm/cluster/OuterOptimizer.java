package lstm.cluster;

import java.util.Arrays;

/**
 * Takes the mean of what the workers have come to for a gradient, and follows it with Nesterov's momentum, as DiLoCo does (Douillard et
 * al., 2023): with a rate of 1 and no momentum it is plain averaging, as in local SGD (Stich, 2019).
 */
final class OuterOptimizer {

    /**
     * How it follows.
     *
     * @param rate share of the way to the mean
     * @param momentum share of the last move that is made again
     */
    record Settings(float rate, float momentum) {
        /**
         * Those for so many workers. Adam divides gradients by their root mean square, which for batches that are n times smaller is root n times
         * larger, as far as it is noise; so the workers' steps are that much too short, and are followed root n times as far: as a momentum
         * m does, which in the end makes 1 / (1 - m) of a step.
         */
        static Settings of(int workers) {
            return new Settings(1, (float) (1 - 1 / Math.sqrt(workers)));
        }

        /** The workers' part of a weight decay: what they take off the weights is followed as far as their steps, but was not too short. */
        double ofWeightDecay(double decay) {
            return decay * (1 - momentum) / rate;
        }
    }

    private final Settings settings;
    private final float[] velocity;

    OuterOptimizer(int weights, Settings settings) {
        this.settings = settings;
        velocity = new float[weights];
    }

    /** Moves weights, in place, towards the mean of the workers' and beyond. */
    void step(float[] weights, float[] mean) {
        for (int i = 0; i < weights.length; i++) {
            float gradient = weights[i] - mean[i];
            velocity[i] = settings.momentum * velocity[i] + gradient;
            // From the mean: what a single worker has come to stays as it is.
            weights[i] = mean[i] + (1 - settings.rate) * gradient - settings.rate * settings.momentum * velocity[i];
        }
    }

    void forget() {
        Arrays.fill(velocity, 0);
    }

    /** By the weights' indices. */
    float[] velocity() {
        return velocity;
    }

    /** Goes on with a velocity of before. */
    void restore(float[] earlier) {
        System.arraycopy(earlier, 0, velocity, 0, velocity.length);
    }
}
