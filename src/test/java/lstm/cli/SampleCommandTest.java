package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import lstm.checkpoint.Checkpoint;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lstm sample}: text on standard output, and nothing else. */
class SampleCommandTest {

    @TempDir
    private static Path folder;

    private static Path model;
    private static Path bytesModel;

    @BeforeAll
    static void train() throws IOException {
        model = folder.resolve("fox.safetensors");
        Run.train(Texts.file(folder, "fox.txt", 600), "-o", model, "--steps", 150, "--lr", 0.02, "--dropout", 0);
        bytesModel = folder.resolve("bytes.safetensors");
        byte[] bytes = new byte[600];
        IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) (0xF0 + i % 7));
        Run.train(Files.write(folder.resolve("b"), bytes), "-o", bytesModel, "--steps", 3, "--bytes");
    }

    @Test
    void theSameSeedGivesTheSameText() {
        String first = sample("--seed", 7);
        assertThat(first).isEqualTo(sample("--seed", 7)).isNotEqualTo(sample("--seed", 8));
        assertThat(sample()).isNotEqualTo(sample());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 333})
    void theLengthIsInCharactersAndNothingElseIsWritten(int length) {
        Run run = Run.lstm("sample", model, "-n", length, "--seed", 1, "--temp", 3)
                .succeeded();

        assertThat(run.out().codePointCount(0, run.out().length())).isEqualTo(length);
        assertThat(run.err()).isEmpty();
        assertThat(Checkpoint.load(model).vocabulary().symbols())
                .containsAll(
                        run.out().codePoints().mapToObj(Character::toString).toList());
    }

    @Test
    void anEmojiIsOneCharacter() {
        String text = sample("-n", 500, "--temp", 5, "--seed", 1);
        assertThat(text).contains("🦊");
        assertThat(text.length()).isGreaterThan(text.codePointCount(0, text.length()));
    }

    @Test
    void theDefaultLengthIsTheOneInTheHelp() {
        String text = sample("--seed", 1);
        assertThat(text.codePointCount(0, text.length())).isEqualTo(500);
    }

    @Test
    void thePrimeStandsAtTheStartAndDoesNotCount() {
        String text = sample("-p", "Fuchs 🦊", "-n", 10, "--seed", 1);
        assertThat(text).startsWith("Fuchs 🦊");
        assertThat(text.codePointCount(0, text.length())).isEqualTo(17);
    }

    @Test
    void whatThePrimeIsChangesWhatFollows() {
        assertThat(sample("--prime", "Der ", "-n", 40, "--temp", 0).substring(4))
                .isNotEqualTo(sample("--prime", "süß", "-n", 40, "--temp", 0).substring(3));
    }

    @Test
    void temperatureZeroAlwaysTakesTheLikeliest() {
        String text = sample("--temp", 0, "--seed", 1);
        assertThat(text).isEqualTo(sample("--temperature", 0, "--seed", 2));
        assertThat(text).isEqualTo(sample("--top-k", 1)).isEqualTo(sample("--top-p", 1e-9));
        assertThat(text).isEqualTo(sample("--temp", 0.0001, "--seed", 3));
    }

    @Test
    void theCutsLeaveTheLikeliestOnly() {
        long all = kinds(sample("--temp", 100, "-n", 2000, "--seed", 1));
        assertThat(all).isEqualTo(24);
        assertThat(kinds(sample("--temp", 1, "--top-p", 0.3, "-n", 2000, "--seed", 1)))
                .isLessThan(all);
        assertThat(kinds(sample("--temp", 1, "--top-k", 2, "-n", 2000, "--seed", 1)))
                .isLessThan(all);
        assertThat(sample("--top-k", 24, "--seed", 1)).isEqualTo(sample("--top-k", 1000, "--seed", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.001", "100", "1e300", "1e-300"})
    void everyTemperatureIsSafe(String temperature) {
        assertThat(sample("--temp", temperature, "-n", 50)).isNotEmpty();
    }

    @Test
    void unknownCharactersAreNamedOrLeftOut() {
        Run.lstm("sample", model, "-p", "Q Fuchsé").failed(1, "'Q'", "U+00E9 (é)", "--unknown skip");

        Run run = Run.lstm("sample", model, "-p", "Q Fuchsé", "--unknown", "skip", "-n", 5, "--seed", 1)
                .succeeded();
        assertThat(run.out()).startsWith(" Fuchs");
        assertThat(run.err()).isEqualToNormalizingNewlines("left out of the beginning: 'Q', U+00E9 (é)\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@file", "-x", "--nonsense", "\\n", "%s", "${sys:user.home}", "\"", "'"})
    void aPrimeIsTakenAsItIs(String prime) {
        assertThat(sample("--prime", prime, "--unknown", "skip", "-n", 0))
                .isEqualTo(prime.codePoints()
                        .filter(symbol -> Checkpoint.load(model).vocabulary().token(symbol) >= 0)
                        .mapToObj(Character::toString)
                        .reduce("", String::concat));
    }

    @Test
    void aTextEndsBeforeAStop() {
        String whole = sample("-n", 200, "--temp", 1, "--seed", 3);
        for (String stop : List.of(whole.substring(50, 53), whole.substring(120, 121), whole.substring(0, 2))) {
            assertThat(sample("-n", 200, "--temp", 1, "--seed", 3, "--stop", "never there", "--stop", stop))
                    .isEqualTo(whole.substring(0, whole.indexOf(stop)));
        }
        assertThat(sample("-n", 200, "--temp", 1, "--seed", 3, "--stop", whole)).isEmpty();
        // What was held back at the end, a beginning of a stop, is written.
        assertThat(sample("-n", 200, "--temp", 1, "--seed", 3, "--stop", whole.substring(197) + "z"))
                .isEqualTo(whole);
    }

    @Test
    void aStopThatTheModelCannotWriteIsNamedAndAnEmptyOneRefused() {
        Run run =
                Run.lstm("sample", model, "-n", 20, "--seed", 1, "--stop", "aQ").succeeded();
        assertThat(run.out()).isEqualTo(sample("-n", 20, "--seed", 1));
        assertThat(run.err()).isEqualToNormalizingNewlines("never stops at \"aQ\": the model does not know 'Q'\n");
        Run.lstm("sample", model, "--stop", "").failed(2, "expected a text to stop at, found an empty one");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void aTextEndsBehindSoManyLines(int lines) {
        String whole = sample("-n", 5000, "--temp", 2, "--seed", 3);
        String[] all = whole.split("\n", lines + 1);
        assertThat(all).hasSize(lines + 1);

        String text = sample("-n", 5000, "--temp", 2, "--seed", 3, "--lines", lines);

        assertThat(text).isEqualTo(whole.substring(0, whole.length() - all[lines].length()));
        assertThat(text.chars().filter(c -> c == '\n').count()).isEqualTo(lines);
        Run.lstm("sample", model, "--lines", -1).failed(2, "expected 0 or more --lines, found -1");
    }

    @Test
    void theBeginningMayStandInAFileAndNeedNotBeWritten() throws IOException {
        Path file = Texts.write(folder.resolve("beginning.txt"), "Der ");
        String expected = sample("-p", "Der Fuchs", "-n", 30, "--seed", 1);
        assertThat(sample("--prime-file", file, "-p", "Fuchs", "-n", 30, "--seed", 1))
                .isEqualTo(expected);
        assertThat(sample("--prime-file", file, "-p", "Fuchs", "-n", 30, "--seed", 1, "--no-echo"))
                .isEqualTo(expected.substring("Der Fuchs".length()));
        assertThat(sample("-p", "Der Fuchs", "-n", 30, "--seed", 1, "--echo")).isEqualTo(expected);

        Run.lstm("sample", model, "--prime-file", folder.resolve("none")).failed(1, "none", "no such file");
        Path foreign = Texts.write(folder.resolve("foreign.txt"), "a\nQ");
        Run.lstm("sample", model, "--prime-file", foreign).failed(1, "foreign.txt, line 2", "'Q'", "--unknown skip");
        Run skipping = Run.lstm("sample", model, "--prime-file", foreign, "--unknown", "skip", "-n", 0)
                .succeeded();
        assertThat(skipping.out()).isEqualTo("a\n");
        assertThat(skipping.err()).contains("foreign.txt: 1 character that the model has never seen");
        assertThat(Run.piped("Der ", "sample", model, "--prime-file", "-", "-p", "Fuchs", "-n", 30, "--seed", 1)
                        .succeeded()
                        .out())
                .isEqualTo(expected);
    }

    @Test
    void manyTextsAreThoseOfTheSeedsThatFollow() {
        String all = sample("--count", 3, "-n", 40, "--seed", 5, "-p", "Der ");
        StringBuilder expected = new StringBuilder();
        for (int seed = 5; seed < 8; seed++) {
            String text = sample("-n", 40, "--seed", seed, "-p", "Der ");
            expected.append(seed > 5 ? "---\n" : "").append(text).append(text.endsWith("\n") ? "" : "\n");
        }
        assertThat(all).isEqualToNormalizingNewlines(expected.toString());
    }

    @Test
    void theBestOfManyIsTheLikeliest() {
        double alone = nats("--seed", 5);
        double best = nats("--seed", 5, "--best-of", 20);
        assertThat(best).isLessThan(alone);
        assertThat(nats("--seed", 5, "--best-of", 40)).isLessThanOrEqualTo(best);
        String second = sample("-n", 40, "--temp", 2, "--seed", 6, "--best-of", 4, "--json");
        assertThat(sample("-n", 40, "--temp", 2, "--seed", 5, "--best-of", 4, "--json"))
                .isNotEqualTo(second);
        assertThat(sample("-n", 40, "--temp", 2, "--seed", 5, "--best-of", 4, "--count", 3, "--json")
                        .lines())
                .hasSize(3)
                .element(1)
                .isEqualTo(second.strip());
    }

    private static double nats(Object... words) {
        Object[] all = Arrays.copyOf(new Object[] {"-n", 40, "--temp", 2, "--json"}, words.length + 5);
        System.arraycopy(words, 0, all, 5, words.length);
        return object(sample(all)).get("nats_per_char").getAsDouble();
    }

    @Test
    void aBeamLeavesNothingToChance() {
        String text = sample("-n", 40, "--beam", 4, "--seed", 1);
        assertThat(sample("-n", 40, "--beam", 4, "--seed", 2)).isEqualTo(text);
        assertThat(sample("-n", 40, "--beam", 1)).isEqualTo(sample("-n", 40, "--temp", 0));
        assertThat(sample("-n", 40, "--beam", 4, "--count", 4, "--json").lines())
                .hasSize(4)
                .doesNotHaveDuplicates()
                .first()
                .satisfies(json ->
                        assertThat(object(json).get("text").getAsString()).isEqualTo(text));
        Run.lstm("sample", model, "--beam", 2, "--best-of", 2).failed(2, "leave --best-of out");
        Run.lstm("sample", model, "--beam", 2, "--count", 3).failed(2, "a beam of 2", "--count is 3");
    }

    @Test
    void aTextKeepsToCharactersAndToAnExpression() {
        assertThat(sample("--chars", "a-zü", "-n", 100, "--seed", 1)).matches("[a-zü]{100}");
        assertThat(sample("-p", "Der ", "--match", "[a-z]+, [a-z]{3}\\.", "--count", 5, "-n", 30, "--seed", 1)
                        .lines()
                        .filter(line -> !line.equals("---")))
                .hasSize(5)
                .allMatch(line -> line.matches("Der [a-z]+, [a-z]{3}\\.") && line.length() <= 34);
        assertThat(sample("--match", ".*", "--chars", "^e", "-n", 200, "--seed", 1))
                .isNotEmpty()
                .doesNotContain("e");
        assertThat(sample("--chars", "a-z", "--stop", " ", "-n", 300, "--seed", 1))
                .matches("[a-z]*");
        assertThat(sample("--chars", "a-z", "--stop", " ", "-n", 300, "--seed", 1)
                        .length())
                .isLessThan(300);
        Run.lstm("sample", model, "--match", "").failed(2, "--match is empty");
        Run.lstm("sample", model, "--chars", "").failed(2, "--chars is empty");
        Run.lstm("sample", model, "--match", "(a").failed(2, "'(a'");
        Run.lstm("sample", model, "--match", "QQ").failed(2, "no text of up to 500 characters");
        Run.lstm("sample", model, "--chars", "Q").failed(2, "the model knows no character that is in 'Q'");
    }

    @Test
    void probabilitiesAreShownAsLinesOrAsJson() {
        String text = sample("-n", 20, "--seed", 1, "--temp", 1);
        JsonObject whole = object(sample("-n", 20, "--seed", 1, "--temp", 1, "--json", "--logprobs", "-p", ""));
        assertThat(whole.get("text").getAsString()).isEqualTo(text);
        StringBuilder characters = new StringBuilder();
        double nats = 0;
        for (JsonElement element : whole.getAsJsonArray("chars")) {
            JsonObject character = element.getAsJsonObject();
            characters.append(character.get("char").getAsString());
            nats -= Math.log(character.get("p").getAsDouble());
            double sum = character.get("p").getAsDouble();
            for (JsonElement other : character.getAsJsonArray("others")) {
                sum += other.getAsJsonObject().get("p").getAsDouble();
            }
            assertThat(character.getAsJsonArray("others")).hasSize(5);
            assertThat(sum).isLessThan(1 + 1e-9);
        }
        assertThat(characters).hasToString(text);
        assertThat(whole.get("nats_per_char").getAsDouble()).isCloseTo(nats / 20, within(1e-9));

        List<String> lines =
                sample("-n", 20, "--seed", 1, "--temp", 1, "--logprobs").lines().toList();
        assertThat(lines).hasSize(21).last().isEqualTo("");
        assertThat(lines.get(0)).matches("'.+' +\\d+\\.\\d%  \\|(  '.+' +\\d+\\.\\d%){5}");
        assertThat(Run.lstm("sample", bytesModel, "-n", 2, "--json", "--logprobs", "--seed", 1)
                        .succeeded()
                        .out())
                .contains("\"byte\":24");
    }

    @Test
    void aTemperatureMayBeSweptAndRepetitionsPenalized() {
        assertThat(sample("--temp", "0.6:0.6", "--seed", 1)).isEqualTo(sample("--temp", 0.6, "--seed", 1));
        String swept = sample("--temp", "0:5", "--seed", 1, "-n", 100);
        assertThat(swept).startsWith(sample("--temp", 0, "-n", 1)).isNotEqualTo(sample("--temp", 0, "-n", 100));
        String looping = sample("--temp", 0, "-n", 1000);
        String penalized = sample("--temp", 0, "-n", 1000, "--repetition-penalty", 3, "--repetition-length", 4);
        assertThat(differentParts(penalized)).isGreaterThan(differentParts(looping));
    }

    @Test
    void theReplKeepsToTheSame() {
        String[] words = {"--seed", "1", "--match", "[a-z]{5}", "--repetition-penalty", "2"};
        String expected =
                "Der " + sample("-p", "Der ", "--no-echo", words[0], words[1], words[2], words[3], words[4], words[5]);
        Run run = Run.piped("Der \n", "repl", model, words[0], words[1], words[2], words[3], words[4], words[5])
                .succeeded();
        assertThat(run.out()).isEqualToNormalizingNewlines(expected + "\n").matches("Der [a-z]{5}\\R");
        Run.piped("", "repl", model, "--match", "(").failed(2, "'('");
        Run.piped("", "repl", model, "--lines", -1).failed(2, "--lines");
    }

    private static long differentParts(String text) {
        return IntStream.range(0, text.length() - 8)
                .mapToObj(i -> text.substring(i, i + 8))
                .distinct()
                .count();
    }

    private static JsonObject object(String json) {
        return JsonParser.parseString(json).getAsJsonObject();
    }

    @Test
    void byteModelsWriteBytes() {
        Run run = Run.lstm("sample", bytesModel, "-n", 300, "--seed", 1, "--temp", 1)
                .succeeded();

        assertThat(run.bytes()).hasSize(300);
        assertThat(run.bytes()).contains((byte) 0xF0, (byte) 0xF6);
        Run.lstm("sample", bytesModel, "-p", "a", "-n", 1).failed(1, "0x61");
    }

    @Test
    void bothKernelsWriteTheSame() {
        assertThat(sample("--kernel", "ojalgo", "--temp", 0, "-n", 100))
                .isEqualTo(sample("--kernel", "auto", "--temp", 0, "-n", 100));
    }

    @Test
    void aReaderThatLeavesEndsItAtOnceAndWell() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ClosingPipe pipe = new ClosingPipe();
        int code = Lstm.run(console(pipe, err, false), Run.words("sample", model, "-n", 100_000));

        assertThat(code).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(pipe.written).isEqualTo(ClosingPipe.CAPACITY);
        assertThat(pipe.refused).isEqualTo(1);
    }

    @Test
    void inATerminalTheLastLineIsEnded() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] words = Run.words("sample", model, "-p", "Fuchs", "-n", 0);
        Lstm.run(console(out, new ByteArrayOutputStream(), true), words);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("Fuchs" + System.lineSeparator());
    }

    @Test
    void whatIsNoCheckpointIsNamed() throws IOException {
        Path missing = folder.resolve("missing");
        Run.lstm("sample", missing).failed(1, "cannot read " + missing + ": no such file");
        Run.lstm("sample", folder).failed(1, "cannot read " + folder + ": it is a directory");
        Path empty = Texts.write(folder.resolve("empty"), "");
        Run.lstm("sample", empty).failed(1, empty + " is not a checkpoint that can be used", "0 bytes");
        Path prose = Texts.file(folder, "prose", 100);
        Run.lstm("sample", prose).failed(1, prose + " is not a checkpoint that can be used");
        Path cut = Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(Files.readAllBytes(model), 2000));
        Run.lstm("sample", cut).failed(1, cut + " is not a checkpoint that can be used");
    }

    private static String sample(Object... words) {
        Object[] all = new Object[words.length + 2];
        all[0] = "sample";
        all[1] = model;
        System.arraycopy(words, 0, all, 2, words.length);
        return Run.lstm(all).succeeded().out();
    }

    private static long kinds(String text) {
        return text.codePoints().distinct().count();
    }

    private static Console console(OutputStream out, ByteArrayOutputStream err, boolean terminal) {
        PrintStream stream = new PrintStream(out, false, StandardCharsets.UTF_8);
        return new Console(InputStream.nullInputStream(), stream, Run.stream(err), terminal, false, false);
    }

    /** A pipe whose reader leaves. */
    private static final class ClosingPipe extends OutputStream {
        static final int CAPACITY = 100;
        int written;
        int refused;

        @Override
        public void write(int b) throws IOException {
            if (written == CAPACITY) {
                refused++;
                throw new IOException("Broken pipe");
            }
            written++;
        }
    }
}
