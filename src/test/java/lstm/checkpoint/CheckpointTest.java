package lstm.checkpoint;

import static java.util.Objects.requireNonNull;
import static lstm.kernel.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.model.Window;
import lstm.text.Records;
import lstm.text.Unit;
import lstm.text.Vocabulary;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ojalgo.matrix.store.R032Store;

class CheckpointTest {

    private static final Vocabulary SYMBOLS = Vocabulary.of(Unit.CHARACTER, List.of("\n", "\"", "a", "é", "😀"));
    private static final ModelConfig CONFIG = new ModelConfig(Cell.LSTM, 5, 3, 2, 0.25f, 0.5f);
    private static final String TRAINING = "{\"step\":12,\"note\":\"any\"}";

    private final Workers workers =
            new Workers(1, KernelChoice.of(KernelChoice.Request.AUTO).kernels());
    private final LanguageModel model = LanguageModel.initialized(CONFIG, 1, workers);
    private final Checkpoint checkpoint = checkpoint();

    @TempDir
    private Path folder;

    @AfterEach
    void closeWorkers() {
        workers.close();
    }

    private Checkpoint checkpoint() {
        model.parameters().forEach(parameter -> parameter.value().data[0] += 0.5f); // biases are zero otherwise
        Map<String, Tensor> training = Map.of(
                "cursor", Tensor.longs(3, -4), "adam.m.decoder.bias", Tensor.matrix(R032Store.FACTORY.make(5, 1)));
        return new Checkpoint(CONFIG, SYMBOLS, TRAINING, model.weights(), training);
    }

    private static R032Store weight(Map<String, R032Store> weights, String name) {
        return requireNonNull(weights.get(name), name);
    }

    private Path file() {
        return folder.resolve("model.safetensors");
    }

    /** The checkpoint as it stands in its file, with which anybody may tamper. */
    private final class Parts {
        final Map<String, String> metadata = new LinkedHashMap<>(CheckpointFormat.metadata(checkpoint));
        final Map<String, Tensor> tensors = new LinkedHashMap<>(CheckpointFormat.tensors(checkpoint));

        Parts config(String key, @Nullable String json) {
            JsonObject config = JsonParser.parseString(metadata.get("config")).getAsJsonObject();
            config.remove(key);
            if (json != null) {
                config.add(key, JsonParser.parseString(json));
            }
            return metadata("config", config.toString());
        }

        Parts metadata(String key, @Nullable String value) {
            metadata.remove(key);
            if (value != null) {
                metadata.put(key, value);
            }
            return this;
        }

        Parts tensor(String name, @Nullable Tensor tensor) {
            tensors.remove(name);
            if (tensor != null) {
                tensors.put(name, tensor);
            }
            return this;
        }

        Checkpoint load() {
            SafetensorsFile.write(file(), metadata, tensors);
            return Checkpoint.load(file());
        }

        /** Also by who reads the header alone. */
        void assertRefused(String... reasons) {
            assertNumbersRefused(reasons);
            assertRefused(() -> CheckpointSummary.read(file()), reasons);
        }

        /** Which stand behind the header. */
        void assertNumbersRefused(String... reasons) {
            assertRefused(this::load, reasons);
        }

        private void assertRefused(ThrowingCallable read, String... reasons) {
            assertThatThrownBy(read)
                    .isInstanceOf(CheckpointException.class)
                    .satisfies(e -> assertThat(e.getMessage())
                            .startsWith(file().toString())
                            .contains(reasons)
                            .doesNotContain("\n", "\\u000a", "gson", "Json", "null")
                            .hasSizeLessThan(file().toString().length() + 200));
        }
    }

    @Test
    void aSummaryTellsAllButTheNumbers() throws IOException {
        checkpoint.save(file());
        byte[] bytes = Files.readAllBytes(file());
        bytes[bytes.length - 1] ^= 1;
        Files.write(file(), bytes);

        CheckpointSummary summary = CheckpointSummary.read(file());

        assertThat(summary.config()).isEqualTo(CONFIG);
        assertThat(summary.vocabulary()).isEqualTo(SYMBOLS);
        assertThat(summary.records()).isEqualTo(Records.NONE);
        assertThat(summary.training()).isEqualTo(TRAINING);
        assertThat(summary.canResume()).isTrue();
        assertThat(summary.tensors())
                .contains(
                        new CheckpointSummary.Entry("lstm.weight_ih_l0", DType.F32, List.of(12, 5), 240),
                        new CheckpointSummary.Entry("training.cursor", DType.I64, List.of(2), 16));
        assertThat(summary.tensors().stream().filter(CheckpointSummary.Entry::isOfTraining))
                .hasSize(2);
        assertThatThrownBy(() -> Checkpoint.load(file())).hasMessageContaining("its sha256");
    }

    @Test
    void aSummaryOfASlimCheckpointKnowsThatItCannotGoOn() {
        checkpoint.slim().save(file());

        assertThat(CheckpointSummary.read(file()).canResume()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":NaN}", "{a:1}", "{'a':1}", "{\"a\":1}#", "{\"a\":1} {}", "{\"a\":1;}"})
    void whatOnlyALenientReaderTakesForJsonIsRefused(String training) {
        new Parts().metadata("training", training).assertRefused("its \"training\" is not JSON");
    }

    @Test
    void whatIsSavedIsLoaded() {
        checkpoint.save(file());

        Checkpoint loaded = Checkpoint.load(file());

        assertThat(loaded.config()).isEqualTo(CONFIG);
        assertThat(loaded.vocabulary()).isEqualTo(SYMBOLS);
        assertThat(loaded.training()).isEqualTo(TRAINING);
        assertThat(loaded.trainingTensors()).isEqualTo(checkpoint.trainingTensors());
        assertThat(loaded.canResume()).isTrue();
        assertThat(loaded.weights().keySet())
                .containsExactlyElementsOf(checkpoint.weights().keySet());
        checkpoint.weights().forEach((name, store) -> {
            R032Store found = weight(loaded.weights(), name);
            assertThat(found.getRowDim()).isEqualTo(store.getRowDim());
            assertSameBits(found.data, store.data, name);
        });
    }

    @Test
    void whatIsLoadedIsSavedWithTheSameBytes() throws Exception {
        checkpoint.save(file());
        Path second = folder.resolve("second.safetensors");

        Checkpoint.load(file()).save(second);

        assertThat(second).hasSameBinaryContentAs(file());
    }

    @ParameterizedTest
    @EnumSource(Unit.class)
    void everySymbolSurvives(Unit unit) {
        int[] symbols = unit == Unit.BYTE
                ? IntStream.range(0, 256).toArray()
                : IntStream.of(0, 1, 10, 13, 31, 34, 39, 92, 127, 128, 0x2028, 0xFEFF, 0xFFFF, 0x10FFFF)
                        .toArray();
        Vocabulary vocabulary = Vocabulary.of(
                unit, Arrays.stream(symbols).mapToObj(Character::toString).toList());
        ModelConfig config = CONFIG.withVocabulary(vocabulary.size());
        new Checkpoint(
                        config,
                        vocabulary,
                        "{}",
                        LanguageModel.initialized(config, 1, workers).weights(),
                        Map.of())
                .save(file());

        assertThat(Checkpoint.load(file()).vocabulary()).isEqualTo(vocabulary);
    }

    @Test
    void theMetadataAreWhatTheContractSays() {
        checkpoint.save(file());
        Map<String, String> metadata = SafetensorsFile.read(file()).metadata();

        assertThat(metadata).containsEntry("format", "lstm/1").containsEntry("training", TRAINING);
        assertThat(JsonParser.parseString(metadata.get("config"))).isEqualTo(JsonParser.parseString("""
                        {"cell": "lstm", "layers": 2, "hidden": 3, "embedding": 0, "tied": false, "attention": 0, "dropout": 0.25, "weight_dropout": 0.5, "unit": "characters"}
                        """));
        JsonArray vocabulary =
                JsonParser.parseString(metadata.get("vocabulary")).getAsJsonArray();
        assertThat(vocabulary.asList().stream().map(symbol -> symbol.getAsString()))
                .containsExactly("\n", "\"", "a", "é", "😀");
        assertThat(metadata.get("sha256")).matches("[0-9a-f]{64}");
    }

    @Test
    void aModelOfBytesSaysSo() {
        ModelConfig config = CONFIG.withVocabulary(1);
        new Checkpoint(
                        config,
                        Vocabulary.of(Unit.BYTE, List.of("\u00ff")),
                        "{}",
                        LanguageModel.initialized(config, 1, workers).weights(),
                        Map.of())
                .save(file());

        assertThat(SafetensorsFile.read(file()).metadata().get("config")).contains("\"unit\":\"bytes\"");
    }

    @ParameterizedTest
    @EnumSource(Records.class)
    void theKindOfAListSurvivesAndAFileWithoutOneIsNoList(Records records) {
        new Checkpoint(CONFIG, SYMBOLS, records, TRAINING, checkpoint.weights(), Map.of()).save(file());

        String config = SafetensorsFile.read(file()).metadata().get("config");
        assertThat(JsonParser.parseString(config).getAsJsonObject().has("records"))
                .isEqualTo(records != Records.NONE);
        assertThat(Checkpoint.load(file()).records()).isEqualTo(records);
        assertThat(Checkpoint.load(file()).slim().records()).isEqualTo(records);
    }

    @Test
    void aListWithoutANewlineIsRefused() {
        new Parts()
                .config("records", "\"line\"")
                .metadata("vocabulary", "[\"b\",\"\\\"\",\"a\",\"é\",\"😀\"]")
                .assertRefused("list", "no newline");
    }

    @Test
    void theTensorsHavePyTorchsNamesAndShapes() {
        checkpoint.save(file());
        SafetensorsFile file = SafetensorsFile.read(file());

        Map<String, String> shapes = new LinkedHashMap<>();
        file.names().forEach(name -> shapes.put(name, file.tensor(name).toString()));
        assertThat(shapes)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("lstm.weight_ih_l0", "F32[12, 5]"),
                        Map.entry("lstm.weight_hh_l0", "F32[12, 3]"),
                        Map.entry("lstm.bias_ih_l0", "F32[12]"),
                        Map.entry("lstm.bias_hh_l0", "F32[12]"),
                        Map.entry("lstm.weight_ih_l1", "F32[12, 3]"),
                        Map.entry("lstm.weight_hh_l1", "F32[12, 3]"),
                        Map.entry("lstm.bias_ih_l1", "F32[12]"),
                        Map.entry("lstm.bias_hh_l1", "F32[12]"),
                        Map.entry("decoder.weight", "F32[5, 3]"),
                        Map.entry("decoder.bias", "F32[5]"),
                        Map.entry("training.cursor", "I64[2]"),
                        Map.entry("training.adam.m.decoder.bias", "F32[5, 1]")));
        for (String name : List.of("lstm.bias_hh_l0", "lstm.bias_hh_l1")) {
            assertThat(file.vector(name, 12).data).containsOnly(0);
        }
    }

    @Test
    void aFileWithPyTorchsTwoBiasesGivesTheModelTheirSum() {
        R032Store second = R032Store.FACTORY.make(12, 1);
        for (int i = 0; i < 12; i++) {
            second.data[i] = i;
        }
        LanguageModel loaded = new Parts()
                .tensor("lstm.bias_hh_l1", Tensor.vector(second))
                .load()
                .model(workers);

        float[] sum = weight(model.weights(), "lstm.bias_ih_l1").data.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += i;
        }
        assertSameBits(weight(loaded.weights(), "lstm.bias_ih_l1").data, sum, "sum of the biases");
        assertThat(weight(loaded.weights(), "lstm.bias_hh_l1").data).containsOnly(0);
    }

    @Test
    void theModelOfACheckpointComputesWhatTheSavedOneDid() {
        checkpoint.save(file());
        LanguageModel loaded = Checkpoint.load(file()).model(workers);

        Window expected = read(model);

        assertSameBits(read(loaded).logits().data, expected.logits().data, "logits");
    }

    private static Window read(LanguageModel model) {
        Window window = model.newWindow(1, 4);
        System.arraycopy(new int[] {0, 4, 2, 1}, 0, window.inputs(), 0, 4);
        model.forward(window);
        return window;
    }

    @Test
    void aSlimCheckpointIsUsedAsBeforeAndCannotBeResumed() throws Exception {
        checkpoint.save(file());
        long whole = Files.size(file());
        checkpoint.slim().save(file());

        Checkpoint slim = Checkpoint.load(file());

        assertThat(Files.size(file())).isLessThan(whole);
        assertThat(slim.canResume()).isFalse();
        assertThat(slim.trainingTensors()).isEmpty();
        assertThat(slim.training()).isEqualTo(TRAINING);
        assertSameBits(read(slim.model(workers)).logits().data, read(model).logits().data, "logits");
    }

    @Test
    void changingAMapAfterwardsDoesNotChangeTheCheckpoint() {
        Map<String, R032Store> weights = new LinkedHashMap<>(model.weights());
        Checkpoint copied = new Checkpoint(CONFIG, SYMBOLS, TRAINING, weights, Map.of());
        weights.clear();

        assertThat(copied.weights()).isNotEmpty();
        assertThatThrownBy(() -> copied.weights().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> checkpoint.trainingTensors().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Checkpoint.load(file()))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("cannot read " + file() + ": no such file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"format", "config", "vocabulary", "training"})
    void missingMetadataAreNamed(String key) {
        new Parts().metadata(key, null).assertRefused("\"" + key + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lstm/2", "lstm", "LSTM/1", "pt\nnew line"})
    void anotherFormatIsRefused(String format) {
        String shown = format.startsWith("pt") ? "lstm/1" : "'" + format + "'";
        assertThatThrownBy(new Parts().metadata("format", format)::load)
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(shown)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "attention, 1, attention.query.weight",
        "hidden, 4, lstm.weight_ih_l0",
        "hidden, 2, lstm.weight_ih_l0",
        "hidden, 16384, lstm.weight_ih_l0",
        "layers, 1, lstm.weight_ih_l1",
        "layers, 3, lstm.weight_ih_l2",
        "layers, 64, lstm.weight_ih_l2"
    })
    void aConfigurationThatDoesNotFitTheTensorsIsRefused(String key, String value, String tensor) {
        new Parts().config(key, value).assertRefused("'" + tensor + "'");
    }

    /** Tens of gigabytes, if anything were made of that size before it is looked for. */
    @Test
    void theLargestModelIsNotMadeBeforeItsTensorsAreFound() {
        new Parts().config("hidden", "16384").config("layers", "64").assertRefused("lstm.weight_ih_l0");
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource({
        "attention, -1, attention",
        "attention, 16385, attention",
        "attention, 2147483648, attention",
        "attention, 1.5, attention",
        "hidden, 0, hidden units",
        "hidden, -1, hidden units",
        "hidden, 16385, hidden units",
        "hidden, 2147483647, hidden units",
        "hidden, 2147483648, hidden",
        "hidden, 1e300, hidden",
        "hidden, 1e999, hidden",
        "hidden, 2.5, hidden",
        "layers, 0, layers",
        "layers, -1, layers",
        "layers, 65, layers",
        "layers, 1e18, layers",
        "dropout, -0.1, dropout",
        "dropout, 1, dropout",
        "dropout, 1e999, dropout",
        "weight_dropout, 1, weight dropout",
        "weight_dropout, '\"much\"', weight_dropout",
        "cell, '\"transformer\"', transformer",
        "unit, '\"words\"', words",
        "records, '\"words\"', words",
        "records, 'null', records",
        "records, '1', records"
    })
    void aConfigurationOutOfRangeIsRefused(String key, String value, String reason) {
        new Parts().config(key, value).assertRefused(reason);
    }

    static Stream<Arguments> wrongTypes() {
        return Stream.of("cell", "unit", "hidden", "layers", "dropout")
                .flatMap(key -> Stream.of(
                                null, "null", "true", "[]", "[3]", "{}", "{\"a\":1}", isText(key) ? "3" : "\"3\"")
                        .map(value -> Arguments.of(key, value)));
    }

    private static boolean isText(String key) {
        return key.equals("cell") || key.equals("unit");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("wrongTypes")
    void aConfigurationOfOtherTypesIsRefused(String key, @Nullable String json) {
        new Parts().config(key, json).assertRefused("\"" + key + "\"");
    }

    static Stream<String> notJson() {
        return Stream.of("", "{", "[", "no\njson", "{\"a\":", "{".repeat(50), "[".repeat(100_000), deep(), "\u0000");
    }

    private static String deep() {
        return "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
    }

    @ParameterizedTest
    @MethodSource("notJson")
    void whatIsNotJsonIsRefused(String text) {
        for (String key : List.of("config", "vocabulary", "training")) {
            new Parts().metadata(key, text).assertRefused(key);
        }
    }

    @Test
    void jsonOfAnotherKindIsRefused() {
        for (String json : List.of("null", "3", "\"text\"", "true")) {
            for (String key : List.of("config", "vocabulary", "training")) {
                assertThatThrownBy(new Parts().metadata(key, json)::load)
                        .isInstanceOf(CheckpointException.class)
                        .hasMessageContaining("\"" + key + "\"");
            }
        }
        new Parts().metadata("config", "[]").assertRefused("\"config\"");
        new Parts().metadata("training", "[]").assertRefused("\"training\"");
        new Parts().metadata("vocabulary", "{}").assertRefused("\"vocabulary\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[\"a\", \"b\", \"c\", \"d\", \"a\"]",
                "[\"a\", \"b\", \"c\", \"d\", \"\"]",
                "[\"a\", \"b\", \"c\", \"d\", \"ef\"]",
                "[\"a\", \"b\", \"c\", \"d\", \"\\ud83d\"]",
                "[\"a\", \"b\", \"c\", \"d\", \"\\ude00\\ud83d\"]",
                "[\"a\", \"b\", \"c\", \"d\", \"e\\u0301\"]",
                "[\"a\", \"b\", \"c\", \"d\", 5]",
                "[\"a\", \"b\", \"c\", \"d\", true]",
                "[\"a\", \"b\", \"c\", \"d\", [\"e\"]]",
                "[\"a\", \"b\", \"c\", \"d\", {}]",
                "[\"a\", \"b\", \"c\", \"d\", null]"
            })
    void aVocabularyThatIsNoneIsRefused(String json) {
        assertThatThrownBy(new Parts().metadata("vocabulary", json)::load)
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(file().toString())
                .hasMessageContaining("vocabulary")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", "Json"));
    }

    @Test
    void aVocabularyOfAnotherSizeIsRefused() {
        new Parts().metadata("vocabulary", "[\"a\"]").assertRefused("'lstm.weight_ih_l0'", "F32[12, 5]", "F32[12, 1]");
        JsonArray large = new JsonArray();
        IntStream.range(0x4E00, 0x4E00 + 20_000).forEach(c -> large.add(Character.toString(c)));
        new Parts().metadata("vocabulary", large.toString()).assertRefused("'lstm.weight_ih_l0'");
    }

    @Test
    void aCharacterBeyondALatin1IsNoByte() {
        new Parts()
                .config("unit", "\"bytes\"")
                .metadata("vocabulary", "[\"a\", \"b\", \"c\", \"d\", \"\\u0100\"]")
                .assertRefused("symbol 4");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void weightsThatAreNotNumbersAreRefused(float bad) {
        for (String name : model.weights().keySet()) {
            R032Store weight = weight(model.weights(), name);
            weight.data[weight.data.length - 1] = bad;
            Tensor tensor = weight.getColDim() == 1 ? Tensor.vector(weight) : Tensor.matrix(weight);

            new Parts().tensor(name, tensor).assertNumbersRefused("'" + name + "'", String.valueOf(bad));
        }
    }

    @Test
    void everyWeightIsNeeded() {
        for (String name : model.weights().keySet()) {
            new Parts().tensor(name, null).assertRefused("'" + name + "'");
        }
    }

    @Test
    void aWeightOfAnotherShapeOrTypeIsRefused() {
        R032Store transposed = R032Store.FACTORY.make(3, 12);
        new Parts().tensor("lstm.weight_hh_l0", Tensor.matrix(transposed)).assertRefused("F32[3, 12]", "F32[12, 3]");
        new Parts().tensor("decoder.bias", Tensor.longs(1, 2, 3, 4, 5)).assertRefused("I64[5]", "F32[5]");
        R032Store column = R032Store.FACTORY.make(5, 1);
        new Parts().tensor("decoder.bias", Tensor.matrix(column)).assertRefused("F32[5, 1]", "F32[5]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "decoder", "lstm.weight_ih_l2", "gru.weight_ih_l0", "Training.cursor", "training"})
    void aTensorThatNobodyKnowsIsRefused(String name) {
        new Parts().tensor(name, Tensor.longs(1)).assertRefused("unknown tensor '" + name + "'");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void whatHoldsANumberThatIsNoneIsNotSaved(float none) throws IOException {
        checkpoint.save(file());
        byte[] saved = Files.readAllBytes(file());
        R032Store moment = R032Store.FACTORY.make(5, 1);
        moment.data[4] = none;
        Checkpoint training = new Checkpoint(
                CONFIG, SYMBOLS, TRAINING, model.weights(), Map.of("adam.m.decoder.bias", Tensor.matrix(moment)));
        assertThatThrownBy(() -> training.save(file()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("'training.adam.m.decoder.bias' would hold " + none);
        weight(checkpoint.weights(), "decoder.bias").data[2] = none;
        assertThatThrownBy(() -> checkpoint.save(file()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("'decoder.bias' would hold " + none);

        assertThat(file()).hasBinaryContent(saved);
    }
}
