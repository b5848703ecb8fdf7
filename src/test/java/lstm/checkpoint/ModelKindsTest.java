package lstm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.text.Unit;
import lstm.text.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a configuration may say comes back from the file, by whoever reads it, and nothing else is taken for it. */
class ModelKindsTest {

    private static final ModelConfig PLAIN = new ModelConfig(Cell.LSTM, 3, 4, 2, 0.25f, 0.5f);

    @TempDir
    private Path folder;

    static Stream<ModelConfig> configurations() {
        return Stream.of(
                PLAIN,
                PLAIN.withEmbedding(2, false),
                PLAIN.withEmbedding(4, true),
                PLAIN.withAttention(5),
                PLAIN.withEmbedding(4, true).withAttention(5).withDropout(0, 0),
                new ModelConfig(Cell.PEEPHOLE, 3, 4, 1, 0, 0).withEmbedding(2, false));
    }

    private static Checkpoint checkpoint(ModelConfig config) {
        Vocabulary vocabulary = Vocabulary.of(Unit.CHARACTER, List.of("a", "b", "\n"));
        KernelChoice kernel = KernelChoice.of(KernelChoice.Request.AUTO);
        try (Workers workers = new Workers(1, kernel.kernels())) {
            LanguageModel model = LanguageModel.initialized(config, 1, workers);
            return new Checkpoint(config, vocabulary, "{}", model.weights(), Map.of());
        }
    }

    private Path file() {
        return folder.resolve("model.safetensors");
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void theConfigurationComesBack(ModelConfig config) {
        Checkpoint checkpoint = checkpoint(config);
        checkpoint.save(file());

        assertThat(Checkpoint.load(file()).config()).isEqualTo(config);
        assertThat(Checkpoint.load(file()).weights())
                .containsOnlyKeys(checkpoint.weights().keySet());
        assertThat(CheckpointSummary.read(file()).config()).isEqualTo(config);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "tied, 1",
                "tied, \"true\"",
                "tied, []",
                "embedding, 2.5",
                "embedding, \"2\"",
                "attention, -1",
                "attention, true",
                "weight_dropout, 2",
            })
    void whatIsOfAnotherKindIsRefused(String key, String json) {
        Checkpoint checkpoint = checkpoint(PLAIN);
        Map<String, String> metadata = new LinkedHashMap<>(CheckpointFormat.metadata(checkpoint));
        JsonObject config = JsonParser.parseString(metadata.get("config")).getAsJsonObject();
        config.add(key, JsonParser.parseString(json));
        metadata.put("config", config.toString());
        SafetensorsFile.write(file(), metadata, CheckpointFormat.tensors(checkpoint));

        assertThatThrownBy(() -> Checkpoint.load(file())).isInstanceOf(CheckpointException.class);
        assertThatThrownBy(() -> CheckpointSummary.read(file())).isInstanceOf(CheckpointException.class);
    }

    @Test
    void jsonThatGoesOnAfterItsEndIsRefused() {
        Checkpoint checkpoint = checkpoint(PLAIN);
        for (String key : List.of("config", "vocabulary", "training")) {
            Map<String, String> metadata = new LinkedHashMap<>(CheckpointFormat.metadata(checkpoint));
            metadata.merge(key, " {}", String::concat);
            SafetensorsFile.write(file(), metadata, CheckpointFormat.tensors(checkpoint));

            assertThatThrownBy(() -> Checkpoint.load(file()))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("\"" + key + "\"");
        }
    }
}
