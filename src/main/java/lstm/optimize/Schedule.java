package lstm.optimize;

import java.util.Locale;

/**
 * The course of the learning rate: a linear warm-up, then a fall from the peak to its final share.
 *
 * @param shape how it falls
 * @param peak the highest learning rate
 * @param finalShare the last learning rate as a share of the peak
 * @param warmup steps over which it rises to the peak
 */
public record Schedule(Shape shape, double peak, double finalShare, int warmup) {

    /** How a learning rate falls. */
    public enum Shape {
        /** Along half a cosine (Loshchilov and Hutter, 2017). */
        COSINE,
        /** In a straight line. */
        LINEAR,
        /** Not at all. */
        CONSTANT;

        /** The name in options and checkpoints. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks every number.
     *
     * @throws IllegalArgumentException where one is out of range
     */
    public Schedule {
        if (!(peak > 0) || Double.isInfinite(peak)) {
            throw new IllegalArgumentException("expected a finite learning rate above 0, found " + peak);
        }
        if (!(finalShare >= 0 && finalShare <= 1)) {
            throw new IllegalArgumentException(
                    "expected a final learning rate from 0 to 1 of --lr, found " + finalShare);
        }
        if (warmup < 0) {
            throw new IllegalArgumentException("expected 0 or more steps of warm-up, found " + warmup);
        }
    }

    /**
     * The learning rate of a step.
     *
     * @param step counted from 0
     * @param progress share of the training that is done, from 0 to 1
     */
    public double rate(long step, double progress) {
        double rise = step < warmup ? (step + 1.0) / warmup : 1;
        double fall = switch (shape) {
            case COSINE -> (1 + StrictMath.cos(Math.PI * progress)) / 2;
            case LINEAR -> 1 - progress;
            case CONSTANT -> 1;
        };
        return peak * rise * (finalShare + (1 - finalShare) * fall);
    }
}
