package lstm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import lstm.model.Cell;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ojalgo.matrix.store.R032Store;

/** What is made of the state of PyTorch's modules, and what is refused; {@link PyTorchTest} asks PyTorch itself. */
class PyTorchFileTest {

    @TempDir
    private Path folder;

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private @Nullable Boolean tie;
    private final Map<String, String> metadata = new LinkedHashMap<>();

    /** A GRU of two units over three characters. */
    @BeforeEach
    void makeState() {
        matrix("a.rnn.weight_ih_l0", 6, 3);
        matrix("a.rnn.weight_hh_l0", 6, 2);
        vector("a.rnn.bias_ih_l0", 6);
        vector("a.rnn.bias_hh_l0", 6);
        matrix("a.fc.weight", 3, 2);
        vector("a.fc.bias", 3);
        metadata.put("vocabulary", "[\"x\", \"y\", \"z\"]");
    }

    private void matrix(String name, int rows, int columns) {
        tensors.put(name, Tensor.matrix(filled(rows, columns)));
    }

    private void vector(String name, int length) {
        tensors.put(name, Tensor.vector(filled(length, 1)));
    }

    private static R032Store filled(int rows, int columns) {
        R032Store store = R032Store.FACTORY.make(rows, columns);
        for (int i = 0; i < store.data.length; i++) {
            store.data[i] = i + 1;
        }
        return store;
    }

    private Checkpoint read() {
        return read(null);
    }

    private Checkpoint read(@Nullable Path vocabulary) {
        Path file = folder.resolve("state.safetensors");
        SafetensorsFile.write(file, metadata, tensors);
        return PyTorchFile.read(file, vocabulary, tie);
    }

    private void assertRefused(String... words) {
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(this::read)
                .withMessageStartingWith(folder.resolve("state.safetensors").toString())
                .satisfies(e -> assertThat(e.getMessage()).contains(words).doesNotContain("\n", "Exception"));
    }

    @Test
    void modulesOfAnyNameAreFound() {
        Checkpoint checkpoint = read();

        assertThat(checkpoint.config().cell()).isEqualTo(Cell.GRU);
        assertThat(checkpoint.config().hidden()).isEqualTo(2);
        assertThat(checkpoint.config().embedding()).isZero();
        assertThat(checkpoint.vocabulary().symbols()).containsExactly("x", "y", "z");
        assertThat(checkpoint.canResume()).isFalse();
        assertThat(checkpoint.training()).contains("state.safetensors");
        checkpoint.save(folder.resolve("ours"));
        assertThat(Checkpoint.load(folder.resolve("ours")).weights()).hasSize(6);
    }

    @Test
    void theSecondBiasOfAnLstmIsAddedToTheFirst() {
        matrix("a.rnn.weight_ih_l0", 8, 3);
        matrix("a.rnn.weight_hh_l0", 8, 2);
        vector("a.rnn.bias_ih_l0", 8);
        vector("a.rnn.bias_hh_l0", 8);
        Map<String, R032Store> weights = read().weights();

        assertThat(Objects.requireNonNull(weights.get("lstm.bias_ih_l0")).data)
                .containsExactly(2, 4, 6, 8, 10, 12, 14, 16);
        assertThat(Objects.requireNonNull(weights.get("lstm.bias_hh_l0")).data).containsOnly(0);
    }

    @Test
    void biasesMayBeMissing() {
        tensors.keySet().removeIf(name -> name.contains("bias"));

        assertThat(Objects.requireNonNull(read().weights().get("decoder.bias")).data)
                .containsExactly(0, 0, 0);
    }

    @Test
    void ofTwoMatricesThatWithABiasIsTheOutputLayer() {
        matrix("a.rnn.weight_ih_l0", 6, 2);
        matrix("a.characters.weight", 3, 2);
        assertThat(read().config().embedding()).isEqualTo(2);

        tensors.remove("a.fc.bias");
        assertRefused("which is the output layer, a.characters.weight or a.fc.weight? None has a bias");
        vector("a.fc.bias", 3);
        vector("a.characters.bias", 3);
        assertRefused("which is the output layer, a.characters.weight or a.fc.weight? Both have a bias");
    }

    @Test
    void moreMatricesThanAModelHasAreRefused() {
        matrix("a.characters.weight", 3, 2);
        matrix("a.projection.weight", 2, 2);
        assertRefused("it has 3 matrices beside the recurrent layers");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"z": 2, "x": 0, "y": 1}        | x y z
            ["b", "c", "\\n"]               | b c \\n
            """)
    void theVocabularyMayStandInAFileOfItsOwn(String json, String symbols) throws IOException {
        Path file = Files.writeString(folder.resolve("vocabulary.json"), json.replace("\\\\", "\\"));

        assertThat(String.join(" ", read(file).vocabulary().symbols())).isEqualTo(symbols.replace("\\n", "\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"x": 0, "y": 1, "z": 1}   | found 1
            {"x": 0, "y": 1, "z": 3}   | expected the numbers from 0 to 2, each for one character, found 3
            {"x": 0, "y": 1, "z": {}}  | expected the JSON of an array
            {"x": 0, "y": 1, "pad": 2} | symbol 2
            {"x": 0, "y": 1, "z": 2.5} | expected the JSON of an array
            {"x": 0, "y": 1, "z": 1e99} | expected the JSON of an array
            [1, [2], 3]                | expected the JSON of an array
            [[], "x"]                  | expected the JSON of an array
            nothing of the kind        | expected the JSON of an array
            ["x", "y", "x"]            | symbols 0 and 2
            """)
    void aVocabularyThatIsNoneIsRefused(String json, String words) {
        metadata.put("vocabulary", json);
        assertRefused("holds no vocabulary: ", words);
    }

    @Test
    void withoutAVocabularyNothingCanBeRead() {
        metadata.clear();
        assertRefused("does not tell which character a token is", "--vocabulary");
    }

    @Test
    void aVocabularyOfAnotherSizeDoesNotFit() {
        metadata.put("vocabulary", "[\"x\", \"y\"]");
        assertRefused("it has no output layer, a matrix of 2 (characters) x 2");
    }

    @Test
    void whatIsNoRecurrentModelIsRefused() {
        tensors.keySet().removeIf(name -> name.contains("rnn"));
        assertRefused("no tensor is named like weight_ih_l0");
    }

    @Test
    void shapesThatDoNotTellWhatTheFirstLayerReadsAreAskedAbout() {
        metadata.put("vocabulary", "[\"x\", \"y\"]");
        matrix("a.rnn.weight_ih_l0", 6, 2);
        matrix("a.fc.weight", 2, 2);
        vector("a.fc.bias", 2);
        assertRefused("--no-tie", "--tie");

        tie = true;
        assertThat(read().config().tied()).isTrue();
        tie = false;
        assertThat(read().config().embedding()).isZero();
    }

    @Test
    void theOutputBiasOfATiedModelMayBeNamedAfterTheOtherModule() {
        matrix("a.rnn.weight_ih_l0", 6, 2);
        tensors.remove("a.fc.weight");
        matrix("a.characters.weight", 3, 2);
        Checkpoint checkpoint = read();

        assertThat(checkpoint.config().tied()).isTrue();
        assertThat(Objects.requireNonNull(checkpoint.weights().get("decoder.bias")).data)
                .containsExactly(1, 2, 3);
    }

    @Test
    void aMissingOrMisshapenTensorIsNamed() {
        vector("a.rnn.bias_ih_l0", 5);
        assertRefused("cannot be imported", "'a.rnn.bias_ih_l0' is ", "[5]", "expected [6]");
        tensors.remove("a.rnn.weight_hh_l0");
        assertRefused("cannot be imported", "no tensor 'a.rnn.weight_hh_l0'");
    }

    @Test
    void upperLayersReadTheOneBelow() {
        matrix("a.rnn.weight_ih_l1", 6, 2);
        assertRefused("it has no tensor 'a.rnn.weight_hh_l1'");
        matrix("a.rnn.weight_hh_l1", 6, 2);
        assertThat(read().config().layers()).isEqualTo(2);

        matrix("a.rnn.weight_ih_l1", 6, 3);
        assertRefused("'a.rnn.weight_ih_l1' is ", "[6, 3]", "expected [6, 2]");
    }

    @Test
    void weightsThatAreNoMatrixAreRefused() {
        vector("a.rnn.weight_hh_l0", 6);
        assertRefused("'a.rnn.weight_hh_l0' is no matrix");
        tensors.put("a.rnn.weight_hh_l0", Tensor.of(DType.F32, new int[] {6, 0}, new byte[0]));
        assertRefused("'a.rnn.weight_hh_l0' is no matrix");
        tensors.put("a.rnn.weight_hh_l0", Tensor.of(DType.F32, new int[] {0, 2}, new byte[0]));
        assertRefused("'a.rnn.weight_hh_l0' is no matrix");
    }

    @Test
    void layersThatReadBackwardAreRefused() {
        matrix("a.rnn.weight_ih_l0_reverse", 6, 3);
        assertRefused("reads backward");
    }

    @Test
    void severalRecurrentModulesAreRefused() {
        matrix("b.weight_ih_l0", 6, 3);
        assertRefused("several recurrent modules, a.rnn. and b.");
    }

    @Test
    void whatIsLeftOverIsNamed() {
        vector("a.norm.bias", 2);
        assertRefused("nothing is known of a tensor like 'a.norm.bias'");
    }

    @Test
    void weightsOfAnUnknownCellAreRefused() {
        matrix("a.rnn.weight_hh_l0", 10, 2);
        assertRefused("10 x 2");
    }

    @Test
    void inputsThatAreNeitherCharactersNorVectorsAreRefused() {
        matrix("a.rnn.weight_ih_l0", 6, 5);
        assertRefused("reads 5 numbers, where one-hot characters are 3");
    }
}
