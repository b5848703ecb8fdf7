package lstm.repl;

import java.util.List;
import java.util.OptionalLong;
import lstm.generate.Drafting;
import lstm.generate.SamplingSettings;
import lstm.generate.Temperature;
import lstm.generate.TextRules;
import lstm.text.Records;
import lstm.text.Tokenizer;

/**
 * What a person has set in a session.
 *
 * @param sampling how completions are drawn
 * @param rules what they keep to
 * @param seed of every completion; absent for a new one each time
 * @param adapts whether the model learns from what the person writes
 */
record Settings(SamplingSettings sampling, TextRules rules, OptionalLong seed, boolean adapts) {

    Settings withSampling(SamplingSettings value) {
        return new Settings(value, rules, seed, adapts);
    }

    Settings withRules(TextRules value) {
        return new Settings(sampling, value, seed, adapts);
    }

    Settings withSeed(OptionalLong value) {
        return new Settings(sampling, rules, value, adapts);
    }

    Settings withAdapts(boolean value) {
        return new Settings(sampling, rules, seed, value);
    }

    /** The same, but always with the likeliest token, for so many at least. */
    Settings likeliest(long length) {
        return withSampling(
                sampling.withTemperature(Temperature.of(0)).withLength(Math.max(length, sampling.length())));
    }

    /**
     * How a model's completions are made.
     *
     * @throws IllegalArgumentException in one line, where it cannot make any
     */
    Drafting drafting(Tokenizer tokenizer) {
        return rules.drafting(sampling, tokenizer, Records.NONE, List.of());
    }
}
