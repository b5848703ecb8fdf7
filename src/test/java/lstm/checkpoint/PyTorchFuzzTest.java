package lstm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lstm.FuzzedFile;
import lstm.text.Unit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ojalgo.matrix.store.R032Store;

/** Whatever a file of others holds, it is refused in one line, or what is made of it can be saved and loaded. */
class PyTorchFuzzTest {

    /** States of an LSTM, a GRU with an embedding and an RNN, whose vocabularies are told in every way. */
    static Stream<byte[]> seeds() {
        return Stream.of(
                state(4, 3, false, "[\"x\", \"y\", \"z\"]"),
                state(3, 2, true, "{\"z\": 2, \"x\": 0, \"y\": 1}"),
                state(1, 3, false, "[\"\\u0000\", \"\\u00e9\", \"\\ud83d\\ude00\"]"));
    }

    private static byte[] state(int gates, int inputs, boolean embedded, String vocabulary) {
        int hidden = 2;
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        if (embedded) {
            tensors.put("embedding.weight", matrix(3, inputs));
        }
        tensors.put("rnn.weight_ih_l0", matrix(gates * hidden, inputs));
        tensors.put("rnn.weight_hh_l0", matrix(gates * hidden, hidden));
        tensors.put("rnn.bias_ih_l0", Tensor.vector(R032Store.FACTORY.make(gates * hidden, 1)));
        tensors.put("rnn.bias_hh_l0", Tensor.vector(R032Store.FACTORY.make(gates * hidden, 1)));
        tensors.put("fc.weight", matrix(3, hidden));
        tensors.put("fc.bias", Tensor.vector(R032Store.FACTORY.make(3, 1)));
        Path file = FuzzedFile.of(new byte[0]);
        SafetensorsFile.write(file, Map.of("vocabulary", vocabulary), tensors);
        return FuzzedFile.input(file);
    }

    private static Tensor matrix(int rows, int columns) {
        R032Store store = R032Store.FACTORY.make(rows, columns);
        IntStream.range(0, store.data.length).forEach(i -> store.data[i] = i);
        return Tensor.matrix(store);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aStateIsImported(byte[] seed) {
        assertThat(imported(FuzzedFile.safetensors(seed), null)).isNotNull();
        fuzzerTestOneInput(seed);
    }

    /** The file, imported in every way; and the same input as the JSON of a vocabulary. */
    public static void fuzzerTestOneInput(byte[] input) {
        for (Boolean tie : new @Nullable Boolean[] {null, true, false}) {
            Checkpoint checkpoint = imported(FuzzedFile.safetensors(input), tie);
            if (checkpoint != null) {
                Path file = FuzzedFile.of(new byte[0]);
                checkpoint.save(file);
                assertThat(Checkpoint.load(file).vocabulary()).isEqualTo(checkpoint.vocabulary());
            }
        }
        vocabulary(new String(input, StandardCharsets.UTF_8));
    }

    private static @Nullable Checkpoint imported(Path file, @Nullable Boolean tie) {
        try {
            return PyTorchFile.read(file, null, tie);
        } catch (CheckpointException e) {
            FuzzedFile.requireLine(e);
            return null;
        }
    }

    private static void vocabulary(String json) {
        try {
            VocabularyJson.ofArrayOrObject(Unit.CHARACTER, json);
        } catch (IllegalArgumentException e) { // as the user is told it
            FuzzedFile.requireLine(new CheckpointException(String.valueOf(e.getMessage())));
        }
    }
}
