package lstm.page;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import lstm.checkpoint.Checkpoint;
import lstm.generate.Cuts;
import lstm.generate.Draft;
import lstm.generate.Drafting;
import lstm.generate.Repetition;
import lstm.generate.SamplingSettings;
import lstm.generate.Temperature;
import lstm.generate.TextGenerator;
import lstm.generate.TextRules;
import lstm.model.LanguageModel;
import lstm.text.Records;
import lstm.text.Tokenizer;

/** What a model writes: with the same seed, temperature and length the text of {@code lstm sample}. */
final class SampleTexts {

    private final Checkpoint checkpoint;
    private final TextGenerator generator;
    private final Tokenizer tokenizer;

    SampleTexts(Checkpoint checkpoint, LanguageModel model) {
        this.checkpoint = checkpoint;
        generator = new TextGenerator(model);
        tokenizer = new Tokenizer(checkpoint.vocabulary());
    }

    /** A text of so many tokens; of a list as many records as have so many together, those of the seeds that follow. */
    String text(double temperature, int length, long seed) {
        if (checkpoint.records() == Records.NONE) {
            return one(temperature, length, seed);
        }
        StringBuilder records = new StringBuilder();
        for (int i = 0; records.length() < length && i < length; i++) {
            records.append(i == 0 ? "" : checkpoint.records().separator()).append(one(temperature, length, seed + i));
        }
        return records.toString();
    }

    private String one(double temperature, int length, long seed) {
        SamplingSettings settings =
                new SamplingSettings(Repetition.NONE, Temperature.of(temperature), Cuts.NONE, length);
        Drafting drafting = TextRules.NONE.drafting(settings, tokenizer, checkpoint.records(), List.of());
        Draft draft = drafting.draft(checkpoint.vocabulary().size());
        SplittableRandom random = new SplittableRandom(seed);
        generator.begin(checkpoint.vocabulary(), checkpoint.records());
        int[] written = new int[length];
        int[] count = {0};
        while (!draft.isComplete()) {
            generator.next(draft, random, token -> written[count[0]++] = token);
        }
        return tokenizer.decode(Arrays.copyOf(written, count[0]));
    }
}
