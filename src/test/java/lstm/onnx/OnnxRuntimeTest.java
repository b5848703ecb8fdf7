package lstm.onnx;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lstm.checkpoint.Checkpoint;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.model.RecurrentState;
import lstm.model.Window;
import lstm.text.Unit;
import lstm.text.Vocabulary;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ojalgo.matrix.store.R032Store;

/** The fourth link: the models against an implementation that is not ours, ONNX Runtime running what was exported. */
class OnnxRuntimeTest {

    private static final int STREAMS = 3;
    private static final int STEPS = 200;
    private static final double TOLERANCE = 1e-5;

    @TempDir
    private Path folder;

    static Stream<ModelConfig> models() {
        List<ModelConfig> all = new ArrayList<>();
        for (Cell cell : Cell.values()) {
            for (int layers = 1; layers <= 3; layers++) {
                all.add(new ModelConfig(cell, 5, 1, layers, 0, 0));
                all.add(new ModelConfig(cell, 1, 17, layers, 0, 0));
                all.add(new ModelConfig(cell, 65, 33, layers, 0, 0));
                all.add(new ModelConfig(cell, 7, 12, layers, 0, 0).withEmbedding(19, false));
                all.add(new ModelConfig(cell, 31, 13, layers, 0, 0).withEmbedding(13, true));
                all.add(new ModelConfig(cell, 11, 14, layers, 0, 0).withAttention(9));
                all.add(new ModelConfig(cell, 5, 1, layers, 0, 0).withAttention(1));
                all.add(new ModelConfig(cell, 65, 33, layers, 0, 0)
                        .withEmbedding(7, false)
                        .withAttention(50));
                all.add(new ModelConfig(cell, 31, 13, layers, 0, 0)
                        .withEmbedding(13, true)
                        .withAttention(3));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("models")
    void logitsAndStatesAreTheSameStepByStepAndInWindows(ModelConfig config) throws OrtException {
        try (Workers workers =
                new Workers(1, KernelChoice.of(KernelChoice.Request.AUTO).kernels())) {
            LanguageModel model = random(config, workers);
            Path file = folder.resolve("model.onnx");
            OnnxExport.save(new Checkpoint(config, vocabulary(config), "{}", model.weights(), Map.of()), file);
            try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
                compare(model, session, 1);
                compare(model, session, 8);
            }
        }
    }

    /** Weights as they are after initialization, but for biases and peepholes, which are not zero. */
    private static LanguageModel random(ModelConfig config, Workers workers) {
        LanguageModel model = LanguageModel.initialized(config, 1, workers);
        Random random = new Random(2);
        Map<String, R032Store> weights = model.weights();
        weights.values().stream().filter(weight -> weight.getColDim() == 1).forEach(vector -> {
            for (int i = 0; i < vector.data.length; i++) {
                vector.data[i] = random.nextFloat() - 0.5f;
            }
        });
        model.load(weights);
        return model;
    }

    private static Vocabulary vocabulary(ModelConfig config) {
        return Vocabulary.of(
                Unit.CHARACTER,
                IntStream.range(0, config.vocabulary())
                        .mapToObj(i -> Character.toString('A' + i))
                        .toList());
    }

    private static void compare(LanguageModel model, OrtSession session, int steps) throws OrtException {
        Random random = new Random(3);
        Window window = model.newWindow(STREAMS, steps);
        Map<String, float[]> state = begun(model.config());
        for (int t = 0; t < STEPS; t += steps) {
            long[] tokens = random.longs(
                            (long) steps * STREAMS, 0, model.config().vocabulary())
                    .toArray();
            for (int i = 0; i < tokens.length; i++) {
                window.inputs()[i] = (int) tokens[i];
            }
            model.forward(window);
            float[] logits = run(session, tokens, steps, state, model.config());
            String when = " in windows of " + steps + ", from step " + t + " on";
            assertClose(window.logits().data, logits, "logits" + when);
            RecurrentState expected = window.state();
            for (String letter : List.of("h", "c")) {
                float[] theirs = state.get(letter + "_0");
                if (theirs != null) {
                    assertClose(layers(expected, letter), theirs, letter + when);
                }
            }
            float[] memory = state.get("memory_0");
            if (memory != null) {
                assertClose(byAge(expected, model.config()), memory, "memory" + when);
            }
        }
    }

    /** The remembered outputs, which we keep stream by stream, from the oldest to the last. */
    private static float[] byAge(RecurrentState state, ModelConfig config) {
        R032Store memory = requireNonNull(state.matrices().get("memory"));
        int hidden = config.hidden();
        float[] all = new float[memory.data.length];
        for (int b = 0; b < STREAMS; b++) {
            for (int s = 0; s < config.attention(); s++) {
                int from = (b * config.attention() + s) * hidden;
                System.arraycopy(memory.data, from, all, (s * STREAMS + b) * hidden, hidden);
            }
        }
        return all;
    }

    private static Map<String, float[]> begun(ModelConfig config) {
        Map<String, float[]> state = new LinkedHashMap<>();
        int size = config.layers() * STREAMS * config.hidden();
        state.put("h_0", new float[size]);
        if (config.cell() == Cell.LSTM || config.cell() == Cell.PEEPHOLE) {
            state.put("c_0", new float[size]);
        }
        if (config.attention() > 0) {
            state.put("memory_0", new float[config.attention() * STREAMS * config.hidden()]);
        }
        return state;
    }

    /** One pass; the states become those behind it. */
    private static float[] run(
            OrtSession session, long[] tokens, int steps, Map<String, float[]> state, ModelConfig config)
            throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        inputs.put(
                "tokens", OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens), new long[] {steps, STREAMS}));
        for (Map.Entry<String, float[]> matrix : state.entrySet()) {
            FloatBuffer values = FloatBuffer.wrap(matrix.getValue());
            int blocks = matrix.getKey().equals("memory_0") ? config.attention() : config.layers();
            long[] shape = {blocks, STREAMS, config.hidden()};
            inputs.put(matrix.getKey(), OnnxTensor.createTensor(environment, values, shape));
        }
        try (OrtSession.Result result = session.run(inputs)) {
            state.replaceAll((name, before) -> floats(result, name.replace("_0", "_n")));
            return floats(result, "logits");
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private static float[] floats(OrtSession.Result result, String name) {
        FloatBuffer buffer = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    /** All layers' states of a letter, one behind the other. */
    private static float[] layers(RecurrentState state, String letter) {
        List<R032Store> matrices = state.matrices().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(letter))
                .map(Map.Entry::getValue)
                .toList();
        FloatBuffer all = FloatBuffer.allocate(matrices.size() * matrices.get(0).data.length);
        matrices.forEach(matrix -> all.put(matrix.data));
        return all.array();
    }

    private static void assertClose(float[] ours, float[] theirs, String description) {
        assertThat(theirs).as(description).hasSameSizeAs(ours);
        double error = 0;
        for (int i = 0; i < ours.length; i++) {
            // Math.max keeps NaN.
            error = Math.max(error, Math.abs((double) ours[i] - theirs[i]));
        }
        assertThat(error).as("error of %s", description).isLessThan(TOLERANCE);
    }
}
