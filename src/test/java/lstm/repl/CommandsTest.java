package lstm.repl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import lstm.generate.Cuts;
import lstm.generate.Repetition;
import lstm.generate.Temperature;
import lstm.generate.TextRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    private final Session session = Talks.byHeart(500);
    private final Commands commands = new Commands(session, () -> false, true);

    @ParameterizedTest
    @CsvSource({
        ":temp, temp 0.8",
        ":length, length 500",
        ":top-k, top-k 0",
        ":typical, typical 1.0",
        ":top-p, top-p 1.0",
        ":min-p, min-p 0.0",
        ":seed, seed off",
        ":model, model round"
    })
    void withoutAnArgumentItShowsTheSetting(String line, String shown) {
        assertThat(said(line)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        ":temp 0.5, temp 0.5",
        ":temp 0, temp 0.0",
        ":length 7, length 7",
        ":length 0, length 0",
        ":top-k 3, top-k 3",
        ":typical 0.8, typical 0.8",
        ":top-p 0.9, top-p 0.9",
        ":min-p 0.1, min-p 0.1",
        ":seed 42, seed 42",
        ":seed -1, seed -1",
        ":model digits, model digits",
        "'  :temp \t 0.5  ', temp 0.5"
    })
    void withAnArgumentItChangesTheSettingAndSaysSo(String line, String said) {
        assertThat(said(line)).isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {":stop \u001b[2J", ":stop a\u009b1m"})
    void aSettingCannotDriveTheTerminal(String line) {
        assertThat(said(line))
                .isEqualTo(said(line.split(" ", 2)[0]))
                .doesNotMatch("(?s).*\\p{Cntrl}.*")
                .contains("\\u00");
        assertThatThrownBy(() -> commands.run(":top-k \u001b[2J"))
                .isInstanceOf(CommandException.class)
                .hasMessage("top-k takes a number, found \\u001b[2J");
    }

    @Test
    void everySettingIsChangedInTheSessionAndNoOther() {
        commands.run(":temp 0.5:0.7");
        commands.run(":repetition-penalty 1.5");
        commands.run(":repetition-window 90");
        commands.run(":repetition-length 4");
        commands.run(":stop ab\\n");
        commands.run(":lines 3");
        commands.run(":chars a-d");
        commands.run(":match [abc]+");
        commands.run(":length 7");
        commands.run(":top-k 3");
        commands.run(":typical 0.8");
        commands.run(":top-p 0.9");
        commands.run(":min-p 0.1");
        commands.run(":seed 42");
        assertThat(session.settings().sampling().temperature()).isEqualTo(new Temperature(0.5, 0.7));
        assertThat(session.settings().sampling().repetition()).isEqualTo(new Repetition(1.5, 90, 4));
        assertThat(session.settings().sampling().length()).isEqualTo(7);
        assertThat(session.settings().sampling().cuts()).isEqualTo(new Cuts(3, 0.8, 0.9, 0.1));
        assertThat(session.settings().rules()).isEqualTo(new TextRules(List.of("ab\n"), 3, "a-d", "[abc]+"));
        assertThat(said(":stop")).isEqualTo("stop ab\\n");
        assertThat(said(":match")).isEqualTo("match [abc]+");
        commands.run(":stop a\\|b\\\\n");
        assertThat(session.settings().rules().stops()).containsExactly("a", "b\\n");
        assertThat(said(":stop")).isEqualTo("stop a\\|b\\\\n");
        List.of("stop", "lines", "chars", "match").forEach(name -> commands.run(":" + name + " off"));
        assertThat(session.settings().rules()).isEqualTo(TextRules.NONE);
        assertThat(session.settings().seed()).hasValue(42);
        commands.run(":model digits");
        assertThat(session.model().name()).isEqualTo("digits");
        assertThat(session.settings().sampling().length())
                .as("after another model")
                .isEqualTo(7);
    }

    @Test
    void aSeedCanBeTakenBack() {
        commands.run(":seed 42");
        assertThat(said(":seed")).isEqualTo("seed 42");
        assertThat(said(":seed off")).isEqualTo("seed off");
        assertThat(session.settings().seed()).isEqualTo(OptionalLong.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ":temp -1        | expected a temperature of 0 or more, found -1.0",
                ":temp NaN       | expected a temperature of 0 or more, found NaN",
                ":length many    | length takes a number, found many",
                ":length 1.5     | length takes a number, found 1.5",
                ":length -1      | expected a length of 0 or more, found -1",
                ":length 99999999999999999999 | length takes a number, found 99999999999999999999",
                ":top-k x        | top-k takes a number, found x",
                ":top-k -1       | expected a top-k of 0 (all) or more, found -1",
                ":top-p 0        | expected a top-p above 0 and up to 1, found 0.0",
                ":top-p 1.5      | expected a top-p above 0 and up to 1, found 1.5",
                ":typical 0      | expected a typical above 0 and up to 1, found 0.0",
                ":min-p 2        | expected a min-p from 0 to 1, found 2.0",
                ":lines few      | lines takes a number, found few",
                ":lines -1       | expected 0 or more lines, found -1",
                ":chars x-z      | the model knows no character that is in 'x-z'",
                ":match (a       | expected a regular expression, found '(a': expected ')' at position 2",
                ":match xyz      | no text of up to 500 characters that the model knows matches the expression",
                ":seed on        | seed takes a number, found on"
            })
    void whatCannotBeSetIsRefusedInOneLineAndChangesNothing(String line, String refusal) {
        assertThatThrownBy(() -> commands.run(line))
                .isInstanceOf(CommandException.class)
                .hasMessage(refusal);
        assertThat(session.settings()).isEqualTo(Talks.byHeart(500).settings());
        assertThat(session.settings().seed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"warm", "0,8", "0.5 0.7", "0.5:", ":"})
    void whatIsNoTemperatureIsRefused(String text) {
        assertThatThrownBy(() -> commands.run(":temp " + text))
                .isInstanceOf(CommandException.class)
                .hasMessage("expected a temperature such as 0.8, or two such as 0.4:1.2, found '" + text + "'");
    }

    @Test
    void anUnknownModelIsRefusedAndTheOldOneStays() {
        assertThatThrownBy(() -> commands.run(":model nowhere/at all"))
                .hasMessage("nowhere/at all: there is no such checkpoint");
        assertThat(session.model().name()).isEqualTo("round");
    }

    @ParameterizedTest
    @ValueSource(strings = {":quit", ":q", ":exit"})
    void leavingHasTheNamesThatPeopleType(String line) {
        assertThat(commands.run(line).then()).isEqualTo(Outcome.Then.END);
    }

    @ParameterizedTest
    @CsvSource({
        ":tmp, :temp",
        ":temprature, :temp",
        ":lenght, :length",
        ":topk, :top-k",
        ":top_p, :top-p",
        ":quite, :quit",
        ":seeds, :seed",
        ":HELP, :help",
        ":modell, :model",
        ":undoo, :undo",
        ":swich, :switch"
    })
    void forAnUnknownCommandTheNearestIsOffered(String line, String offered) {
        assertThatThrownBy(() -> commands.run(line))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith("unknown command " + line + "; did you mean " + offered + "?")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {":", ": temp", ":-)"})
    void whatIsHardlyACommandIsRefusedAsOne(String line) {
        assertThatThrownBy(() -> commands.run(line))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("begins with two");
    }

    @Test
    void helpNamesEveryCommandAndSaysWhatItDoes() {
        String help = said(":help");
        for (String name : commands.names()) {
            assertThat(help).contains("  " + name + " ");
            assertThat(commands.description(name)).isNotEmpty();
            assertThat(help).contains(commands.description(name));
        }
        assertThat(help.lines()).allMatch(line -> line.length() <= 100);
    }

    private String said(String line) {
        Outcome outcome = commands.run(line);
        assertThat(outcome.then()).isEqualTo(Outcome.Then.NEXT);
        return outcome.said().toString();
    }
}
