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
 * @param bestOf of how many completions the likeliest is taken
 * @param beam how wide the search for the likeliest completion is; 0 draws instead
 * @param adapts whether the model learns from what the person writes
 */
record Settings(SamplingSettings sampling, TextRules rules, OptionalLong seed, int bestOf, int beam, boolean adapts) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException where one is out of range
     */
    Settings {
        if (bestOf < 1) {
            throw new IllegalArgumentException("expected a best-of of 1 or more, found " + bestOf);
        }
        if (beam < 0) {
            throw new IllegalArgumentException("expected a beam of 1 or more, or off, found " + beam);
        }
    }

    /** Completions drawn one by one, which keep to nothing. */
    static Settings of(SamplingSettings sampling, OptionalLong seed) {
        return new Settings(sampling, TextRules.NONE, seed, 1, 0, false);
    }

    Settings withSampling(SamplingSettings value) {
        return new Settings(value, rules, seed, bestOf, beam, adapts);
    }

    Settings withRules(TextRules value) {
        return new Settings(sampling, value, seed, bestOf, beam, adapts);
    }

    Settings withSeed(OptionalLong value) {
        return new Settings(sampling, rules, value, bestOf, beam, adapts);
    }

    Settings withAdapts(boolean value) {
        return new Settings(sampling, rules, seed, bestOf, beam, value);
    }

    Settings withBestOf(int value) {
        return new Settings(sampling, rules, seed, value, beam, adapts);
    }

    Settings withBeam(int value) {
        return new Settings(sampling, rules, seed, bestOf, value, adapts);
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
