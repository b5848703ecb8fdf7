package lstm.cli;

import java.util.SplittableRandom;
import lstm.generate.Sampler;
import lstm.generate.SamplingSettings;
import lstm.generate.TextGenerator;
import lstm.model.LanguageModel;
import lstm.text.Records;
import lstm.text.Tokenizer;
import org.jspecify.annotations.Nullable;

/** Writes with a model between two steps of its training, of which it changes nothing. */
final class SampleWriter {

    private static final int LENGTH = 300;

    private final LanguageModel model;
    private final Tokenizer tokenizer;
    private final Records records;
    private @Nullable TextGenerator generator;

    SampleWriter(LanguageModel model, Tokenizer tokenizer, Records records) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.records = records;
    }

    /** A text of the model as it is now; the step is the seed. */
    String at(long step) {
        if (generator == null) {
            generator = new TextGenerator(model);
        }
        generator.begin(tokenizer.vocabulary(), records);
        SplittableRandom random = new SplittableRandom(step);
        Sampler sampler = SamplingSettings.DEFAULT.sampler();
        int[] tokens = new int[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            tokens[i] = generator.next(sampler, random);
        }
        return tokenizer.decode(tokens);
    }
}
