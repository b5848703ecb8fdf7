package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import lstm.cli.ScoreText.Style;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lstm score}: how surprising lines are. */
class ScoreCommandTest {

    private static final String LINES = "Der Fuchs\nrDe sFuch\n\nDer Fuchs \ud83e\udd8a\nfri\u00dft";

    @TempDir
    private static Path folder;

    private static Path model;
    private static Path text;

    @BeforeAll
    static void train() {
        model = folder.resolve("fox.safetensors");
        Run.train(Texts.file(folder, "fox.txt", 600), "-o", model, "--steps", 60, "--lr", 0.02);
        text = Texts.write(folder.resolve("lines"), LINES);
    }

    private static List<JsonObject> json(Object... options) {
        Object[] words = new Object[options.length + 4];
        System.arraycopy(new Object[] {"score", model, text, "--json"}, 0, words, 0, 4);
        System.arraycopy(options, 0, words, 4, options.length);
        return objects(Run.lstm(words).succeeded());
    }

    private static List<JsonObject> objects(Run run) {
        assertThat(run.err()).isEmpty();
        return run.out()
                .lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
    }

    private static double bits(JsonObject line) {
        return line.get("bits_per_char").getAsDouble();
    }

    @Test
    void everyLineStandsBehindItsBitsPerCharacter() {
        Run run = Run.lstm("score", model, text).succeeded();

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).matches("(\\d+\\.\\d{3}\\t.*\n){5}");
        assertThat(run.out().lines().map(line -> line.substring(line.indexOf('\t') + 1)))
                .containsExactlyElementsOf(LINES.lines().toList());
        assertThat(run.out().lines().map(line -> Double.valueOf(line.substring(0, line.indexOf('\t')))))
                .zipSatisfy(json(), (bits, line) -> assertThat(bits).isCloseTo(bits(line), within(0.0005001)));
    }

    @Test
    void standardInputIsScoredWhereNoFileIsNamed() {
        String expected = Run.lstm("score", model, text).succeeded().out();

        assertThat(Run.piped(LINES, "score", model).succeeded().out()).isEqualTo(expected);
        assertThat(Run.piped(LINES, "score", model, "-").succeeded().out()).isEqualTo(expected);
        assertThat(Run.piped("", "score", model).succeeded().out()).isEmpty();
    }

    @Test
    void aLineThatIsUnlikeTheTextIsMoreSurprising() {
        List<JsonObject> lines = json();
        assertThat(bits(lines.get(1))).isGreaterThan(bits(lines.get(0)));
    }

    @Test
    void sortedTheMostSurprisingComeFirst() {
        List<JsonObject> sorted = json().stream()
                .sorted(Comparator.comparingDouble(line -> -bits(line)))
                .toList();

        assertThat(json("--sort")).isEqualTo(sorted);
        assertThat(json("--top", 2)).isEqualTo(sorted.subList(0, 2));
        assertThat(json("--top", 1_000_000_000_000L)).isEqualTo(sorted);
    }

    @Test
    void jsonTellsAllOfALine() {
        String name = text.toString();
        List<JsonObject> lines = json();

        assertThat(lines.get(0).keySet())
                .containsExactly("file", "line", "chars", "unknown", "bits_per_char", "cut", "text");
        assertThat(lines).allMatch(line -> line.get("file").getAsString().equals(name));
        assertThat(lines.stream().map(line -> line.get("line").getAsInt())).containsExactly(1, 2, 3, 4, 5);
        assertThat(lines.stream().map(line -> line.get("text").getAsString()))
                .containsExactlyElementsOf(LINES.lines().toList());
        // With its newline, which the last one lacks.
        assertThat(lines.stream().map(line -> line.get("chars").getAsInt())).containsExactly(10, 10, 1, 12, 5);
        assertThat(lines).allMatch(line -> line.get("unknown").getAsInt() == 0);
        assertThat(lines).noneMatch(line -> line.get("cut").getAsBoolean());
    }

    @Test
    void jsonTellsTheBitsOfEveryCharacterWhereTheyAreAskedFor() {
        for (JsonObject line : json("--bits")) {
            JsonArray bits = line.getAsJsonArray("bits");
            double sum = IntStream.range(0, bits.size())
                    .mapToDouble(i -> bits.get(i).getAsDouble())
                    .sum();

            assertThat(bits).hasSize(line.get("chars").getAsInt());
            // The bits of a character are rounded to floats.
            assertThat(sum / bits.size()).isCloseTo(bits(line), within(1e-6));
        }
    }

    @Test
    void whatTheModelHasNeverSeenIsCountedAndIsNoError() {
        JsonObject line = objects(Run.piped("D\u2207r\n", "score", model, "--json", "--bits")
                        .succeeded())
                .get(0);

        assertThat(line.get("unknown").getAsInt()).isEqualTo(1);
        assertThat(line.getAsJsonArray("bits").get(1).isJsonNull()).isTrue();
        assertThat(line.get("text").getAsString()).isEqualTo("D\u2207r");
    }

    @Test
    void carriedOnAWholeTextHasTheBitsOfItsEvaluation() {
        String whole = Texts.characters(700);
        Run run = Run.piped("\n" + whole, "eval", model, "-", "--json").succeeded();
        JsonObject evaluated = objects(run).get(0);
        List<JsonObject> lines =
                objects(Run.piped(whole, "score", model, "--json", "--carry").succeeded());
        double bits = lines.stream()
                .mapToDouble(line -> bits(line) * line.get("chars").getAsInt())
                .sum();

        assertThat(lines.stream().mapToInt(line -> line.get("chars").getAsInt()).sum())
                .isEqualTo(evaluated.get("chars").getAsInt());
        assertThat(bits / evaluated.get("chars").getAsInt()).isCloseTo(bits(evaluated), within(1e-12));
        assertThat(bits(lines.get(1))).isNotEqualTo(bits(json().get(1)));
    }

    @Test
    void bothKernelsAgree() {
        assertThat(json("--kernel", "ojalgo"))
                .zipSatisfy(json(), (one, other) -> assertThat(bits(one)).isCloseTo(bits(other), within(1e-5)));
    }

    @ParameterizedTest
    @CsvSource({
        "false, , , PLAIN",
        "true, , , PAINTED",
        "true, , '', PAINTED",
        "true, , 1, TERMINAL",
        "false, true, 1, PAINTED",
        "true, true, 1, PAINTED",
        "true, false, , TERMINAL",
        "false, false, , PLAIN",
    })
    void aTerminalIsPaintedUnlessTheUserSaysOtherwise(boolean terminal, Boolean color, String noColor, Style style) {
        assertThat(ScoreText.style(terminal, color, noColor)).isEqualTo(style);
    }

    @Test
    void colorsAreThereWhereTheyAreWanted() {
        String plain = Run.lstm("score", model, text).succeeded().out();
        String painted = Run.lstm("score", model, text, "--color").succeeded().out();

        assertThat(plain).doesNotContain("\033");
        assertThat(Run.lstm("score", model, text, "--no-color").succeeded().out())
                .isEqualTo(plain);
        assertThat(painted).contains("\033[38;5;16;48;5;229m");
        assertThat(painted.lines()).allMatch(line -> line.indexOf('\033') < 0 || line.endsWith("\033[0m"));
        assertThat(painted.replaceAll("\033\\[[0-9;]*m", "").replace("\u21b5", ""))
                .isEqualTo(plain);
    }

    @Test
    void whatWouldDriveATerminalIsSpelledOut() {
        String painted = Run.piped("D\033[31mer\u009b\n", "score", model, "--color")
                .succeeded()
                .out();

        assertThat(painted).contains("\\u001b", "\\u009b").doesNotContain("\033[31m", "\u009b");
        assertThat(Run.piped("D\033[31mer\n", "score", model).succeeded().out()).endsWith("\tD\033[31mer\n");
    }

    @Test
    void aPageIsWrittenToAFileOrToStandardOutput() throws IOException {
        Path file = folder.resolve("new/page.html");
        Run run = Run.lstm("score", model, text, "--html", file).succeeded();
        String page = Files.readString(file);

        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualToNormalizingNewlines("wrote " + file + "\n");
        assertThat(page).startsWith("<!DOCTYPE html>").endsWith("</html>\n").contains("<h1>" + text + "</h1>");
        assertThat(page.split("<tr><td", -1)).hasSize(6);
        assertThat(Run.lstm("score", model, text, "--html", "-").succeeded().out())
                .isEqualTo(page);
        assertThat(Run.lstm("score", model, text, "--html", "-", "--top", 2)
                        .succeeded()
                        .out()
                        .split("<tr><td", -1))
                .hasSize(3);
    }

    @Test
    void aByteModelGivesItsBytesBack() throws IOException {
        Path bytes = folder.resolve("bytes.safetensors");
        Path binary = Files.write(
                folder.resolve("binary"),
                "D\u00ff\u0000\u00c3\u00a9\n".repeat(50).getBytes(StandardCharsets.ISO_8859_1));
        Run.train(binary, "-o", bytes, "--bytes", "--steps", 3);
        Run run = Run.lstm("score", bytes, binary, "--top", 1).succeeded();

        assertThat(new String(run.bytes(), StandardCharsets.ISO_8859_1)).endsWith("\tD\u00ff\u0000\u00c3\u00a9\n");
        JsonObject line = objects(Run.lstm("score", bytes, binary, "--top", 1, "--json", "--bits"))
                .get(0);
        assertThat(line.get("text").getAsString()).isEqualTo("D\ufffd\0\u00e9");
        assertThat(line.get("chars").getAsInt()).isEqualTo(6);
        assertThat(line.getAsJsonArray("bits")).hasSize(5);
    }

    @Test
    void anEndlessStreamEndsWhereNobodyReadsOn() {
        InputStream endless = new InputStream() {
            private int next;

            @Override
            public int available() {
                return Integer.MAX_VALUE;
            }

            @Override
            public int read() {
                return "Der Fuchs\n".charAt(next++ % 10);
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    into[offset + i] = (byte) read();
                }
                return length;
            }
        };
        PrintStream closed = new PrintStream(new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(endless, closed, Run.stream(err), false, false, false);

        assertThat(Lstm.run(console, "score", model.toString())).isEqualTo(Lstm.DONE);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void linesBeforeWhatIsNotUtf8AreWritten() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        InputStream in = new ByteArrayInputStream("Der\nF\u00ff\n".getBytes(StandardCharsets.ISO_8859_1));
        Console console = new Console(in, Run.stream(out), Run.stream(err), false, false, false);

        assertThat(Lstm.run(console, "score", model.toString())).isEqualTo(Lstm.FAILED);
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("\tDer\n");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("lstm: standard input is not UTF-8")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--bits", "--html x --json", "--json --color", "--html - --color", "--top 0", "--top few"})
    void whatMakesNoSenseIsWrongUsage(String options) {
        Run.lstm((Object[]) ("score " + model + " " + text + " " + options).split(" ", -1))
                .failed(2, options.split(" ", -1)[0]);
        assertThat(Path.of("x")).doesNotExist();
    }

    @Test
    void noColourIsAskedForAnywhere() {
        assertThat(Run.lstm("score", model, text, "--json", "--no-color")
                        .succeeded()
                        .out())
                .isEqualTo(Run.lstm("score", model, text, "--json").succeeded().out());
    }

    @Test
    void whatCannotBeReadOrWrittenIsNamed() {
        Path missing = folder.resolve("missing");
        Run.lstm("score", model, missing).failed(1, "no such file or directory: " + missing);
        Run.lstm("score", missing, text).failed(1, "cannot read " + missing);
        Run.lstm("score", text).failed(1, text + " is not a checkpoint", "lstm score CHECKPOINT FILE");
        Run.lstm("score", model, text, "--html", folder).failed(1, "cannot write " + folder);
        Run.lstm("score", model, text, "--html", text).failed(2, "--html", text + " itself");
        Run.lstm("score", model, text, "--html", model).failed(2, "--html", model + " itself");
        assertThat(text).hasContent(LINES);
    }
}
