package lstm.generate;

/**
 * How text is drawn from a model: repetitions are made less likely, the temperature is applied, then the cuts.
 *
 * @param repetition what makes repetitions less likely
 * @param temperature divides the logits
 * @param cuts which tokens are drawn from
 * @param length how many tokens
 */
public record SamplingSettings(Repetition repetition, Temperature temperature, Cuts cuts, long length) {

    /** What a user gets who says nothing. */
    public static final SamplingSettings DEFAULT =
            new SamplingSettings(Repetition.NONE, Temperature.of(0.8), Cuts.NONE, 500);

    /** The length for records of a list, which end by themselves. */
    public static final long LIST_LENGTH = 10_000;

    /**
     * Checks the length.
     *
     * @throws IllegalArgumentException where it is negative
     */
    public SamplingSettings {
        Cuts.check(length >= 0, "a length of 0 or more", length);
    }

    /** A sampler that draws the tokens of one text so, apart from repetitions. */
    public Sampler sampler() {
        return Sampler.of(temperature, cuts, length);
    }

    /** The same with repetitions made less likely in another way. */
    public SamplingSettings withRepetition(Repetition value) {
        return new SamplingSettings(value, temperature, cuts, length);
    }

    /** The same at another temperature. */
    public SamplingSettings withTemperature(Temperature value) {
        return new SamplingSettings(repetition, value, cuts, length);
    }

    /** The same with other cuts. */
    public SamplingSettings withCuts(Cuts value) {
        return new SamplingSettings(repetition, temperature, value, length);
    }

    /** The same with another length. */
    public SamplingSettings withLength(long value) {
        return new SamplingSettings(repetition, temperature, cuts, value);
    }
}
