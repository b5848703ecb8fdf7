package lstm.generate;

/**
 * How text is drawn from a model.
 *
 * @param temperature divides the logits; 0 always takes the likeliest token
 * @param topK only the likeliest k tokens are drawn; 0 is all of them
 * @param topP only the likeliest tokens whose probabilities add up to p are drawn; 1 is all of them
 * @param length how many tokens
 */
public record SamplingSettings(double temperature, int topK, double topP, long length) {

    /** What a user gets who says nothing. */
    public static final SamplingSettings DEFAULT = new SamplingSettings(0.8, 0, 1, 500);

    /**
     * Checks every number.
     *
     * @throws IllegalArgumentException where one is out of range
     */
    public SamplingSettings {
        Sampler.of(temperature, topK, topP);
        if (length < 0) {
            throw new IllegalArgumentException("expected a length of 0 or more, found " + length);
        }
    }

    /** A sampler that draws so. */
    public Sampler sampler() {
        return Sampler.of(temperature, topK, topP);
    }

    /** The same at another temperature. */
    public SamplingSettings withTemperature(double value) {
        return new SamplingSettings(value, topK, topP, length);
    }

    /** The same with another top-k. */
    public SamplingSettings withTopK(int value) {
        return new SamplingSettings(temperature, value, topP, length);
    }

    /** The same with another top-p. */
    public SamplingSettings withTopP(double value) {
        return new SamplingSettings(temperature, topK, value, length);
    }

    /** The same with another length. */
    public SamplingSettings withLength(long value) {
        return new SamplingSettings(temperature, topK, topP, value);
    }
}
