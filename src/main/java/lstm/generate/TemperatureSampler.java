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

    private final Temperature temperature;
    private final Cuts cuts;
    private final long length;
    private final boolean cutting;
    private long drawn;
    private double[] weights = new double[0];
    private long[] order = new long[0];
    private long[] byTypicality = new long[0];
    private long[] chosen = new long[0];

    TemperatureSampler(Temperature temperature, Cuts cuts, long length) {
        this.temperature = temperature;
        this.cuts = cuts;
        this.length = length;
        cutting = !cuts.equals(Cuts.NONE);
    }

    @Override
    public int sample(float[] logits, RandomGenerator random) {
        return sample(logits, random, drawn++);
    }

    /** Draws the token of an index in its text. */
    int sample(float[] logits, RandomGenerator random, long index) {
        double now = temperature.at(index, length);
        return now == 0 ? Sampler.likeliest(logits) : draw(random.nextDouble() * weighted(logits, now));
    }

    /** The probabilities with which that draws. */
    double[] distribution(float[] logits, long index) {
        double now = temperature.at(index, length);
        double[] result = new double[logits.length];
        if (now == 0) {
            result[Sampler.likeliest(logits)] = 1;
            return result;
        }
        double sum = weighted(logits, now);
        Arrays.setAll(result, token -> weights[token] / sum);
        return result;
    }

    /** Weighs all tokens, and returns the sum of the weights. */
    private double weighted(float[] logits, double now) {
        double sum = weigh(logits, now);
        return cutting ? cut(logits) : sum;
    }

    private double weigh(float[] logits, double now) {
        if (weights.length != logits.length) {
            weights = new double[logits.length];
            order = new long[logits.length];
        }
        double max = logits[Sampler.likeliest(logits)];
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            weights[i] = Math.exp((logits[i] - max) / now);
            sum += weights[i];
        }
        return sum;
    }

    /** Gives the weight 0 to all tokens that are cut away, and returns the sum of the rest. */
    private double cut(float[] logits) {
        int size = logits.length;
        sortByLogit(logits);
        int left = cuts.topK() == 0 ? size : Math.min(cuts.topK(), size);
        left = cuts.typical() < 1 ? typical(left) : left;
        left = cuts.topP() < 1 ? reaching(cuts.topP() * sum(left), left) : left;
        double least = cuts.minP() * weight(0);
        while (weight(left - 1) < least) {
            left--;
        }
        for (int rank = left; rank < size; rank++) {
            weights[(int) order[rank]] = 0;
        }
        return sum(left);
    }

    private double weight(int rank) {
        return weights[(int) order[rank]];
    }

    /** Of the tokens up to a rank. */
    private double sum(int left) {
        double sum = 0;
        for (int rank = 0; rank < left; rank++) {
            sum += weight(rank);
        }
        return sum;
    }

    /** How many of the first tokens have this sum, one at least. */
    private int reaching(double limit, int left) {
        double kept = 0;
        int rank = 0;
        while (rank < left && (rank == 0 || kept < limit)) {
            kept += weight(rank);
            rank++;
        }
        return rank;
    }

    /** Moves the tokens that are as surprising as is to be expected to the first ranks, and returns how many they are. */
    private int typical(int left) {
        double sum = sum(left);
        double entropy = 0;
        for (int rank = 0; rank < left; rank++) {
            double p = weight(rank) / sum;
            entropy -= p > 0 ? p * Math.log(p) : 0;
        }
        if (byTypicality.length < left) {
            byTypicality = new long[left];
            chosen = new long[left];
        }
        for (int rank = 0; rank < left; rank++) {
            // A number that is not negative above, the rank below, sort as plain longs.
            float distance = (float) Math.abs(-Math.log(weight(rank) / sum) - entropy);
            byTypicality[rank] = (long) Float.floatToIntBits(distance) << 32 | rank;
        }
        Arrays.sort(byTypicality, 0, left);
        double limit = cuts.typical() * sum;
        double kept = 0;
        int count = 0;
        while (count < left && (count == 0 || kept < limit)) {
            byTypicality[count] = (int) byTypicality[count];
            kept += weight((int) byTypicality[count]);
            count++;
        }
        // By rank again; what was cut away goes behind, where nobody looks at the order any more.
        Arrays.sort(byTypicality, 0, count);
        moveToFront(count, left);
        return count;
    }

    private void moveToFront(int count, int left) {
        int front = 0;
        int behind = count;
        for (int rank = 0; rank < left; rank++) {
            boolean isChosen = front < count && byTypicality[front] == rank;
            chosen[isChosen ? front++ : behind++] = order[rank];
        }
        System.arraycopy(chosen, 0, order, 0, left);
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
