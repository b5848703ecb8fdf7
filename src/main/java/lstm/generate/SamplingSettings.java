package lstm.generate;

/**
 * How text is drawn from a model.
 *
 * @param temperature divides the logits; 0 always takes the likeliest token
 * @param cuts which tokens are drawn from
 * @param length how many tokens
 */
public record SamplingSettings(double temperature, Cuts cuts, long length) {

    /** What a user gets who says nothing. */
    public static final SamplingSettings DEFAULT = new SamplingSettings(0.8, Cuts.NONE, 500);

    /**
     * Checks every number.
     *
     * @throws IllegalArgumentException where one is out of range
     */
    public SamplingSettings {
        Sampler.of(temperature, cuts);
        if (length < 0) {
            throw new IllegalArgumentException("expected a length of 0 or more, found " + length);
        }
    }

    /** A sampler that draws so. */
    public Sampler sampler() {
        return Sampler.of(temperature, cuts);
    }

    /** The same at another temperature. */
    public SamplingSettings withTemperature(double value) {
        return new SamplingSettings(value, cuts, length);
    }

    /** The same with other cuts. */
    public SamplingSettings withCuts(Cuts value) {
        return new SamplingSettings(temperature, value, length);
    }

    /** The same with another length. */
    public SamplingSettings withLength(long value) {
        return new SamplingSettings(temperature, cuts, value);
    }
}
