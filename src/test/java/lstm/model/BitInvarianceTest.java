package lstm.model;

import static java.util.Objects.requireNonNull;
import static lstm.kernel.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lstm.kernel.BothKernels;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither the number of threads, nor the streams beside a stream, nor the length of windows changes a bit. */
@BothKernels
class BitInvarianceTest {

    private static final int VOCABULARY = 65;

    private final KernelChoice.Request kernel;

    BitInvarianceTest(KernelChoice.Request kernel) {
        this.kernel = kernel;
    }

    private Workers workers(int threads) {
        return new Workers(threads, KernelChoice.of(kernel).kernels());
    }

    @ParameterizedTest(name = "{0} units, {1} streams, dropout {2}")
    @CsvSource({"33, 13, 0", "33, 13, 0.4", "40, 75, 0", "65, 4, 0.4", "100, 3, 0", "3, 2, 0", "3, 2, 0.4", "1, 1, 0.4"
    })
    void anyNumberOfThreadsGivesTheSameLossStateAndGradients(int hidden, int streams, float dropout) {
        for (Cell cell : Cell.values()) {
            compare(new ModelConfig(cell, VOCABULARY, hidden, 2, dropout, dropout), streams);
            compare(new ModelConfig(cell, VOCABULARY, hidden, 2, dropout, dropout).withAttention(9), streams);
            compare(new ModelConfig(cell, VOCABULARY, hidden, 2, dropout, dropout).withEmbedding(17, false), streams);
            compare(
                    new ModelConfig(cell, VOCABULARY, hidden, 2, dropout, dropout).withEmbedding(hidden, true),
                    streams);
        }
    }

    private void compare(ModelConfig config, int streams) {
        Trained expected = trainTwoWindows(1, config, streams);
        for (int threads : new int[] {2, 3, 5}) {
            Trained found = trainTwoWindows(threads, config, streams);

            assertThat(found.losses).isEqualTo(expected.losses);
            expected.results.forEach((name, values) -> assertSameBits(
                    requireNonNull(found.results.get(name)), values, "%s of %d threads".formatted(name, threads)));
        }
    }

    /** What two windows leave, by name and window. */
    private record Trained(List<Double> losses, Map<String, float[]> results) {}

    private Trained trainTwoWindows(int threads, ModelConfig config, int streams) {
        List<Double> losses = new ArrayList<>();
        Map<String, float[]> results = new LinkedHashMap<>();
        try (Workers workers = workers(threads)) {
            LanguageModel model = LanguageModel.initialized(config, 1, workers);
            Window window = model.newTrainingWindow(streams, 7);
            Random random = new Random(2);
            for (int w = 0; w < 2; w++) {
                fill(window.inputs(), random);
                fill(window.targets(), random);
                window.dropoutKey(w);
                losses.add(model.loss(window));
                results.put("losses " + w, window.losses().clone());
                model.backward(window);
                for (Parameter parameter : model.parameters()) {
                    results.put(
                            parameter.name() + " " + w,
                            parameter.gradient().data.clone());
                }
                String suffix = " " + w;
                window.state().matrices().forEach((name, m) -> results.put(name + suffix, m.data.clone()));
            }
        }
        return new Trained(losses, results);
    }

    private static void fill(int[] tokens, Random random) {
        for (int j = 0; j < tokens.length; j++) {
            tokens[j] = random.nextInt(VOCABULARY);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17, 33, 64})
    void aStreamReadStepByStepAloneGivesTheBitsOfAWindowOfMany(int hidden) {
        for (Cell cell : Cell.values()) {
            try (Workers workers = workers(2)) {
                ModelConfig config = new ModelConfig(cell, VOCABULARY, hidden, 2, 0, 0);
                readAloneAndTogether(LanguageModel.initialized(config, 1, workers));
            }
        }
    }

    /** Of two units and more: ojAlgo sums a row's products in another order than those of a matrix with more rows. */
    @ParameterizedTest
    @ValueSource(ints = {2, 17, 33, 64})
    void soDoesOneThatAttendsToItsPast(int hidden) {
        for (Cell cell : Cell.values()) {
            try (Workers workers = workers(2)) {
                ModelConfig config = new ModelConfig(cell, VOCABULARY, hidden, 2, 0, 0).withAttention(5);
                readAloneAndTogether(LanguageModel.initialized(config, 1, workers));
            }
        }
    }

    private static void readAloneAndTogether(LanguageModel model) {
        int streams = 13;
        int steps = 41;
        Window all = model.newWindow(streams, steps);
        fill(all.inputs(), new Random(3));
        model.forward(all);

        for (int b = 0; b < streams; b++) {
            Window one = model.newWindow(1, 1);
            for (int t = 0; t < steps; t++) {
                one.inputs()[0] = all.inputs()[t * streams + b];
                model.forward(one);
                assertSameBits(
                        one.logits().data,
                        column(all, t * streams + b),
                        "logits of stream %d at step %d, %s".formatted(b, t, model.config()));
            }
        }
    }

    private static float[] column(Window window, int column) {
        float[] values = new float[VOCABULARY];
        System.arraycopy(window.logits().data, column * VOCABULARY, values, 0, VOCABULARY);
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 6, 24})
    void aTextReadInWindowsOfAnyLengthGivesTheSameLosses(int steps) {
        ModelConfig config = new ModelConfig(Cell.LSTM, VOCABULARY, 33, 2, 0, 0);
        for (int attention : new int[] {0, 1, 5, 40}) {
            readInWindows(config.withAttention(attention), steps);
        }
    }

    private void readInWindows(ModelConfig config, int steps) {
        int streams = 3;
        int total = 48;
        try (Workers workers = workers(2)) {
            LanguageModel model = LanguageModel.initialized(config, 1, workers);
            Window whole = model.newWindow(streams, total);
            fill(whole.inputs(), new Random(4));
            fill(whole.targets(), new Random(5));
            model.loss(whole);

            Window part = model.newWindow(streams, steps);
            float[] losses = new float[streams * total];
            for (int at = 0; at < losses.length; at += streams * steps) {
                System.arraycopy(whole.inputs(), at, part.inputs(), 0, streams * steps);
                System.arraycopy(whole.targets(), at, part.targets(), 0, streams * steps);
                model.loss(part);
                System.arraycopy(part.losses(), 0, losses, at, streams * steps);
            }

            assertSameBits(losses, whole.losses(), "losses in windows of %d".formatted(steps));
        }
    }
}
