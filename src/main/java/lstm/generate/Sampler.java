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
     * The sampler of these settings: the temperature first, then the cuts, then a draw.
     *
     * @param temperature divides the logits; 0 always takes the likeliest token
     * @param cuts what is not drawn from
     * @throws IllegalArgumentException where the temperature is out of range
     */
    static Sampler of(double temperature, Cuts cuts) {
        return of(Temperature.of(temperature), cuts, 0);
    }

    /**
     * The same at a temperature that changes from token to token of one text.
     *
     * @param length tokens of the text; the temperature stays what it is behind them
     */
    static Sampler of(Temperature temperature, Cuts cuts, long length) {
        return new TemperatureSampler(temperature, cuts, length);
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
