package lstm.generate;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Draws from softmax(logits / temperature), cut to the likeliest tokens.
 *
 * <p>Works in double on differences from the largest logit, which are never positive: no temperature overflows, and the
 * likeliest token always keeps weight 1.
 */
final class TemperatureSampler implements Sampler {

    private final double temperature;
    private final int topK;
    private final double topP;
    private double[] weights = new double[0];
    private long[] order = new long[0];

    TemperatureSampler(double temperature, int topK, double topP) {
        this.temperature = temperature;
        this.topK = topK;
        this.topP = topP;
    }

    @Override
    public int sample(float[] logits, RandomGenerator random) {
        double sum = weigh(logits);
        if ((topK > 0 && topK < logits.length) || topP < 1) {
            sum = cut(logits, sum);
        }
        return draw(random.nextDouble() * sum);
    }

    private double weigh(float[] logits) {
        if (weights.length != logits.length) {
            weights = new double[logits.length];
            order = new long[logits.length];
        }
        double max = logits[Sampler.likeliest(logits)];
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            weights[i] = Math.exp((logits[i] - max) / temperature);
            sum += weights[i];
        }
        return sum;
    }

    /** Gives all but the likeliest tokens the weight 0 and returns the sum of the rest. */
    private double cut(float[] logits, double sum) {
        int size = logits.length;
        sortByLogit(logits);
        double limit = topKSum(size, sum) * topP;
        double kept = 0;
        for (int rank = 0; rank < size; rank++) {
            int token = (int) order[rank];
            boolean keep = rank == 0 || ((topK == 0 || rank < topK) && kept < limit);
            if (keep) {
                kept += weights[token];
            } else {
                weights[token] = 0;
            }
        }
        return kept;
    }

    private double topKSum(int size, double sum) {
        if (topK == 0 || topK >= size) {
            return sum;
        }
        double kept = 0;
        for (int rank = 0; rank < topK; rank++) {
            kept += weights[(int) order[rank]];
        }
        return kept;
    }

    /**
     * Orders tokens from the likeliest to the least likely, equals by index; by their logits, for weights of different
     * tokens may be the same number. A falling number above, the index below, sort as plain longs without a comparator.
     */
    private void sortByLogit(float[] logits) {
        for (int i = 0; i < logits.length; i++) {
            int bits = Float.floatToIntBits(logits[i] + 0f); // + 0f makes one zero of the two
            int rising = bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
            order[i] = (long) ~rising << 32 | i;
        }
        Arrays.sort(order);
    }

    private int draw(double at) {
        int last = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                last = i;
                at -= weights[i];
                if (at < 0) {
                    break;
                }
            }
        }
        return last;
    }
}
