package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model that was trained on escape sequences does not drive the user's terminal, nor does the name of a file. */
class ControlCharactersTest {

    /** A title for the window, a cleared screen in seven bits and in eight, and a text that runs backwards. */
    private static final String ESCAPES = "\033]0;owned\007\033[2J\u009b2J\u202eevil\u202c\b\u007f\n";

    /** What a terminal obeys, but for line breaks and the colours that are ours. */
    private static final Pattern OBEYED =
            Pattern.compile("(?!\033\\[[0-9;]*m)[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u202a-\u202e\u2066-\u2069]");

    @TempDir
    private static Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path model = Path.of("");
    private Path text = Path.of("");

    @BeforeEach
    void train() {
        model = folder.resolve("escapes.safetensors");
        text = folder.resolve("escapes.txt");
        if (!Files.exists(model)) {
            Texts.write(text, ESCAPES.repeat(40));
            Run.train(text, "-o", model, "--steps", 5);
        }
    }

    /** At a terminal that shows standard output and takes no input. */
    private int atTerminal(String input, Object... words) {
        ByteArrayInputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        return Lstm.run(new Console(in, Run.stream(out), Run.stream(err), true, false, false), Run.words(words));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sample MODEL -n 300 --seed 1",
                "sample MODEL -n 300 --seed 1 --json",
                "sample MODEL -n 50 --seed 1 --json --logprobs",
                "sample MODEL -n 50 --seed 1 --logprobs",
                "score MODEL TEXT",
                "score MODEL TEXT --color",
                "score MODEL TEXT --json",
                "neurons MODEL TEXT --unit 1:1",
                "neurons MODEL TEXT --unit 1:1 --no-color",
                "neurons MODEL TEXT --unit 1:1 --json",
                "info MODEL",
                "info MODEL --json",
                "repl MODEL -n 300 --seed 1"
            })
    void nothingThatItObeysReachesATerminal(String line) {
        Object[] words = Pattern.compile(" ")
                .splitAsStream(line)
                .map(word -> word.equals("MODEL") ? model : word.equals("TEXT") ? text : word)
                .toArray();
        int code = atTerminal("own\n:branch\n:score\n:top 20\n:undo\n", words);

        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(Lstm.DONE);
        assertThat(out.toString(StandardCharsets.UTF_8)).isNotEmpty().doesNotContainPattern(OBEYED);
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContainPattern(OBEYED);
    }

    @Test
    void rawIsWhatAPipeGets() {
        Run piped = Run.lstm("sample", model, "-n", 300, "--seed", 1).succeeded();
        assertThat(piped.out()).containsPattern(OBEYED);
        assertThat(atTerminal("", "sample", model, "-n", 300, "--seed", 1, "--raw"))
                .isEqualTo(Lstm.DONE);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(piped.out() + (piped.out().endsWith("\n") ? "" : "\n"));
    }

    @Test
    void jsonTellsTheSameText() {
        String plain =
                Run.lstm("sample", model, "-n", 300, "--seed", 1).succeeded().out();
        String json = Run.lstm("sample", model, "-n", 300, "--seed", 1, "--json")
                .succeeded()
                .out();

        assertThat(json).doesNotContainPattern(OBEYED);
        assertThat(JsonParser.parseString(json).getAsJsonObject().get("text").getAsString())
                .isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "info NAME",
                "sample NAME",
                "train NAME",
                "eval MODEL NAME",
                "plot NAME -o x.png",
                "train TEXT --nonsense=NAME",
                "NAME"
            })
    void namesInMessagesAreSpelledOut(String line) {
        String name = "no\033]0;x\007ne\u202etxt\u009b2J";
        Object[] words = Pattern.compile(" ")
                .splitAsStream(line)
                .map(word -> word.equals("MODEL") ? model : word.equals("TEXT") ? text : word.replace("NAME", name))
                .toArray();
        Run run = Run.lstm(words);

        assertThat(run.code()).isNotZero();
        assertThat(run.err())
                .contains("no\\u001b]0;x\\u0007ne\\u202etxt\\u009b2J")
                .doesNotContainPattern(OBEYED);
        assertThat(run.err().lines()).hasSize(1);
    }
}
