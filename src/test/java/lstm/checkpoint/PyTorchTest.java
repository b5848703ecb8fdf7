package lstm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.model.Window;
import lstm.text.Unit;
import lstm.text.Vocabulary;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checkpoints in PyTorch, and PyTorch's models as checkpoints: where Python has the package torch, skipped elsewhere. */
class PyTorchTest {

    private static final Path SCRIPT =
            Path.of("src/test/python/torch_models.py").toAbsolutePath();
    private static final int[] TOKENS = {0, 3, 6, 6, 1, 2, 5, 4, 0, 0, 3};
    private static final double TOLERANCE = 1e-5;

    private static String python = "";

    @TempDir
    private Path folder;

    @BeforeAll
    static void torchIsInstalled() throws InterruptedException {
        assumeTrue(Files.exists(SCRIPT), "the sources are not here");
        // The system's own Python has Debian's package, even where another one comes first.
        for (String candidate : List.of("python3", "/usr/bin/python3")) {
            if (hasTorch(candidate)) {
                python = candidate;
                return;
            }
        }
        assumeTrue(false, "no Python has the package torch");
    }

    private static boolean hasTorch(String candidate) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(candidate, "-c", "import torch")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such command
        }
    }

    static Stream<ModelConfig> models() {
        return Stream.of(Cell.LSTM, Cell.GRU, Cell.RNN)
                .flatMap(cell -> Stream.of(
                        new ModelConfig(cell, 7, 5, 2, 0, 0),
                        new ModelConfig(cell, 7, 17, 1, 0, 0).withEmbedding(3, false),
                        new ModelConfig(cell, 7, 4, 3, 0, 0).withEmbedding(4, true)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void aCheckpointsTensorsLoadAndGiveTheSameLogits(ModelConfig config) throws Exception {
        try (Workers workers = workers()) {
            LanguageModel model = LanguageModel.initialized(config, 1, workers);
            Random random = new Random(2);
            model.parameters().stream().filter(p -> p.value().getColDim() == 1).forEach(p -> {
                for (int i = 0; i < p.value().data.length; i++) {
                    p.value().data[i] = random.nextFloat() - 0.5f;
                }
            });
            model.weightsChanged();
            Path file = folder.resolve("model.safetensors");
            new Checkpoint(config, vocabulary(), "{}", model.weights(), Map.of()).save(file);

            assertSame(model, python("read", file.toString()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LSTM, onehot", "LSTM, embedded", "LSTM, tied",
        "GRU, onehot", "GRU, embedded", "GRU, tied",
        "RNN, onehot", "RNN, embedded", "RNN, tied"
    })
    void aModelOfPyTorchIsImported(String kind, String form) throws Exception {
        Path file = folder.resolve("theirs.safetensors");
        double[][] logits = python("write", kind, form, file.toString());
        PyTorchFile.read(file, folder.resolve("theirs.safetensors.json"), null).save(folder.resolve("ours"));

        try (Workers workers = workers()) {
            Checkpoint checkpoint = Checkpoint.load(folder.resolve("ours"));
            assertThat(checkpoint.config().cell()).isEqualTo(Cell.fromLabel(kind.toLowerCase(Locale.ROOT)));
            assertThat(checkpoint.config().embedding() > 0).isEqualTo(!form.equals("onehot"));
            assertThat(checkpoint.config().tied()).isEqualTo(form.equals("tied"));
            assertSame(checkpoint.model(workers), logits);
        }
    }

    @Test
    void theReadmesLinesLoadACheckpoint() throws Exception {
        ModelConfig config = new ModelConfig(Cell.LSTM, 7, 5, 2, 0, 0);
        try (Workers workers = workers()) {
            LanguageModel model = LanguageModel.initialized(config, 1, workers);
            Path file = folder.resolve("model.safetensors");
            new Checkpoint(config, vocabulary(), "{}", model.weights(), Map.of()).save(file);
            String readme = Files.readString(Path.of("README.md"));
            String lines = readme.substring(readme.indexOf("```python\n") + 10);
            lines = lines.substring(0, lines.indexOf("```")).replace("other.safetensors", file.toString());
            String tokens = IntStream.of(TOKENS).mapToObj(String::valueOf).collect(Collectors.joining(","));
            Path script = folder.resolve("readme.py");
            Files.writeString(
                    script,
                    lines + "output, _ = lstm(torch.eye(7)[[" + tokens + "]].unsqueeze(1))\n"
                            + "print(decoder(output.squeeze(1)).tolist())\n");

            assertSame(model, logits(List.of(python, script.toString())));
        }
    }

    private static Workers workers() {
        return new Workers(1, KernelChoice.of(KernelChoice.Request.AUTO).kernels());
    }

    private static Vocabulary vocabulary() {
        return Vocabulary.of(Unit.CHARACTER, List.of("a", "b", "c", "d", "e", "f", "g"));
    }

    private static double[][] python(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(python, SCRIPT.toString()));
        command.addAll(List.of(words));
        command.add(IntStream.of(TOKENS).mapToObj(String::valueOf).collect(Collectors.joining(",")));
        return logits(command);
    }

    private static double[][] logits(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return new Gson().fromJson(output, double[][].class);
    }

    private static void assertSame(LanguageModel model, double[][] expected) {
        Window window = model.newWindow(1, TOKENS.length);
        System.arraycopy(TOKENS, 0, window.inputs(), 0, TOKENS.length);
        model.forward(window);
        for (int t = 0; t < TOKENS.length; t++) {
            for (int v = 0; v < 7; v++) {
                assertThat((double) window.logits().data[t * 7 + v])
                        .as("logit %d at step %d", v, t)
                        .isCloseTo(expected[t][v], Offset.offset(TOLERANCE));
            }
        }
    }
}
