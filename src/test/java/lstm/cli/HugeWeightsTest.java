package lstm.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lstm.checkpoint.Checkpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models whose weights stand at the end of the float range. */
class HugeWeightsTest {

    @TempDir
    private Path folder;

    private Path text;
    private Path sure;

    /** A model that is as sure as can be of its first symbol, and whose last one can hardly be. */
    @BeforeEach
    void makeOneThatIsSure() {
        text = Texts.file(folder, "fox.txt", 600);
        sure = folder.resolve("sure.safetensors");
        Run.train(text, "--out", sure, "--steps", 1, "--progress", "none");
        Checkpoint checkpoint = Checkpoint.load(sure);
        float[] bias = requireNonNull(checkpoint.weights().get("decoder.bias")).data;
        bias[0] = Float.MAX_VALUE;
        bias[bias.length - 1] = -Float.MAX_VALUE;
        checkpoint.save(sure);
    }

    private static JsonObject strict(String line) {
        JsonReader reader = new JsonReader(new StringReader(line));
        reader.setStrictness(Strictness.STRICT);
        return JsonParser.parseReader(reader).getAsJsonObject();
    }

    @Test
    void lossesAreNumbers() {
        JsonObject measured =
                strict(Run.lstm("eval", sure, text, "--json").succeeded().out());
        assertThat(measured.get("nats_per_char").getAsDouble()).isFinite().isGreaterThan(1e38);
        assertThat(measured.get("bits_per_char").getAsDouble()).isFinite();

        List<String> lines = Run.lstm("score", sure, text, "--json")
                .succeeded()
                .out()
                .lines()
                .toList();
        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(strict(line).size()).isPositive());
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.9e-324", "1e-30", "0", "1", "1e30", "1.7e308"})
    void itWritesAtEveryTemperature(String temperature) {
        String written = Run.lstm("sample", sure, "--temp", temperature, "-n", 20, "--seed", 1)
                .succeeded()
                .out();
        assertThat(written.length()).isGreaterThanOrEqualTo(20);
        strict(Run.lstm("sample", sure, "--temp", temperature, "-n", 5, "--json", "--logprobs")
                .succeeded()
                .out());
    }

    @Test
    void oneThatForeseesNoNumberIsNamed() {
        Path hopeless = Hopeless.checkpoint(text, folder.resolve("hopeless.safetensors"));

        Run.lstm("eval", hopeless, text).failed(1, hopeless.toString(), "not a number");
        for (String command : List.of("score", "neurons")) {
            Run.lstm(command, hopeless, text).failed(1, "so large", "not a number");
        }
        for (List<String> how : List.of(
                List.<String>of(),
                List.of("--temp", "0"),
                List.of("--count", "3"),
                List.of("--beam", "3"),
                List.of("--json"))) {
            Run sample = Run.lstm(Stream.concat(Stream.of("sample", hopeless), how.stream())
                            .toArray())
                    .failed(1, "so large", "not a number");
            assertThat(sample.out()).isEmpty();
        }
    }
}
