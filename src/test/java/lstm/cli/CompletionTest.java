package lstm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Shells offer what the commands take; how they do it, launcher-test.sh tests in the shells themselves. */
class CompletionTest {

    private static final PrintStream NOWHERE = new PrintStream(new ByteArrayOutputStream(), false, UTF_8);

    private static CommandSpec root() {
        Console console = new Console(InputStream.nullInputStream(), NOWHERE, NOWHERE, false, false, false);
        return Lstm.commandLine(console).getCommandSpec();
    }

    /** All commands that the help shows, the one without a subcommand first. */
    static List<CommandSpec> commands() {
        List<CommandSpec> all = new ArrayList<>(List.of(root()));
        all.addAll(Syntax.commands(all.get(0)));
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void everyCommandAndOptionIsInTheScript(String shell) {
        String script = Run.lstm("completion", shell).succeeded().out();

        for (CommandSpec command : commands()) {
            assertThat(script).contains(command.name());
            for (OptionSpec option : command.options()) {
                assertThat(script).contains(option.names());
            }
        }
        assertThat(script).doesNotContain("generate", "${bundle", "%n");
    }

    @Test
    void anotherShellIsWrongUsage() {
        Run.lstm("completion", "fish").failed(Lstm.USAGE, "SHELL", "fish");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOfferedWordIsTaken(CommandSpec command) {
        for (OptionSpec option : Syntax.options(command)) {
            if (Syntax.kind(option) == Syntax.Kind.WORDS) {
                for (String word : Syntax.words(option)) {
                    List<String> line = new ArrayList<>(List.of(command.name(), option.longestName(), word));
                    line.addAll(required(command));
                    assertThatCode(() -> parse(line)).as("%s", line).doesNotThrowAnyException();
                }
            }
        }
    }

    private static List<String> required(CommandSpec command) {
        List<String> words = new ArrayList<>();
        for (OptionSpec option : command.options()) {
            if (option.required()) {
                words.addAll(List.of(option.longestName(), "file"));
            }
        }
        for (PositionalParamSpec argument : command.positionalParameters()) {
            words.add(
                    Syntax.kind(argument) == Syntax.Kind.WORDS
                            ? Syntax.words(argument).get(0)
                            : "file");
        }
        return words;
    }

    private static void parse(List<String> words) {
        root().commandLine().parseArgs(words.toArray(String[]::new));
    }

    /** What the help and the man page show to be copied. */
    @ParameterizedTest
    @MethodSource("commands")
    void everyExampleIsRightUsage(CommandSpec command) {
        for (String footer : command.usageMessage().footer()) {
            String example =
                    Syntax.plain(footer).strip().split(" {2,}", 2)[0].replaceFirst("^source <\\((.*)\\)$", "$1");
            List<String> words = words(example);

            assertThat(words).first().isEqualTo("lstm");
            assertThatCode(() -> parse(words.subList(1, words.size())))
                    .as(example)
                    .doesNotThrowAnyException();
        }
    }

    private static List<String> words(String line) {
        Matcher matcher = Pattern.compile("'([^']*)'|(\\S+)").matcher(line);
        return matcher.results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .toList();
    }
}
