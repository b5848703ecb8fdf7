package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lstm.ngram.Baseline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lstm baseline}: n-grams on the part that a training would hold out. */
class BaselineCommandTest {

    @TempDir
    private Path folder;

    private Path text;

    @BeforeEach
    void nameTheFiles() {
        text = Texts.file(folder, "fox.txt", 600);
    }

    @Test
    void theTableHasALineForEachOrderAndNothingElseIsPrinted() {
        Run run = Run.lstm("baseline", text).succeeded();

        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(7);
        assertThat(lines.get(0)).matches("order +nats per character +bits per character +contexts");
        for (int order = 1; order <= 6; order++) {
            String[] cells = lines.get(order).strip().split(" +");
            assertThat(cells).hasSize(4);
            assertThat(cells[0]).isEqualTo(String.valueOf(order));
            assertThat(Double.parseDouble(cells[2]) / Double.parseDouble(cells[1]))
                    .isBetween(1.43, 1.46);
        }
        assertThat(run.err()).isEqualTo("540 characters counted, 60 held out, 24 different\n");
    }

    @Test
    void orderChoosesOneAndOrdersSeveral() {
        assertThat(Run.lstm("baseline", text, "--order", 3).succeeded().out().lines())
                .hasSize(2);
        assertThat(Run.lstm("baseline", text, "--orders", "2-5")
                        .succeeded()
                        .out()
                        .lines())
                .hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--val 0.3", "--bytes", "--records line --val 0.2"})
    void itHoldsOutWhatATrainingHoldsOut(String options) {
        String[] words = options.isEmpty() ? new String[0] : options.split(" ");
        String training = Run.lstm(join(
                        new Object[] {"train", text, "-o", folder.resolve("out"), "--steps", 1, "--hidden", 3}, words))
                .err();
        JsonObject json = json(Run.lstm(join(new Object[] {"baseline", text, "--json"}, words)));

        assertThat(training)
                .containsPattern(Pattern.compile(
                        "^" + json.get("training_characters") + " (characters|bytes) to learn from, "
                                + json.get("held_out_characters") + " held out, " + json.get("different")
                                + " different$",
                        Pattern.MULTILINE));
    }

    private static Object[] join(Object[] first, Object[] second) {
        return Stream.of(first, second).flatMap(Arrays::stream).toArray();
    }

    private static JsonObject json(Run run) {
        assertThat(run.succeeded().out().lines()).hasSize(1);
        return JsonParser.parseString(run.out()).getAsJsonObject();
    }

    @Test
    void theJsonIsReadAsTheBaselineThatItIs() {
        Run run = Run.lstm("baseline", text, "--json").succeeded();
        assertThat(run.err()).isEmpty();
        Path file = Texts.write(folder.resolve("fox.json"), run.out());

        Baseline baseline = BaselineJson.read(file);
        assertThat(baseline.orders()).hasSize(6);
        assertThat(BaselineJson.of(baseline)).isEqualTo(json(run));
        assertThat(json(run).get("best_order").getAsInt())
                .isEqualTo(baseline.best().order());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "nonsense",
                "{\"orders\":[]}",
                "{\"training_characters\":1,\"held_out_characters\":1,\"different\":1,\"orders\":[]}",
                "{\"training_characters\":1,\"held_out_characters\":1,\"different\":1,\"orders\":[1]}",
                "{\"training_characters\":1,\"held_out_characters\":1,\"different\":1,"
                        + "\"orders\":[{\"order\":1,\"nats_per_char\":-1,\"contexts\":1}]}",
                "{\"training_characters\":1,\"held_out_characters\":1,\"different\":1,"
                        + "\"orders\":[{\"order\":1,\"nats_per_char\":\"x\",\"contexts\":1}]}"
            })
    void whatIsNoBaselineIsRefusedInOneLine(String json) {
        Path file = Texts.write(folder.resolve("bad.json"), json);

        assertThatThrownBy(() -> BaselineJson.read(file))
                .isInstanceOf(CommandException.class)
                .hasMessage(file + " is not what lstm baseline --json prints; make it anew");
    }

    @Test
    void whatIsWrongIsSaidInOneLine() {
        Run.lstm("baseline").failed(2, "CORPUS");
        Run.lstm("baseline", folder.resolve("missing")).failed(1, "no such file", "missing");
        Run.lstm("baseline", text, "--order", 0).failed(2, "--orders", "from 1 to 20, found '0'");
        Run.lstm("baseline", text, "--orders", "6-1").failed(2, "found '6-1'");
        Run.lstm("baseline", text, "--orders", "1-21").failed(2, "found '1-21'");
        Run.lstm("baseline", text, "--val", 0).failed(2, "--val above 0");
        Run.lstm("baseline", text, "--val", "NaN").failed(2, "--val above 0");
        Run.piped("", "baseline", "-").failed(1, "standard input", "empty");
        Run.piped("a", "baseline", "-").failed(1, "nothing is held out", "has 1 character;", "--val");
        Run.piped("ab", "baseline", "-", "--val", 0.5).failed(1, "has 2 characters;");
    }
}
