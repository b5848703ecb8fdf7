package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Man pages say what the help says, in roff. */
class ManPageTest {

    static List<CommandSpec> commands() {
        return CompletionTest.commands();
    }

    /** A page as it is read. */
    private static String read(CommandSpec command) throws IOException {
        return ManPage.of(command)
                .replaceAll("\\\\f[BIR]", "")
                .replace("\\-", "-")
                .replace("\\(aq", "'")
                .replace("\\(ti", "~")
                .replace("\\(ha", "^");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionStandsThereOnceAndWithItsDescription(CommandSpec command) throws IOException {
        String page = read(command);

        for (OptionSpec option : command.options()) {
            String entry = "(?m)^\\.TP\\n.*" + Pattern.quote(option.longestName()) + "\\b.*\\n\\Q"
                    + String.join(" ", option.description()) + "\\E$";
            assertThat(Pattern.compile(entry).matcher(page).results()).as(entry).hasSize(1);
        }
        assertThat(page).doesNotContain("${", "%n", "@|", "null");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyPageHasTheSectionsThatReadersLookFor(CommandSpec command) throws IOException {
        assertThat(read(command))
                .startsWith(".TH " + ManPage.name(command).toUpperCase(Locale.ROOT) + " 1 ")
                .containsSubsequence(
                        ".SH NAME\n" + ManPage.name(command) + " - ",
                        ".SH SYNOPSIS\n" + command.qualifiedName(),
                        ".SH DESCRIPTION\n",
                        ".SH OPTIONS\n",
                        ".SH EXIT STATUS\n",
                        ".SH EXAMPLES\n");
    }

    @Test
    void thePageOfTheWholeNamesEveryCommandAndEveryVariableThatIsRead() throws IOException {
        String page = read(commands().get(0));

        for (CommandSpec command : commands().subList(1, commands().size())) {
            assertThat(page).contains("\n" + ManPage.name(command) + "(1)\n");
        }
        assertThat(page).contains(variables(Path.of("src/main/java"), "getenv\\(\"(\\w+)\"\\)"));
        assertThat(page).contains(variables(Path.of("src/main/sh"), "\\$\\{((?:LSTM|JAVA)_\\w+)-\\}"));
    }

    private static List<String> variables(Path folder, String pattern) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> names = files.filter(Files::isRegularFile)
                    .flatMap(file -> find(file, pattern))
                    .filter(name -> !name.startsWith("JAVA_TOOL")) // Java's own, told in its manual
                    .distinct()
                    .toList();
            assertThat(names).isNotEmpty();
            return names;
        }
    }

    private static Stream<String> find(Path file, String pattern) {
        try {
            return Pattern.compile(pattern)
                    .matcher(Files.readString(file))
                    .results()
                    .map(match -> match.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @CommandLine.Command(
            name = "tool",
            description = ".dots, 'quotes', back\\slashes, ±1, `a^b~c`: 50%% of --all. More.")
    private static final class Tool {}

    @Test
    void whatIsRoffIsNotTakenForIt() throws IOException {
        String page = ManPage.of(CommandSpec.forAnnotatedObject(new Tool()));

        assertThat(page)
                .contains(
                        ".SH DESCRIPTION\n\\&.dots, \\(aqquotes\\(aq, back\\eslashes, \\[u00B1]1, \\(gaa\\(hab\\(tic\\(ga:"
                                + " 50% of \\fB\\-\\-all\\fR. More.\n");
    }

    @Test
    void theFilesStandWhereShellsAndManLookForThem(@TempDir Path folder) throws IOException {
        Path share = folder.resolve("new/share");

        Run run = Run.lstm("generate", share).succeeded();

        assertThat(run.out()).isEmpty();
        assertThat(share.resolve("bash-completion/completions/lstm"))
                .content()
                .contains("complete -o default -F _lstm lstm\n");
        assertThat(share.resolve("zsh/site-functions/_lstm")).content().startsWith("#compdef lstm\n");
        try (Stream<Path> pages = Files.list(share.resolve("man/man1"))) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(commands().stream()
                            .map(command -> ManPage.name(command) + ".1")
                            .toList());
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsTold(@TempDir Path folder) {
        Run.lstm("generate", Texts.write(folder.resolve("file"), "text")).failed(Lstm.FAILED, "cannot write", "file");
    }
}
