package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import lstm.checkpoint.Checkpoint;
import lstm.generate.TextGenerator;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.text.Tokenizer;
import lstm.text.Unknown;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lstm eval}: nats and bits per character. */
class EvalCommandTest {

    @TempDir
    private static Path folder;

    private static Path model;

    @BeforeAll
    static void train() {
        model = folder.resolve("fox.safetensors");
        Run.train(Texts.file(folder, "fox.txt", 600), "-o", model, "--steps", 60, "--lr", 0.02);
    }

    // Around the 256 steps that are read at a time.
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 256, 257, 258, 700})
    void everyCharacterButTheFirstIsPredictedInOnePass(int characters) {
        Path text = Texts.file(folder, "text", characters);
        JsonObject json = json(model, text);

        assertThat(json.keySet()).containsExactly("chars", "nats_per_char", "bits_per_char");
        assertThat(json.get("chars").getAsLong()).isEqualTo(characters - 1);
        double nats = json.get("nats_per_char").getAsDouble();
        assertThat(nats).isCloseTo(byHand(Texts.characters(characters)), within(1e-5));
        assertThat(json.get("bits_per_char").getAsDouble()).isCloseTo(nats / Math.log(2), within(1e-12));
    }

    @Test
    void forPeopleThereIsOneLine() {
        Path text = Texts.file(folder, "text", 1235);
        double nats = json(model, text).get("nats_per_char").getAsDouble();
        Run run = Run.lstm("eval", model, text).succeeded();

        assertThat(run.out())
                .isEqualToNormalizingNewlines(String.format(
                        Locale.ROOT,
                        "1,234 characters: %.4f nats per character, %.4f bits per character%n",
                        nats,
                        nats / Math.log(2)));
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aModelThatLearnsAsItReadsIsMeasuredBesideItselfAndStaysOnDisk() throws IOException {
        Path text = Texts.write(folder.resolve("said"), "man sagt, ".repeat(200));
        byte[] before = Files.readAllBytes(model);
        JsonObject plain = json(model, text);
        JsonObject both = json(model, text, "--dynamic");

        assertThat(both.keySet())
                .containsExactly(
                        "chars", "nats_per_char", "bits_per_char", "dynamic_nats_per_char", "dynamic_bits_per_char");
        plain.entrySet().forEach(entry -> assertThat(both.get(entry.getKey())).isEqualTo(entry.getValue()));
        double nats = both.get("dynamic_nats_per_char").getAsDouble();
        assertThat(nats).isLessThan(plain.get("nats_per_char").getAsDouble());
        assertThat(both.get("dynamic_bits_per_char").getAsDouble()).isCloseTo(nats / Math.log(2), within(1e-12));
        assertThat(json(model, text, "--dynamic")).isEqualTo(both);
        assertThat(Files.readAllBytes(model)).isEqualTo(before);
        assertThat(Run.lstm("eval", model, text, "--dynamic").succeeded().out().lines())
                .element(1)
                .asString()
                .startsWith(String.format(Locale.ROOT, "learning as it reads: %.4f nats per character, ", nats));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 21, 300})
    void aModelThatLearnsNothingIsItself(int characters) {
        Path text = Texts.file(folder, "text", characters);
        JsonObject json = json(model, text, "--dynamic", "--dynamic-rate", 0);

        assertThat(json.get("dynamic_nats_per_char")).isEqualTo(json.get("nats_per_char"));
    }

    @Test
    void aModelOfBytesLearnsAsItReads() throws IOException {
        byte[] strange = new byte[900];
        new Random(1).nextBytes(strange);
        Path bytes = Files.write(folder.resolve("bytes"), strange);
        Path out = folder.resolve("bytes.safetensors");
        Run.train(bytes, "-o", out, "--bytes", "--steps", 5);
        Arrays.fill(strange, strange[0]);
        Path other = Files.write(folder.resolve("one byte"), strange);
        JsonObject json = json(out, other, "--dynamic");

        assertThat(json.get("dynamic_nats_per_char").getAsDouble())
                .isLessThan(json.get("nats_per_char").getAsDouble());
    }

    @Test
    void aRateThatCannotBeIsRefused() {
        Path text = Texts.file(folder, "text", 10);

        Run.lstm("eval", model, text, "--dynamic", "--dynamic-rate", 2)
                .failed(2, "--dynamic-rate", "from 0 to 1", "2.0");
        Run.lstm("eval", model, text, "--dynamic", "--dynamic-rate", "much").failed(2, "--dynamic-rate", "much");
        Run.lstm("eval", model, text, "--dynamic-rate", 0.1).failed(2, "--dynamic-rate goes with --dynamic");
        Run.lstm("eval", model, Texts.write(folder.resolve("one"), "D"), "--dynamic")
                .failed(1, "nothing to predict");
    }

    @Test
    void filesFoldersAndStandardInputAreOneText() throws IOException {
        Path parts = Files.createDirectory(folder.resolve("parts"));
        Texts.write(parts.resolve("a"), "Der ");
        Texts.write(parts.resolve("b"), "Fuchs ");
        Path whole = Texts.write(folder.resolve("whole"), "Der Fuchs frißt");
        Run run = Run.piped("frißt", "eval", model, parts, "-", "--json").succeeded();

        assertThat(JsonParser.parseString(run.out())).isEqualTo(json(model, whole));
    }

    @Test
    void unknownCharactersAreNamedOrLeftOut() {
        Path strange = Texts.write(folder.resolve("strange"), "Der QFuéchs");
        Path known = Texts.write(folder.resolve("known"), "Der Fuchs");
        Run.lstm("eval", model, strange).failed(1, "'Q'", "--unknown skip");

        Run run =
                Run.lstm("eval", model, strange, "--unknown", "skip", "--json").succeeded();
        assertThat(run.err()).isEqualToNormalizingNewlines("left out 2 characters that the model has never seen\n");
        assertThat(JsonParser.parseString(run.out())).isEqualTo(json(model, known));
    }

    @Test
    void bothKernelsAgree() {
        Path text = Texts.file(folder, "text", 300);
        Run run = Run.lstm("eval", model, text, "--json", "--kernel", "ojalgo").succeeded();

        assertThat(JsonParser.parseString(run.out())
                        .getAsJsonObject()
                        .get("nats_per_char")
                        .getAsDouble())
                .isCloseTo(json(model, text).get("nats_per_char").getAsDouble(), within(1e-5));
    }

    @Test
    void theBestValidationLossOfATrainingIsThatOfItsHeldOutText() {
        Path out = folder.resolve("tried");
        Run.train(Texts.file(folder, "long.txt", 1000), "-o", out, "--steps", 30, "--val", 0.2);
        String text = Texts.characters(1000);
        Path held = Texts.write(folder.resolve("held"), text.substring(text.offsetByCodePoints(0, 800)));

        double best = JsonParser.parseString(Checkpoint.load(out).training())
                .getAsJsonObject()
                .get("best_val_loss")
                .getAsDouble();
        assertThat(json(out, held).get("nats_per_char").getAsDouble()).isEqualTo(best);
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        Path text = Texts.file(folder, "text", 10);
        Path one = Texts.write(folder.resolve("one"), "D");
        Path none = Texts.write(folder.resolve("none"), "");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {68, -1});
        Path missing = folder.resolve("missing");

        Run.lstm("eval", model, one).failed(1, "nothing to predict in " + one, "at least 2 characters");
        Run.lstm("eval", model, none).failed(1, "nothing to predict in " + none);
        Run.lstm("eval", model, binary).failed(1, binary + " is not UTF-8", "offset 1");
        Run.lstm("eval", model, missing).failed(1, "no such file or directory: " + missing);
        Run.lstm("eval", missing, text).failed(1, "cannot read " + missing);
        Run.lstm("eval", text, model).failed(1, text + " is not a checkpoint");
    }

    private static JsonObject json(Path checkpoint, Path text, Object... options) {
        Object[] words = {"eval", checkpoint, text, "--json"};
        Run run = Run.lstm(Stream.of(words, options).flatMap(Stream::of).toArray())
                .succeeded();
        assertThat(run.err()).isEmpty();
        return JsonParser.parseString(run.out()).getAsJsonObject();
    }

    /** The mean of -ln p over all characters but the first, read one by one from a zero state. */
    private static double byHand(String text) {
        Checkpoint checkpoint = Checkpoint.load(model);
        int[] tokens = new Tokenizer(checkpoint.vocabulary()).encode(text, Unknown.ERROR);
        try (Workers workers =
                new Workers(1, KernelChoice.of(KernelChoice.Request.OJALGO).kernels())) {
            TextGenerator generator = new TextGenerator(checkpoint.model(workers));
            generator.reset();
            double sum = 0;
            for (int i = 0; i + 1 < tokens.length; i++) {
                generator.read(tokens[i]);
                sum -= generator.logProbabilities()[tokens[i + 1]];
            }
            return sum / (tokens.length - 1);
        }
    }
}
