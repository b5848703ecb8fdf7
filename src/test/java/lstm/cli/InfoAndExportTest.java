package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lstm.checkpoint.Checkpoint;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lstm info} and {@code lstm export}: what is in a checkpoint, and what of it is given away. */
class InfoAndExportTest {

    @TempDir
    private static Path folder;

    private static Path model;

    @BeforeAll
    static void train() {
        model = folder.resolve("fox.safetensors");
        Run.train(
                Texts.file(folder, "fox.txt", 600),
                "-o",
                model,
                "--steps",
                10,
                "--dropout",
                0.25,
                "--weight-dropout",
                0.5);
    }

    @Test
    void infoShowsTheModelItsVocabularyAndItsTraining() {
        Run run = Run.lstm("info", model).succeeded();

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().toList().get(0)).isEqualTo(model.toString());
        assertThat(run.out())
                .containsPattern("model +lstm 2 x 6, dropout 0.25, weight dropout 0.5, 1,224 parameters")
                .containsPattern("vocabulary +24 characters: \\\\n \",\\.BDF")
                .containsPattern("size +[\\d.]+ kB: [\\d.]+ kB of weights, [\\d.]+ kB for the training to go on\n")
                .containsPattern("saved +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d\n")
                .containsPattern("text +fox.txt, 540 characters to learn from, sha256 [0-9a-f]{64}\n")
                .containsPattern("trained +10 steps, 0.4 epochs, 200 characters, to the end\n")
                .containsPattern("val loss +\\d\\.\\d{3} \\(\\d\\.\\d{3} bpc\\), the lowest\n")
                .containsPattern("train loss +\\d\\.\\d{3} \\(\\d\\.\\d{3} bpc\\), in the last step\n")
                .containsPattern("learning rate +0.\\d+\n")
                .containsPattern("settings +batch 4, seq-length 5, steps 10, .*seed 1\n")
                .containsPattern("resumable +yes, with the same text and a later end, .* --resume -o " + model + "\n");
    }

    @Test
    void infoShowsEveryTensorIfAskedTo() throws IOException {
        List<String> lines =
                Run.lstm("info", model, "--tensors").succeeded().out().lines().toList();
        assertThat(lines)
                .contains(
                        "  tensor                             type  shape      size",
                        "  lstm.weight_ih_l0                  F32   24 x 24  2.3 kB",
                        "  training.cursor                    I64   2          16 B");

        JsonArray tensors = JsonParser.parseString(Run.lstm("info", model, "--tensors", "--json")
                        .succeeded()
                        .out())
                .getAsJsonObject()
                .getAsJsonArray("tensors");
        assertThat(tensors.get(0))
                .hasToString("{\"name\":\"lstm.weight_ih_l0\",\"type\":\"F32\",\"shape\":[24,24],\"bytes\":2304}");
        long bytes = 0;
        for (JsonElement tensor : tensors) {
            bytes += tensor.getAsJsonObject().get("bytes").getAsLong();
        }
        assertThat(bytes).isBetween(Files.size(model) - 8192, Files.size(model) - 1024);
    }

    @Test
    void infoShowsSeveralAndThoseBehindOneThatCannotBeRead() {
        Path missing = folder.resolve("missing");
        Run run = Run.lstm("info", model, missing, model);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("lstm: cannot read " + missing + ": no such file\n");
        assertThat(run.out()).containsPattern("(?s)" + model + "\n.*\n\n" + model + "\n");
        assertThat(Run.lstm("info", model, model, "--json").succeeded().out().lines())
                .hasSize(2)
                .allMatch(line -> JsonParser.parseString(line).isJsonObject());
    }

    /** A summary reads no tensors, and could not know. */
    @Test
    void infoNoticesADamagedNumber() throws IOException {
        byte[] bytes = Files.readAllBytes(model);
        bytes[bytes.length - 1] ^= 1;
        Path damaged = Files.write(folder.resolve("damaged"), bytes);

        Run.lstm("info", damaged).failed(1, "its sha256 should be");
    }

    @Test
    void infoShowsWhatAModelFromElsewhereTellsOfItselfInPlainCharacters() {
        Checkpoint trained = Checkpoint.load(model);
        String training =
                "{\"origin\":\"a\\u001b[31mb\\nc\\u202e\",\"\\u0007bell\":{\"\\u009b\":[1]},\"nothing\":null}";
        Path foreign = folder.resolve("foreign");
        new Checkpoint(trained.config(), trained.vocabulary(), training, trained.weights(), Map.of()).save(foreign);
        String shown = Run.lstm("info", foreign).succeeded().out();

        assertThat(shown)
                .contains("origin         a\\u001b[31mb\\u000ac\\u202e\n", "\\u0007bell", "\\u009b [1]")
                .doesNotContain("nothing", "trained", "val loss")
                .matches("[\\P{Cntrl}\n]+");
        assertThat(info(foreign).keySet()).doesNotContain("step", "corpus", "val_loss");
    }

    @Test
    void infoAsJsonIsOneObject() {
        JsonObject json = info(model);

        assertThat(json.get("file").getAsString()).isEqualTo(model.toString());
        assertThat(json.get("cell").getAsString()).isEqualTo("lstm");
        assertThat(json.get("layers").getAsInt()).isEqualTo(2);
        assertThat(json.get("hidden").getAsInt()).isEqualTo(6);
        assertThat(json.get("dropout").getAsDouble()).isEqualTo(0.25);
        assertThat(json.get("parameters").getAsLong()).isEqualTo(parameters(24, 6));
        assertThat(json.get("unit").getAsString()).isEqualTo("characters");
        JsonArray vocabulary = json.getAsJsonArray("vocabulary");
        assertThat(vocabulary).hasSize(24);
        assertThat(vocabulary.get(0).getAsString()).isEqualTo("\n");
        assertThat(vocabulary.get(23).getAsString()).isEqualTo("🦊");
        assertThat(json.get("resumable").getAsBoolean()).isTrue();
        assertThat(json.getAsJsonObject("training").get("step").getAsInt()).isEqualTo(10);
        assertThat(json.get("corpus").getAsString()).isEqualTo("fox.txt");
        assertThat(json.get("complete").getAsBoolean()).isTrue();
        assertThat(json.get("val_loss"))
                .isEqualTo(json.getAsJsonObject("training").get("best_val_loss"));
        assertThat(json.get("val_bits_per_char").getAsDouble())
                .isCloseTo(json.get("val_loss").getAsDouble() / 0.6931471805599453, within(1e-12));
    }

    @Test
    void infoShowsABytesModelWithoutWritingItsBytes() throws IOException {
        Path bytes = folder.resolve("bytes");
        Path raw = Files.write(folder.resolve("raw"), new byte[] {27, 7, 0, -1, 10, 27, 7, 0, -1, 10, 65, 66});
        Run.train(raw, "-o", bytes, "--steps", 1, "--bytes");
        Run run = Run.lstm("info", bytes).succeeded();

        assertThat(run.out()).containsPattern("vocabulary +7 bytes: ").doesNotContain("\033", "\007", "\0");
        assertThat(info(bytes).get("unit").getAsString()).isEqualTo("bytes");
    }

    @Test
    void infoNamesWhatItCannotRead() {
        Run.lstm("info", folder.resolve("missing")).failed(1, "cannot read " + folder.resolve("missing"));
        Run.lstm("info", folder, "--json").failed(1, "cannot read " + folder);
    }

    @Test
    void aSlimCheckpointSamplesTheSameAndSaysThatItCannotBeResumed() throws IOException {
        Path slim = folder.resolve("deep/slim");
        Run run = Run.lstm("export", "--slim", slim, model).succeeded();

        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("wrote the weights of " + model + " to " + slim);
        assertThat(Files.size(slim)).isLessThan(Files.size(model) / 2);
        assertThat(Checkpoint.load(slim).canResume()).isFalse();
        assertThat(info(slim).get("resumable").getAsBoolean()).isFalse();
        assertThat(Run.lstm("info", slim).out()).contains("no, it holds the weights alone");
        assertThat(Run.lstm("sample", slim, "--seed", 1).succeeded().bytes())
                .isEqualTo(Run.lstm("sample", model, "--seed", 1).succeeded().bytes());
    }

    @Test
    void gradientsAreShownByLayerAndDistance() throws IOException {
        Path text = Texts.file(folder, "long.txt", 300);
        List<String> lines = Run.lstm("gradients", model, text, "--lags", 20)
                .succeeded()
                .out()
                .lines()
                .toList();
        assertThat(lines.get(0)).matches("steps back +layer 1 +layer 2");
        assertThat(lines.get(1)).matches(" +0 +\\S+ +1.00e\\+00");
        assertThat(lines).hasSize(7);

        Run json = Run.lstm("gradients", model, text, "--lags", 20, "--places", 1, "--json")
                .succeeded();
        assertThat(JsonParser.parseString(json.out()).getAsJsonObject().getAsJsonArray("norms"))
                .hasSize(2)
                .allMatch(layer -> layer.getAsJsonArray().size() == 21);
        Run.lstm("gradients", model, text, "--lags", 300).failed(1, "300 characters", "--lags 300 needs more");
        Run.lstm("gradients", model, text, "--lags", 0).failed(2, "--lags");
        Run.lstm("gradients", model, Texts.write(folder.resolve("odd"), "\u00e9"), "--lags", 1)
                .failed(1, "--unknown skip");
    }

    @Test
    void aModelIsWrittenForOnnx() throws IOException {
        Path onnx = folder.resolve("fox.onnx");
        Run run = Run.lstm("export", "--onnx", onnx, "--slim", folder.resolve("slim"), model)
                .succeeded();

        assertThat(run.err()).contains("wrote the model of " + model + " to " + onnx);
        assertThat(folder.resolve("slim")).exists();
        ModelProto exported = ModelProto.parseFrom(Files.readAllBytes(onnx));
        assertThat(exported.getGraph().getInputList())
                .extracting(ValueInfoProto::getName)
                .containsExactly("tokens", "h_0", "c_0");
        assertThat(exported.getMetadataPropsList())
                .extracting(StringStringEntryProto::getKey)
                .containsExactly("unit", "vocabulary");
    }

    @Test
    void anExportWithNothingToWriteSaysWhatItCanWrite() {
        Run.lstm("export", model).failed(2, "--slim FILE or --onnx FILE");
        Run.lstm("export", "--onnx", model, model).failed(2, "--onnx", "name another");
        Path one = folder.resolve("one");
        Run.lstm("export", "--onnx", one, "--slim", one, model).failed(2, "are one file");
    }

    @Test
    void anExportedModelIsImportedAgain() {
        Path slim = folder.resolve("slim");
        Path back = folder.resolve("back");
        Run.lstm("export", "--slim", slim, model).succeeded();
        Run run = Run.lstm("import", slim, "-o", back).succeeded();

        assertThat(run.err()).contains("imported lstm 2 x 6, ", " as " + back);
        assertThat(Run.lstm("sample", back, "--seed", 1).succeeded().bytes())
                .isEqualTo(Run.lstm("sample", model, "--seed", 1).succeeded().bytes());
        Run.lstm("import", slim, "-o", slim).failed(2, "--out", "name another");
        Run.lstm("import", folder.resolve("none"), "-o", back).failed(1, "cannot read", "no such file");
    }

    @Test
    void anExportNeverWritesOverItsSourceAndKeepsWhatWasThere() throws IOException {
        byte[] before = Files.readAllBytes(model);
        Run.lstm("export", "--slim", folder.resolve("./fox.safetensors"), model).failed(2, "--slim", "name another");
        assertThat(model).hasBinaryContent(before);

        Path there = Texts.write(folder.resolve("there"), "precious");
        Run.lstm("export", "--slim", there, model).succeeded();
        assertThat(folder.resolve("there.1.bak")).hasContent("precious");
        Run.lstm("export", "--slim", folder, model).failed(1, "cannot write " + folder, "it is a directory");
    }

    private static JsonObject info(Path file) {
        Run run = Run.lstm("info", file, "--json").succeeded();
        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.err()).isEmpty();
        return JsonParser.parseString(run.out()).getAsJsonObject();
    }

    /** Of two layers and the output layer, each with one bias. */
    private static long parameters(int vocabulary, int hidden) {
        long first = 4L * hidden * (vocabulary + hidden + 1);
        long second = 4L * hidden * (hidden + hidden + 1);
        return first + second + (long) vocabulary * (hidden + 1);
    }

    @Test
    void whatATrainingSavesToIsNotWrittenOver() throws IOException {
        Path slim = folder.resolve("given.safetensors");
        Run.lstm("export", model, "--slim", slim).succeeded();
        Path target = Texts.write(folder.resolve("trained.safetensors"), "what was saved");
        TrainingLock training = new TrainingLock(target);
        try {
            Run.lstm("export", model, "--slim", target).failed(1, "another training", "trained.safetensors");
            Run.lstm("import", slim, "-o", target).failed(1, "another training", "trained.safetensors");
            assertThat(target).hasContent("what was saved");
        } finally {
            training.close();
        }
        Run.lstm("export", model, "--slim", target).succeeded();
        assertThat(Checkpoint.load(target).trainingTensors()).isEmpty();
    }
}
