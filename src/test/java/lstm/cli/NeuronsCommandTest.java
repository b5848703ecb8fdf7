package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
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
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lstm.checkpoint.Checkpoint;
import lstm.inspect.Planted;
import lstm.model.LanguageModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lstm neurons}: what units do. In the model, unit 2:6 follows quotations by its weights. */
class NeuronsCommandTest {

    private static final String BARS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";

    @TempDir
    private static Path folder;

    private static Path model;
    private static Path text;

    @BeforeAll
    static void plant() {
        LanguageModel planted = Planted.followingQuotes();
        model = folder.resolve("planted.safetensors");
        new Checkpoint(planted.config(), Planted.VOCABULARY, "{}", planted.weights(), Map.of()).save(model);
        text = Texts.write(folder.resolve("text"), Planted.quotations(500, 1));
        planted.workers().close();
    }

    private static Run neurons(Object... options) {
        Object[] words = Stream.concat(Stream.of("neurons", model), Arrays.stream(options))
                .toArray();
        Run run = Run.lstm(words).succeeded();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).doesNotContain("NaN", "Infinity");
        return run;
    }

    private static List<JsonObject> json(Object... options) {
        Object[] words =
                Stream.concat(Arrays.stream(options), Stream.of("--json")).toArray();
        return neurons(words)
                .out()
                .lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false).map(element -> element.getAsJsonObject());
    }

    @Test
    void anOverviewNamesTheUnitThatFollowsQuotations() {
        List<String> lines = neurons(text).out().lines().toList();

        assertThat(lines.get(0)).matches("feature +layer 1 +layer 2");
        assertThat(lines.get(1)).matches("quotes +1:\\d \\S+ +2:6 \\+1\\.00  inside double quotes");
        assertThat(lines).anyMatch(line -> line.matches("digits +- +-  a digit, the same all over the text"));
        assertThat(lines).anyMatch(line -> line.matches("layer 2 +forget +0\\.0% +12\\.5%  0 left, 1 right"));
    }

    @Test
    void theUnitThatFollowsQuotationsIsFoundFirst() {
        List<String> lines =
                neurons(text, "--find", "quotes", "--top", 3).out().lines().toList();

        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).matches("quotes: inside double quotes, \\d+\\.\\d% of [\\d,]+ characters");
        assertThat(lines.get(1)).matches(" +unit +r +where so +elsewhere");
        assertThat(lines.get(2)).matches(" +2:6 +\\+1\\.000 +\\+0\\.762 +[+-]0\\.000");
        assertThat(neurons(text, "--find", "quotes").out().lines()).hasSize(12);
    }

    @Test
    void whatMatchesAnExpressionIsFoundToo() {
        JsonObject found = json(text, "--find", "/\u201c[^\u201d]*/").get(0);
        JsonObject first = found.getAsJsonArray("units").get(0).getAsJsonObject();

        assertThat(found.get("feature").getAsString()).isEqualTo("/\u201c[^\u201d]*/");
        assertThat(first.get("layer").getAsInt()).isEqualTo(Planted.LAYER + 1);
        assertThat(first.get("unit").getAsInt()).isEqualTo(Planted.UNIT + 1);
        assertThat(first.get("r").getAsDouble()).isCloseTo(1, within(1e-6));
        assertThat(first.get("slope").getAsDouble()).isCloseTo(Math.tanh(1), within(1e-6));
    }

    @Test
    void severalFeaturesAreRankedInOneReading() throws IOException {
        List<JsonObject> both = json(text, "--find", "quotes", "--find", "digits", "--top", 2, "--lag", 3);

        assertThat(both).hasSize(2);
        assertThat(both.get(0).keySet())
                .containsExactly("feature", "kind", "lag", "chars", "constant", "mean", "units");
        assertThat(both.get(0).get("chars").getAsLong())
                .isEqualTo(Files.readString(text).length() - 3);
        assertThat(both.get(0).get("lag").getAsInt()).isEqualTo(3);
        assertThat(both.get(0).getAsJsonArray("units")).hasSize(2);
        assertThat(both.get(1).get("constant").getAsBoolean()).isTrue();
        assertThat(both.get(1).getAsJsonArray("units")).isEmpty();
        assertThat(neurons(text, "--find", "digits", "--find", "vowels").out())
                .startsWith("digits: a digit, the same all over the text, so that nothing can follow it");
    }

    @Test
    void whatIsNotInTheTextCannotBeFollowed() {
        Run.lstm("neurons", model, text, "--find", "digits")
                .failed(1, "nothing can follow digits", "the same all over");
        Run.lstm("neurons", model, text, "--find", "/1+/", "--json").failed(1, "nothing can follow /1+/");
    }

    @Test
    void anotherKindIsComparedWhereItIsAskedFor() {
        JsonObject hidden = json(text, "--find", "quotes", "--kind", "hidden").get(0);
        JsonObject cell = json(text, "--find", "quotes").get(0);

        assertThat(hidden.get("kind").getAsString()).isEqualTo("hidden");
        assertThat(cell.get("kind").getAsString()).isEqualTo("cell");
        assertThat(hidden.get("units")).isNotEqualTo(cell.get("units"));
        assertThat(json(text, "--find", "quotes", "--show", "HIDDEN").get(0)).isEqualTo(hidden);
    }

    @Test
    void aUnitIsShownInBarsBelowTheLines() {
        List<String> lines = neurons("--text", "ab \u201cc\u201d\nd\u201c", "--unit", "2:6")
                .out()
                .lines()
                .toList();

        // 0 stands in the middle, tanh(1) near the top.
        assertThat(lines)
                .containsExactly(
                        "unit 2:6, tanh of the cell state  -1 " + BARS + " 1",
                        "ab \u201cc\u201d\u21b5",
                        "\u2585\u2585\u2585\u2588\u2588\u2585\u2585",
                        "d\u201c",
                        "\u2585\u2588");
    }

    @Test
    void barsStayBelowTheirCharacters() {
        List<String> lines = neurons("--text", "abc ".repeat(50), "--unit", "1:1", "--kind", "forget")
                .out()
                .lines()
                .toList();

        assertThat(lines.get(0)).isEqualTo("unit 1:1, forget gate  0 " + BARS + " 1");
        assertThat(lines).hasSize(7);
        for (int i = 1; i < lines.size(); i += 2) {
            assertThat(lines.get(i)).hasSizeBetween(40, 80).hasSameSizeAs(lines.get(i + 1));
            assertThat(lines.get(i + 1)).matches("[" + BARS + "]+");
        }
    }

    @Test
    void aUnitIsPaintedWhereColourIsWanted() {
        String bars = neurons("--text", "ab \u201cc\u201d\nd", "--unit", "2:6", "--no-color")
                .out();
        List<String> painted = neurons("--text", "ab \u201cc\u201d\nd", "--unit", "2:6", "--color")
                .out()
                .lines()
                .toList();

        assertThat(bars)
                .doesNotContain("\033")
                .isEqualTo(neurons("--text", "ab \u201cc\u201d\nd", "--unit", "2:6")
                        .out());
        assertThat(painted).hasSize(3).allMatch(line -> line.endsWith("\033[0m"));
        assertThat(painted.get(1))
                .matches("\033\\[[0-9;]+mab \033\\[[0-9;]+m\u201cc\033\\[[0-9;]+m\u201d\u21b5\033\\[0m");
        assertThat(painted.get(2)).matches("\033\\[[0-9;]+md\033\\[0m");
    }

    @Test
    void aTerminalIsPainted() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console =
                new Console(InputStream.nullInputStream(), Run.stream(out), Run.stream(err), true, false, false);

        assertThat(Lstm.run(console, "neurons", model.toString(), "--text", "ab", "--unit", "2:6"))
                .isEqualTo(Lstm.DONE);
        assertThat(out.toString(StandardCharsets.UTF_8).contains("\033[")).isEqualTo(System.getenv("NO_COLOR") == null);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void colorsGoFromRedOverWhiteToBlue() {
        DivergingScale few = new DivergingScale(false);
        DivergingScale many = DivergingScale.of("truecolor");

        assertThat(few.color(-1)).isEqualTo("\033[38;5;231;48;5;124m").isEqualTo(few.color(-7));
        assertThat(few.color(0)).isEqualTo("\033[38;5;16;48;5;255m").isEqualTo(few.color(Float.NaN));
        assertThat(few.color(1)).isEqualTo("\033[38;5;231;48;5;25m");
        assertThat(many.color(-1)).isEqualTo("\033[38;5;231;48;2;168;18;40m");
        assertThat(many.color(0)).isEqualTo("\033[38;5;16;48;2;245;245;245m").isEqualTo(many.color(0.02f));
        assertThat(many.color(0.25f)).isEqualTo("\033[38;5;16;48;2;188;212;232m");
        assertThat(many.color(1)).isEqualTo("\033[38;5;231;48;2;20;80;160m");
        assertThat(DivergingScale.of("24bit").color(1)).isEqualTo(many.color(1));
        assertThat(DivergingScale.of(null).color(1)).isEqualTo(few.color(1));
    }

    @Test
    void jsonTellsAUnitsValues() {
        List<JsonObject> lines = json("--text", "a\u201cb\n\u201dc", "--unit", "2:6");

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).keySet()).containsExactly("layer", "unit", "kind", "line", "text", "values");
        assertThat(lines.get(0).get("text").getAsString()).isEqualTo("a\u201cb");
        assertThat(lines.get(0).getAsJsonArray("values")).hasSize(4);
        assertThat(lines.get(0).getAsJsonArray("values").get(1).getAsDouble()).isCloseTo(Math.tanh(1), within(1e-6));
        assertThat(lines.get(1).get("line").getAsInt()).isEqualTo(2);
        assertThat(lines.get(1).getAsJsonArray("values").get(0).getAsDouble()).isCloseTo(0, within(1e-6));
    }

    @Test
    void aLineWithoutEndIsToldInParts() {
        List<JsonObject> parts = json("--text", "a".repeat(UnitJson.LONGEST + 3), "--unit", "1:1");

        assertThat(parts).hasSize(2);
        assertThat(parts).allMatch(part -> part.get("line").getAsInt() == 1);
        assertThat(parts.get(1).getAsJsonArray("values")).hasSize(3);
    }

    @Test
    void saturationIsPlottedForEveryGate() {
        List<String> lines = neurons(text, "--saturation").out().lines().toList();

        assertThat(lines.get(0)).matches(" +input gate +forget gate +output gate");
        // Of the planted units, gates are open all the time: at the right end of the lowest row.
        assertThat(lines.get(11)).matches("   0\\|.{20}[*2] +0\\|.{20}2 +0\\|.{20}[*2]");
        assertThat(lines).allMatch(line -> line.length() <= 80);
        assertThat(lines.subList(lines.size() - 6, lines.size()))
                .allMatch(line -> line.matches("layer [12] .* (input|forget|output) .* \\d left, \\d right"));
    }

    @Test
    void jsonTellsTheSharesOfAllGates() {
        List<JsonObject> gates = json(text, "--saturation");

        assertThat(gates.stream()
                        .map(gate ->
                                gate.get("layer").getAsInt() + gate.get("gate").getAsString()))
                .containsExactly("1input", "1forget", "1output", "2input", "2forget", "2output");
        JsonObject forget = gates.get(4);
        assertThat(forget.getAsJsonArray("right").get(Planted.UNIT).getAsDouble())
                .isEqualTo(1);
        assertThat(forget.getAsJsonArray("left").get(Planted.UNIT).getAsDouble())
                .isEqualTo(0);
        JsonObject overview = json(text).get(0);
        assertThat(overview.keySet()).containsExactly("chars", "features", "gates");
        assertThat(objects(overview.getAsJsonArray("gates"))).isEqualTo(gates);
        assertThat(overview.getAsJsonArray("features")).hasSize(12);
    }

    @ParameterizedTest
    @CsvSource({"peephole, cell", "gru, hidden", "rnn, hidden"})
    void everyCellCanBeLookedAt(String cell, String memory) {
        Path other = folder.resolve(cell + ".safetensors");
        Path fox = Texts.file(folder, "fox.txt", 600);
        Run.train(fox, "-o", other, "--cell", cell, "--steps", 3, "--tie", "--attention", 5);

        assertThat(Run.lstm("neurons", other, fox, "--find", "capitals", "--json")
                        .succeeded()
                        .out())
                .contains("\"kind\":\"" + memory + "\"");
        Run overview = Run.lstm("neurons", other, fox).succeeded();
        assertThat(overview.err()).isEmpty();
        assertThat(overview.out()).startsWith("feature ").doesNotContain("NaN");
        assertThat(overview.out().contains("gates")).isEqualTo(!cell.equals("rnn"));
        if (cell.equals("rnn")) {
            Run.lstm("neurons", other, fox, "--saturation").failed(2, "rnn layers have no gates");
        } else {
            assertThat(Run.lstm("neurons", other, fox, "--saturation")
                            .succeeded()
                            .out())
                    .contains(cell.equals("gru") ? "update gate" : "forget gate");
        }
        if (!cell.equals("peephole")) {
            Run.lstm("neurons", other, fox, "--unit", "1:1", "--kind", "cell")
                    .failed(2, cell + " layers have no cell", "hidden");
        }
    }

    @Test
    void aByteModelIsLookedAtInCharacters() {
        Path bytes = folder.resolve("bytes.safetensors");
        Path fox = Texts.file(folder, "fox.txt", 600);
        Run.train(fox, "-o", bytes, "--bytes", "--steps", 3);

        Run bars = Run.lstm("neurons", bytes, "--text", "\u00fc \ud83e\udd8a", "--unit", "1:1")
                .succeeded();
        List<String> lines = bars.out().lines().toList();
        assertThat(lines.get(1)).isEqualTo("\u00fc \ud83e\udd8a");
        assertThat(lines.get(2)).hasSize(4); // the fox takes two columns
        Run json = Run.lstm("neurons", bytes, "--text", "\u00fc ", "--unit", "1:1", "--json")
                .succeeded();
        JsonObject line = JsonParser.parseString(json.out()).getAsJsonObject();
        assertThat(line.get("text").getAsString()).isEqualTo("\u00fc ");
        assertThat(line.getAsJsonArray("values")).hasSize(3);
        assertThat(Run.lstm("neurons", bytes, fox, "--find", "/\u00fc/")
                        .succeeded()
                        .out())
                .startsWith("/\u00fc/: part of a match");
    }

    @Test
    void whatTheModelHasNeverSeenIsRefusedOrLeftOut() {
        Run.lstm("neurons", model, "--text", "abz", "--unit", "1:1").failed(1, "never seen 'z'", "--unknown skip");
        Run.lstm("neurons", model, Texts.write(folder.resolve("z"), "a\nz"))
                .failed(1, "z, line 2: the model has never seen 'z'");
        Run skipped = Run.lstm("neurons", model, "--text", "abz", "--unit", "1:1", "--unknown", "skip")
                .succeeded();
        assertThat(skipped.out().lines().toList().get(1)).isEqualTo("ab");
        assertThat(skipped.err()).isEqualToNormalizingNewlines("left out 1 character that the model has never seen\n");
        Run.lstm("neurons", model, "--text", "z", "--unknown", "skip").failedAfterNotes(1, "nothing to read");
    }

    @Test
    void standardInputIsRead() {
        String expected = neurons("--text", "ab (c)", "--unit", "1:1").out();

        assertThat(Run.piped("ab (c)", "neurons", model, "-", "--unit", "1:1")
                        .succeeded()
                        .out())
                .isEqualTo(expected);
        Run.piped("", "neurons", model, "-").failed(1, "nothing to read");
    }

    @Test
    void bothKernelsAgree() {
        assertThat(neurons(text, "--kernel", "ojalgo").out())
                .isEqualTo(neurons(text).out());
    }

    @Test
    void nothingIsReadOnWhereNobodyReads() {
        PrintStream closed = new PrintStream(new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(InputStream.nullInputStream(), closed, Run.stream(err), false, false, false);

        assertThat(Lstm.run(console, "neurons", model.toString(), text.toString(), "--unit", "1:1"))
                .isEqualTo(Lstm.DONE);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--unit 1:1 --find quotes",
                "--find quotes --saturation",
                "--unit 3:1",
                "--unit 1:9",
                "--unit 0:1",
                "--unit 7",
                "--unit 1:99999999999",
                "--find quotation",
                "--find /(/",
                "--find /a{1001}/",
                "--find //",
                "--kind forgotten",
                "--kind reset",
                "--kind cell --saturation",
                "--top 0 --find quotes",
                "--top 3",
                "--lag 3 --unit 1:1",
                "--lag 10001",
                "--lag -2147483648",
                "--color",
                "--json --color --unit 1:1",
                "--text ab",
            })
    void whatMakesNoSenseIsWrongUsage(String options) {
        String[] words = options.split(" ", -1);
        Object[] all = Stream.concat(Stream.of("neurons", model, text), Arrays.stream(words))
                .toArray();
        String named = words[0].equals("--text") ? "a text is named and another one given" : words[0];
        Run.lstm(all).failed(2, named);
    }

    @Test
    void whatCannotBeReadIsNamed() {
        Path missing = folder.resolve("missing");
        Run.lstm("neurons").failed(2, "CHECKPOINT");
        Run.lstm("neurons", model).failed(2, "no text is named");
        Run.lstm("neurons", model, missing).failed(1, "no such file or directory: " + missing);
        Run.lstm("neurons", missing, text).failed(1, "cannot read " + missing);
        Run.lstm("neurons", text, text).failed(1, text + " is not a checkpoint");
    }
}
