package lstm.generate;

import java.util.random.RandomGenerator;

/** Picks the next token from unnormalized log-probabilities. */
@FunctionalInterface
public interface Sampler {

    /**
     * Picks a token.
     *
     * @param logits one for every token, at least one of them finite; a sampler may overwrite them
     * @param random where chance comes from
     * @return the index of the token
     */
    int sample(float[] logits, RandomGenerator random);

    /**
     * The sampler of these settings: temperature first, then top-k, then top-p of what is left, then a draw.
     *
     * @param temperature divides the logits; 0 always takes the likeliest token
     * @param topK how many of the likeliest tokens are left; 0 leaves all
     * @param topP the likeliest tokens are left until their probabilities add up to this; 1 leaves all (Holtzman et al.,
     *     2020)
     * @throws IllegalArgumentException where a setting is out of range
     */
    static Sampler of(double temperature, int topK, double topP) {
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("expected a temperature of 0 or more, found " + temperature);
        }
        if (topK < 0) {
            throw new IllegalArgumentException("expected a top-k of 0 (all) or more, found " + topK);
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("expected a top-p above 0 and up to 1, found " + topP);
        }
        return temperature == 0
                ? (logits, random) -> likeliest(logits)
                : new TemperatureSampler(temperature, topK, topP);
    }

    /** The token with the largest logit, the first of equals. */
    static int likeliest(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            if (logits[i] > logits[best]) {
                best = i;
            }
        }
        return best;
    }
}
