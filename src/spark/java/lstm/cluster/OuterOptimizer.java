package lstm.cluster;

import java.util.Arrays;

/**
 * Takes the mean of what the workers have come to for a gradient, and follows it with Nesterov's momentum, as DiLoCo does (Douillard et
 * al., 2023): with a rate of 1 and no momentum it is plain averaging, as in local SGD (Stich, 2019).
 */
final class OuterOptimizer {

    private final float rate;
    private final float momentum;
    private final float[] velocity;

    OuterOptimizer(int weights, double rate, double momentum) {
        this.rate = (float) rate;
        this.momentum = (float) momentum;
        velocity = new float[weights];
    }

    /** Moves weights, in place, towards the mean of the workers' and beyond. */
    void step(float[] weights, float[] mean) {
        for (int i = 0; i < weights.length; i++) {
            float gradient = weights[i] - mean[i];
            velocity[i] = momentum * velocity[i] + gradient;
            weights[i] -= rate * (gradient + momentum * velocity[i]);
        }
    }

    void forget() {
        Arrays.fill(velocity, 0);
    }

    /** By the weights' indices. */
    float[] velocity() {
        return velocity;
    }
}
