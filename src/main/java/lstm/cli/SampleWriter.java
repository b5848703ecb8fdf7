package lstm.cli;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import lstm.generate.Sampler;
import lstm.generate.SamplingSettings;
import lstm.generate.TextGenerator;
import lstm.model.LanguageModel;
import lstm.model.OverflowException;
import lstm.text.Records;
import lstm.text.Tokenizer;
import org.jspecify.annotations.Nullable;

/** Writes with a model between two steps of its training, of which it changes nothing. */
final class SampleWriter {

    private static final int LENGTH = 300;

    private final LanguageModel model;
    private final Tokenizer tokenizer;
    private final Records records;
    private final BooleanSupplier stop;
    private @Nullable TextGenerator generator;

    /** Where {@code stop} says so, a text ends where it is: a large model takes seconds to write one. */
    SampleWriter(LanguageModel model, Tokenizer tokenizer, Records records, BooleanSupplier stop) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.records = records;
        this.stop = stop;
    }

    /** A text of the model as it is now, or why it writes none; the step is the seed. */
    String at(long step) {
        try {
            return write(new SplittableRandom(step));
        } catch (OverflowException e) { // the training will see that, and go back
            return String.valueOf(e.getMessage());
        }
    }

    private String write(SplittableRandom random) {
        if (generator == null) {
            generator = new TextGenerator(model);
        }
        generator.begin(tokenizer.vocabulary(), records);
        Sampler sampler = SamplingSettings.DEFAULT.sampler();
        int[] tokens = new int[LENGTH];
        int length = 0;
        while (length < LENGTH && !stop.getAsBoolean()) {
            tokens[length++] = generator.next(sampler, random);
        }
        return tokenizer.decode(Arrays.copyOf(tokens, length));
    }
}
