package lstm.model;

import static java.util.Objects.requireNonNull;
import static lstm.kernel.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ojalgo.matrix.store.R032Store;

/** What a model does beside its arithmetic, which NaiveReferenceTest holds. */
class LanguageModelTest {

    private static final int V = 5;
    private static final int H = 16;
    private static final ModelConfig CONFIG = new ModelConfig(Cell.LSTM, V, H, 2, 0, 0);
    private static final ModelConfig WITH_DROPOUT = new ModelConfig(Cell.LSTM, V, H, 2, 0.5f, 0.5f);

    private final Workers workers =
            new Workers(2, KernelChoice.of(KernelChoice.Request.AUTO).kernels());

    @AfterEach
    void close() {
        workers.close();
    }

    private LanguageModel model(ModelConfig config, long seed) {
        return LanguageModel.initialized(config, seed, workers);
    }

    private static Window withTokens(Window window) {
        Random random = new Random(1);
        for (int j = 0; j < window.inputs().length; j++) {
            window.inputs()[j] = random.nextInt(V);
            window.targets()[j] = random.nextInt(V);
        }
        return window;
    }

    @Test
    void newWeightsFillTheirBoundsAndNewBiasesAreZero() {
        for (ModelConfig config : List.of(
                CONFIG, CONFIG.withEmbedding(7, false), CONFIG.withEmbedding(H, true), CONFIG.withAttention(3))) {
            assertInitialized(config);
        }
    }

    private void assertInitialized(ModelConfig config) {
        for (Parameter parameter : model(config, 1).parameters()) {
            String name = parameter.name();
            boolean ofTokens = name.equals("embedding.weight")
                    || (name.equals("lstm.weight_ih_l0") && config.embedding() == 0)
                    || name.equals("attention.query.weight");
            double bound = ofTokens ? 1 : 1 / Math.sqrt(H);
            double largest = IntStream.range(0, parameter.size())
                    .mapToDouble(i -> Math.abs(parameter.value().data[i]))
                    .max()
                    .orElseThrow();
            if (isBias(parameter)) {
                assertThat(largest).as(parameter.name()).isZero();
            } else {
                assertThat(largest).as(parameter.name()).isBetween(0.9 * bound, bound);
            }
        }
    }

    @Test
    void theSeedDecidesTheWeights() {
        double loss = model(CONFIG, 1).loss(withTokens(model(CONFIG, 1).newWindow(2, 3)));

        assertThat(model(CONFIG, 1).loss(withTokens(model(CONFIG, 1).newWindow(2, 3))))
                .isEqualTo(loss);
        assertThat(model(CONFIG, 2).loss(withTokens(model(CONFIG, 2).newWindow(2, 3))))
                .isNotEqualTo(loss);
    }

    private static boolean isBias(Parameter parameter) {
        return parameter.name().contains("bias");
    }

    @Test
    void changedWeightsAreSeenByBothPassesOnceTheyAreAnnounced() {
        LanguageModel changed = model(CONFIG, 1);
        LanguageModel fresh = model(CONFIG, 2);
        fresh.parameters().stream()
                .filter(LanguageModelTest::isBias)
                .forEach(bias -> Arrays.fill(bias.value().data, 0.25f));
        trainOnce(changed);

        for (int i = 0; i < changed.parameters().size(); i++) {
            R032Store from = fresh.parameters().get(i).value();
            System.arraycopy(from.data, 0, changed.parameters().get(i).value().data, 0, from.data.length);
        }
        changed.weightsChanged();

        assertThat(trainOnce(changed)).isEqualTo(trainOnce(fresh));
        for (int i = 0; i < changed.parameters().size(); i++) {
            Parameter expected = fresh.parameters().get(i);
            assertSameBits(changed.parameters().get(i).gradient().data, expected.gradient().data, expected.name());
        }
    }

    @Test
    void readingFirstMakesNoDifferenceToATraining() {
        LanguageModel read = model(CONFIG, 1);
        LanguageModel fresh = model(CONFIG, 1);
        read.forward(withTokens(read.newWindow(2, 3)));

        assertThat(trainOnce(read)).isEqualTo(trainOnce(fresh));
        for (int i = 0; i < read.parameters().size(); i++) {
            Parameter expected = fresh.parameters().get(i);
            assertSameBits(read.parameters().get(i).gradient().data, expected.gradient().data, expected.name());
        }
    }

    private static double trainOnce(LanguageModel model) {
        return trainOnce(model, 0);
    }

    private static double trainOnce(LanguageModel model, long key) {
        Window window = withTokens(model.newTrainingWindow(2, 3));
        window.dropoutKey(key);
        double loss = model.loss(window);
        model.backward(window);
        return loss;
    }

    @Test
    void everyLayerAndEveryKeyHasADropoutMaskOfItsOwn() {
        LanguageModel model = model(WITH_DROPOUT, 1);
        Window window = withTokens(model.newTrainingWindow(4, 8));

        float[] lower = mask(model, window, 7, 0);
        float[] upper = mask(model, window, 7, 1);

        assertThat(lower).isNotEqualTo(upper).isNotEqualTo(mask(model, window, 8, 0));
        assertThat(upper).isNotEqualTo(mask(model, window, 8, 1));
        assertSameBits(mask(model, window, 7, 0), lower, "the same key");
    }

    private static float[] mask(LanguageModel model, Window window, long key, int layer) {
        window.dropoutKey(key);
        model.loss(window);
        return requireNonNull(window.layer(layer).training().dropped())
                .mask()
                .data
                .clone();
    }

    @Test
    void droppedRecurrentWeightsAreZeroForAWholeWindow() {
        LanguageModel model = model(new ModelConfig(Cell.LSTM, V, H, 2, 0, 0.5f), 1);
        LanguageModel zeroed = model(CONFIG, 1);
        // The first window's masks are not the second's.
        trainOnce(model, 6);
        double loss = trainOnce(model, 7);
        for (int l = 0; l < 2; l++) {
            multiplyElements(
                    zeroed.layer(l).recurrent().parameter().value(),
                    model.layer(l).recurrent().mask());
        }
        zeroed.weightsChanged();

        assertThat(loss).isEqualTo(trainOnce(zeroed, 7));
        for (int l = 0; l < 2; l++) {
            multiplyElements(
                    zeroed.layer(l).recurrent().parameter().gradient(),
                    model.layer(l).recurrent().mask());
        }
        for (int i = 0; i < model.parameters().size(); i++) {
            Parameter expected = zeroed.parameters().get(i);
            assertSameBits(model.parameters().get(i).gradient().data, expected.gradient().data, expected.name());
        }
    }

    @Test
    void everyLayerAndEveryWindowDropsOtherRecurrentWeights() {
        LanguageModel model = model(WITH_DROPOUT, 1);
        trainOnce(model, 7);
        float[] lower = model.layer(0).recurrent().mask().data.clone();
        float[] upper = model.layer(1).recurrent().mask().data.clone();

        assertThat(lower).isNotEqualTo(upper).containsOnly(0, 2);
        trainOnce(model, 8);
        assertThat(model.layer(0).recurrent().mask().data).isNotEqualTo(lower);
        trainOnce(model, 7);
        assertSameBits(model.layer(0).recurrent().mask().data, lower, "the same key");
    }

    private static void multiplyElements(R032Store a, R032Store b) {
        for (int i = 0; i < a.data.length; i++) {
            a.data[i] *= b.data[i];
        }
    }

    @Test
    void readingKnowsNoDropout() {
        double loss =
                model(WITH_DROPOUT, 1).loss(withTokens(model(WITH_DROPOUT, 1).newWindow(4, 8)));

        assertThat(loss)
                .isEqualTo(model(CONFIG, 1).loss(withTokens(model(CONFIG, 1).newWindow(4, 8))));
        assertThat(loss).isNotEqualTo(trainOnce(model(WITH_DROPOUT, 1)));
    }

    /** Nor what another window of the same model has dropped. */
    @Test
    void anUndroppedWindowKnowsNoDropoutEither() {
        LanguageModel dropping = model(WITH_DROPOUT, 1);
        LanguageModel whole = model(CONFIG, 1);
        Window undropped = dropping.newUndroppedWindow(2, 3);
        for (int i = 0; i < 2; i++) {
            double loss = dropping.loss(withTokens(undropped));
            dropping.backward(undropped);
            undropped.resetState();

            assertThat(loss).isEqualTo(trainOnce(whole));
            for (int p = 0; p < whole.parameters().size(); p++) {
                Parameter expected = whole.parameters().get(p);
                assertSameBits(dropping.parameters().get(p).gradient().data, expected.gradient().data, expected.name());
            }
            trainOnce(dropping, 7);
        }
    }

    @Test
    void lossAndGradientsAtOnceAreThoseOfTwoPasses() {
        LanguageModel apart = model(WITH_DROPOUT, 3);
        LanguageModel atOnce = model(WITH_DROPOUT, 3);
        Window window = withTokens(atOnce.newTrainingWindow(2, 3));
        window.dropoutKey(5);

        assertThat(atOnce.lossAndGradients(window)).isEqualTo(trainOnce(apart, 5));
        for (int p = 0; p < apart.parameters().size(); p++) {
            Parameter expected = apart.parameters().get(p);
            assertSameBits(atOnce.parameters().get(p).gradient().data, expected.gradient().data, expected.name());
        }
    }

    @Test
    void aWindowForReadingHasNoGradients() {
        LanguageModel model = model(CONFIG, 1);
        Window window = withTokens(model.newWindow(2, 3));
        model.loss(window);

        for (Consumer<Window> pass : List.<Consumer<Window>>of(model::backward, model::lossAndGradients)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> pass.accept(window))
                    .withMessage("expected a window for training");
        }
    }

    @Test
    void weightsHaveTheNamesAndShapesOfPyTorch() {
        Map<String, R032Store> weights = model(CONFIG, 1).weights();

        assertThat(weights.keySet())
                .containsExactlyInAnyOrder(
                        "lstm.weight_ih_l0",
                        "lstm.weight_hh_l0",
                        "lstm.bias_ih_l0",
                        "lstm.bias_hh_l0",
                        "lstm.weight_ih_l1",
                        "lstm.weight_hh_l1",
                        "lstm.bias_ih_l1",
                        "lstm.bias_hh_l1",
                        "decoder.weight",
                        "decoder.bias");
        assertShape(weights, "lstm.weight_ih_l0", 4 * H, V);
        assertShape(weights, "lstm.weight_hh_l0", 4 * H, H);
        assertShape(weights, "lstm.bias_hh_l0", 4 * H, 1);
        assertShape(weights, "lstm.weight_ih_l1", 4 * H, H);
        assertShape(weights, "decoder.weight", V, H);
        assertThat(tensor(weights, "lstm.bias_hh_l1").data).containsOnly(0);
        assertThat(model(CONFIG, 1).size()).isEqualTo(64 * 5 + 64 * 16 + 64 + 64 * 16 + 64 * 16 + 64 + 5 * 16 + 5);
    }

    private static void assertShape(Map<String, R032Store> weights, String name, int rows, int columns) {
        assertThat(tensor(weights, name).getRowDim()).as("rows of %s", name).isEqualTo(rows);
        assertThat(tensor(weights, name).getColDim()).as("columns of %s", name).isEqualTo(columns);
    }

    @Test
    void loadedWeightsAreTheSavedOnes() {
        LanguageModel saved = model(CONFIG, 1);
        LanguageModel loaded = new LanguageModel(CONFIG, workers);

        loaded.load(saved.weights());

        assertThat(trainOnce(loaded)).isEqualTo(trainOnce(saved));
    }

    @Test
    void aSecondBiasIsAddedToTheFirst() {
        Map<String, R032Store> split = model(CONFIG, 1).weights();
        Arrays.fill(tensor(split, "lstm.bias_ih_l1").data, 0.25f);
        Arrays.fill(tensor(split, "lstm.bias_hh_l1").data, 0.5f);
        LanguageModel model = new LanguageModel(CONFIG, workers);

        model.load(split);

        assertThat(tensor(model.weights(), "lstm.bias_ih_l1").data).containsOnly(0.75f);
        assertThat(tensor(model.weights(), "lstm.bias_hh_l1").data).containsOnly(0);
    }

    private static R032Store tensor(Map<String, R032Store> weights, String name) {
        return requireNonNull(weights.get(name), name);
    }

    @ParameterizedTest
    @CsvSource({
        "decoder.bias, 0, 0, missing tensor decoder.bias",
        "gru.weight, 2, 2, unknown tensor gru.weight",
        "decoder.weight, 16, 5, 'the tensor decoder.weight should be 5 x 16, found 16 x 5'",
        "lstm.bias_hh_l0, 63, 1, 'the tensor lstm.bias_hh_l0 should be 64 x 1, found 63 x 1'"
    })
    void weightsOfAnotherModelAreRefusedAndNothingIsTaken(String name, int rows, int columns, String message) {
        Map<String, R032Store> weights = model(CONFIG, 1).weights();
        weights.remove(name);
        if (rows > 0) {
            weights.put(name, R032Store.FACTORY.make(rows, columns));
        }
        LanguageModel model = new LanguageModel(CONFIG, workers);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.load(weights))
                .withMessage(message);
        assertThat(model.parameters())
                .allSatisfy(p -> assertThat(p.value().data).containsOnly(0));
    }

    @Test
    void anExtendedVocabularyKeepsWhatIsKnownOfItsFirstTokens() {
        LanguageModel known = model(CONFIG, 1);
        LanguageModel extended = model(CONFIG.withVocabulary(V + 2), 2);

        extended.loadExtended(known.weights());

        Window expected = withTokens(known.newWindow(2, 3));
        Window found = withTokens(extended.newWindow(2, 3));
        known.forward(expected);
        extended.forward(found);
        for (int j = 0; j < 6; j++) {
            for (int r = 0; r < V; r++) {
                assertThat(found.logits().data[j * (V + 2) + r]).isEqualTo(expected.logits().data[j * V + r]);
            }
        }
    }
}
