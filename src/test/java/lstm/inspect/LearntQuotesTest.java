package lstm.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import lstm.batch.BatchShape;
import lstm.kernel.Workers;
import lstm.model.Activation;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.optimize.Schedule;
import lstm.text.Corpus;
import lstm.text.Sources;
import lstm.text.Unit;
import lstm.train.Trainer;
import lstm.train.TrainingConfig;
import lstm.train.TrainingData;
import lstm.train.TrainingLength;
import lstm.train.TrainingListener;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever foresees a text in which letters are others inside quotations than outside has to know where it is. */
class LearntQuotesTest {

    private static final TrainingConfig CONFIG = new TrainingConfig(
            new BatchShape(8, 40),
            new TrainingLength(null, 300L, null),
            new Schedule(Schedule.Shape.COSINE, 0.02, 0.02, 20),
            1,
            0,
            0.1,
            300,
            1);

    /** Words of a to e outside of straight quotation marks and of v to z inside: at a blank, the last mark is what tells. */
    private static String text() {
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder text = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < 12_000; i++) {
            if (random.nextInt(6) == 0) {
                text.append('"');
                inside = !inside;
            }
            char first = inside ? 'v' : 'a';
            random.ints(1 + random.nextInt(3), first, first + 5).forEach(text::appendCodePoint);
            text.append(random.nextInt(10) == 0 ? '\n' : ' ');
        }
        return text.toString();
    }

    private static Corpus corpus() {
        ByteArrayInputStream in = new ByteArrayInputStream(text().getBytes(StandardCharsets.UTF_8));
        return Corpus.read(Sources.of(List.of(Sources.STANDARD_INPUT), in), Unit.CHARACTER);
    }

    @ParameterizedTest
    @EnumSource
    void aUnitKnowsThatItIsInsideAndNoneFollowsWhatIsNotThere(Cell cell) {
        Corpus corpus = corpus();
        try (Workers workers = Planted.workers()) {
            ModelConfig config = new ModelConfig(cell, corpus.vocabulary().size(), 16, 1, 0, 0);
            LanguageModel model = LanguageModel.initialized(config, 1, workers);
            InspectedText text = new InspectedText(corpus.vocabulary(), corpus.tokens());
            double before = strongest(model, text);

            new Trainer(model, TrainingData.of(corpus, CONFIG), CONFIG).run(new TrainingListener() {}, () -> false);

            assertThat(strongest(model, text)).isGreaterThan(0.85);
            assertThat(before).isLessThan(0.7);
        }
    }

    /** The largest |r| with being inside quotation marks; there are no brackets and no digits to be followed. */
    private static double strongest(LanguageModel model, InspectedText text) {
        List<TextFeature> features = List.of(TextFeature.QUOTES, TextFeature.BRACKETS, TextFeature.DIGITS);
        Activation memory = Activation.of(model.config().cell()).get(0);
        Correlations correlations = new Correlations(model.config(), memory, text, features, 0);
        new ActivationReader(model).read(text.tokens(), correlations);

        assertThat(correlations.ranked(TextFeature.BRACKETS)).isEmpty();
        assertThat(correlations.ranked(TextFeature.DIGITS)).isEmpty();
        return Math.abs(correlations.ranked(TextFeature.QUOTES).get(0).coefficient());
    }
}
