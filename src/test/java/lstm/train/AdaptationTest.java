package lstm.train;

import static lstm.kernel.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lstm.generate.TextGenerator;
import lstm.kernel.BothKernels;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.text.Tokens;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@BothKernels
class AdaptationTest {

    private static final int VOCABULARY = 11;
    private static final int HIDDEN = 17;
    private static final ModelConfig CONFIG = new ModelConfig(Cell.LSTM, VOCABULARY, HIDDEN, 2, 0, 0);
    /** Of a segment, as the class says. */
    private static final int SEGMENT = 20;
    /** For models that know nothing yet. */
    private static final double QUICK = 0.02;

    private final KernelChoice.Request kernel;
    private final Workers workers;

    AdaptationTest(KernelChoice.Request kernel) {
        this.kernel = kernel;
        workers = Trainings.workers(kernel, 1);
    }

    @AfterEach
    void closeWorkers() {
        workers.close();
    }

    private static Stream<ModelConfig> everyKind() {
        return Stream.of(Cell.values())
                .map(cell -> new ModelConfig(cell, VOCABULARY, HIDDEN, 2, 0, 0))
                .flatMap(config -> Stream.of(
                        config,
                        config.withEmbedding(5, false).withDropout(0.5f, 0.5f),
                        config.withEmbedding(HIDDEN, true).withAttention(30)));
    }

    private LanguageModel model(ModelConfig config) {
        return LanguageModel.initialized(config, 3, workers);
    }

    private static int[] text(int length) {
        return new Random(length).ints(length, 0, VOCABULARY).toArray();
    }

    /** Seven tokens over and over. */
    private static int[] repetitive(int length) {
        return IntStream.range(0, length).map(i -> i % 7).toArray();
    }

    private static List<float[]> weights(LanguageModel model) {
        return model.parameters().stream().map(p -> p.value().data.clone()).toList();
    }

    private static void assertSameWeights(LanguageModel model, List<float[]> expected) {
        for (int i = 0; i < expected.size(); i++) {
            assertSameBits(
                    model.parameters().get(i).value().data,
                    expected.get(i),
                    model.parameters().get(i).name());
        }
    }

    /** The sum of the losses of a text that is read in pieces of this many tokens. */
    private static double read(Adaptation adaptation, int[] text, int piece) {
        double sum = 0;
        for (int from = 0; from < text.length; from += piece) {
            int[] tokens = Arrays.copyOfRange(text, from, Math.min(from + piece, text.length));
            Evaluator.Result result = adaptation.read(tokens);
            sum += result.predictions() == 0 ? 0 : result.nats() * result.predictions();
        }
        return sum;
    }

    /** Bit for bit: a column of a window's matrices depends on no other, and the losses are summed in the order of the text. */
    @ParameterizedTest(name = "{0} tokens")
    @ValueSource(ints = {2, 3, 20, 21, 22, 41, 300})
    void whoLearnsNothingForeseesWhatTheModelForesees(int length) {
        Tokens text = Tokens.of(text(length));
        everyKind().forEach(config -> {
            LanguageModel model = model(config);
            Evaluator.Result expected = new Evaluator(model).evaluate(text);

            assertThat(new Adaptation(model, 0).read(text(length)))
                    .as(config.description())
                    .isEqualTo(expected);
        });
    }

    /** The sums of pieces are means of floats times their number: each product is rounded by 2^-53 of it. */
    @ParameterizedTest(name = "{0} at a time")
    @ValueSource(ints = {1, 7, 19, 33})
    void aTextMayComeInPieces(int piece) {
        int[] text = text(100);
        everyKind().forEach(config -> {
            LanguageModel model = model(config);
            double expected =
                    99 * new Evaluator(model).evaluate(Tokens.of(text)).nats();

            assertThat(read(new Adaptation(model, 0), text, piece))
                    .as(config.description())
                    .isCloseTo(expected, Offset.offset(1e-12 * expected));
        });
    }

    /** A generator that reads the same text sees the state go on and the weights change; it is asked before they do. */
    @Test
    void everySegmentIsForeseenByTheModelAsItWasBefore() {
        int[] text = text(5 * SEGMENT + 1);
        everyKind().forEach(config -> {
            LanguageModel model = model(config);
            Adaptation adaptation = new Adaptation(model, QUICK);
            TextGenerator generator = new TextGenerator(model);
            adaptation.read(text[0]);
            for (int from = 0; from < text.length - 1; from += SEGMENT) {
                double sum = 0;
                for (int i = from; i < from + SEGMENT; i++) {
                    generator.read(text[i]);
                    sum -= generator.logProbabilities()[text[i + 1]];
                }
                List<float[]> before = weights(model);

                Evaluator.Result result = adaptation.read(Arrays.copyOfRange(text, from + 1, from + SEGMENT + 1));

                assertThat(result.predictions()).isEqualTo(SEGMENT);
                // The losses are floats of a few nats, each rounded by 2^-22 at most.
                assertThat(result.nats()).as(config.description()).isCloseTo(sum / SEGMENT, Offset.offset(1e-6));
                assertThat(weights(model).get(0)).isNotEqualTo(before.get(0));
            }
        });
    }

    /** What comes later cannot have been seen where it has not been given yet. */
    @Test
    void aTextInOnePieceIsForeseenAsWellAsSegmentBySegment() {
        int[] text = text(7 * SEGMENT + 1);
        Adaptation whole = new Adaptation(model(CONFIG), QUICK);
        Adaptation segments = new Adaptation(model(CONFIG), QUICK);
        List<Long> progress = new ArrayList<>();

        Evaluator.Result result = whole.read(Evaluator.Source.of(Tokens.of(text)), progress::add);

        segments.read(text[0]);
        double sum = read(segments, Arrays.copyOfRange(text, 1, text.length), SEGMENT);
        assertThat(result.nats() * result.predictions()).isCloseTo(sum, Offset.offset(1e-12 * sum));
        assertThat(progress).containsExactly(20L, 40L, 60L, 80L, 100L, 120L, 140L);
    }

    @Test
    void whatRepeatsItselfIsForeseenMoreAndMore() {
        everyKind().forEach(config -> learnsWhatRepeatsItself(config, 301));
    }

    @ParameterizedTest(name = "{0} at a time")
    @ValueSource(ints = {3, 20})
    void soItIsWhereItComesInPieces(int piece) {
        learnsWhatRepeatsItself(CONFIG, piece);
        learnsWhatRepeatsItself(CONFIG.withAttention(30), piece);
    }

    private void learnsWhatRepeatsItself(ModelConfig config, int piece) {
        Adaptation adaptation = new Adaptation(model(config), QUICK);
        double first = read(adaptation, repetitive(301), piece) / 300;
        double second = read(adaptation, repetitive(301), piece) / 300;
        double third = read(adaptation, repetitive(301), piece) / 300;

        assertThat(second).as(config.description()).isLessThan(first);
        // A token in seven would be foreseen at ln 7, 1.9 nats, by who knows which they are and nothing of their order.
        assertThat(third).as(config.description()).isLessThan(second).isLessThan(1);
    }

    @Test
    void nothingIsDroppedWhateverTheModelIsTrainedWith() {
        ModelConfig dropping = CONFIG.withDropout(0.5f, 0.5f);
        LanguageModel expected = model(CONFIG);
        LanguageModel found = model(dropping);
        found.newTrainingWindow(2, 3);

        assertThat(new Adaptation(found, QUICK).read(text(100)))
                .isEqualTo(new Adaptation(expected, QUICK).read(text(100)));
        assertSameWeights(found, weights(expected));
    }

    @Test
    void whatWasLearntIsForgottenToTheLastBit() {
        everyKind().forEach(config -> {
            LanguageModel model = model(config);
            List<float[]> original = weights(model);
            Evaluator.Result plain = new Evaluator(model).evaluate(Tokens.of(text(77)));
            Adaptation adaptation = new Adaptation(model, QUICK);
            Evaluator.Result first = adaptation.read(text(77));
            List<float[]> learnt = weights(model);

            adaptation.forget();

            assertSameWeights(model, original);
            assertThat(new Evaluator(model).evaluate(Tokens.of(text(77)))).isEqualTo(plain);
            assertThat(adaptation.read(text(77))).as(config.description()).isEqualTo(first);
            assertSameWeights(model, learnt);
        });
    }

    @Test
    void aNewTextBeginsWithWhatWasLearntAndNothingThatWasRead() {
        LanguageModel model = model(CONFIG);
        Adaptation adaptation = new Adaptation(model, QUICK);
        Evaluator.Result untaught = new Evaluator(model).evaluate(Tokens.of(repetitive(21)));
        adaptation.read(repetitive(303));
        Evaluator.Result expected = new Evaluator(model).evaluate(Tokens.of(repetitive(21)));

        adaptation.begin();

        assertThat(adaptation.read(repetitive(21))).isEqualTo(expected);
        assertThat(expected.nats()).isLessThan(untaught.nats());
    }

    @ParameterizedTest(name = "{0} threads")
    @ValueSource(ints = {2, 3})
    void theNumberOfThreadsChangesNoBit(int threads) {
        try (Workers others = Trainings.workers(kernel, threads)) {
            everyKind().forEach(config -> {
                LanguageModel expected = model(config);
                LanguageModel found = LanguageModel.initialized(config, 3, others);

                assertThat(new Adaptation(found, QUICK).read(text(130)))
                        .as(config.description())
                        .isEqualTo(new Adaptation(expected, QUICK).read(text(130)));
                assertSameWeights(found, weights(expected));
            });
        }
    }

    @Test
    void noRateMakesAnythingButNumbers() {
        everyKind().forEach(config -> {
            LanguageModel model = model(config);

            Evaluator.Result result = new Adaptation(model, 1).read(text(500));

            assertThat(result.nats()).as(config.description()).isFinite();
            assertThat(weights(model)).allSatisfy(values -> {
                for (float value : values) {
                    assertThat(value).isFinite();
                }
            });
        });
    }

    /** Their gradient is none. */
    @Test
    void weightsThatAreNoNumbersStayAsTheyAre() {
        LanguageModel model = model(CONFIG);
        model.parameters().get(0).value().data[0] = Float.NaN;
        model.weightsChanged();
        List<float[]> before = weights(model);

        new Adaptation(model, QUICK).read(new int[50]);

        assertSameWeights(model, before);
    }

    @ParameterizedTest(name = "{0} tokens")
    @ValueSource(ints = {0, 1})
    void aTextWithoutAPredictionTeachesNothing(int length) {
        LanguageModel model = model(CONFIG);
        List<float[]> before = weights(model);

        Evaluator.Result result = new Adaptation(model, QUICK).read(text(length));

        assertThat(result.predictions()).isZero();
        assertThat(result.nats()).isNaN();
        assertSameWeights(model, before);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
    void aRateThatIsNoneIsRefused(double rate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Adaptation(model(CONFIG), rate))
                .withMessage("expected a rate from 0 to 1, found " + rate);
    }
}
