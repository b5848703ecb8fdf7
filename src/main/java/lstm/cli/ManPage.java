package lstm.cli;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The page of a command in the language of man(7): what its {@code --help} says, and around it what lstm as a whole does. */
final class ManPage {

    private static final List<List<String>> EXIT_STATUS = List.of(
            List.of(String.valueOf(Lstm.DONE), "Done."),
            List.of(String.valueOf(Lstm.FAILED), "The work failed; a line on standard error says why."),
            List.of(String.valueOf(Lstm.USAGE), "Wrong usage, likewise."),
            List.of(String.valueOf(Lstm.INTERRUPTED), "Interrupted with Ctrl-C; a training has been saved."));

    private static final List<List<String>> ENVIRONMENT = List.of(
            List.of("COLORTERM", "truecolor or 24bit: lstm neurons paints with more colors than 256."),
            List.of("JAVA_HOME", "The JDK that lstm runs on, 17 or newer [that of the java on the path]."),
            List.of("LSTM_JAVA_OPTS", "More options for Java, separated by spaces, such as -Xmx8g."),
            List.of(
                    "LSTM_DUMP",
                    "A file for the names of the classes that lstm loads, of which it then makes the class-data-sharing archive"
                            + " beside its jar that later runs start faster from. make install does so where it can."),
            List.of("NO_COLOR", "Set: lstm train, lstm repl, lstm score and lstm neurons show no colors."),
            List.of(
                    "TERM",
                    "The kind of the terminal; in a dumb one lstm repl shows nothing behind the cursor, and lstm train plain lines."),
            List.of("XDG_CACHE_HOME", "Where lstm/ with the tokens of long texts stands [~/.cache]."),
            List.of("XDG_STATE_HOME", "Where lstm/history stands [~/.local/state]."));

    private static final List<List<String>> FILES = List.of(
            List.of(
                    "checkpoints/*.safetensors",
                    "What lstm train has learnt, in the working directory; the newest stands for a model that is not named."),
            List.of("FILE.1.bak, FILE.2.bak, ...", "Checkpoints that a new training found in its place."),
            List.of(
                    "PREFIX/share/lstm/checkpoints/tales.safetensors",
                    "The model that comes with lstm; PREFIX is where lstm is installed."),
            List.of(
                    "~/.cache/lstm/*.tokens",
                    "Texts that are too long for memory, as lstm train reads them; made anew where they are missing."),
            List.of("~/.local/state/lstm/history", "What was typed in lstm repl."));

    private final StringBuilder roff = new StringBuilder();
    private final CommandSpec command;

    private ManPage(CommandSpec command) {
        this.command = command;
    }

    /** The name of a command's page, which is also that of its file but for ".1". */
    static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    /** The page of a command; a footer of its help is taken for examples. */
    static String of(CommandSpec command) throws IOException {
        ManPage page = new ManPage(command);
        boolean root = command.parent() == null;
        page.head();
        page.options();
        if (root) {
            page.section("COMMANDS");
            Syntax.commands(command).forEach(page::command);
        }
        page.items("EXIT STATUS", EXIT_STATUS);
        if (root) {
            page.items("ENVIRONMENT", ENVIRONMENT);
            page.items("FILES", FILES);
        }
        page.examples();
        if (!root) {
            page.section("SEE ALSO");
            page.line(bold(name(command.root())) + "(1), for files and the environment");
        }
        return page.roff.toString();
    }

    private void head() throws IOException {
        String title = escape(name(command).toUpperCase(Locale.ROOT));
        line(".TH %s 1 \"%s\" \"lstm %s\" \"lstm manual\"".formatted(title, Version.date(), Version.number()));
        line(".nh"); // and no hyphens within words, nor words spread to an even margin
        line(".ad l");
        section("NAME");
        String summary = Syntax.summary(command.usageMessage().description());
        line(escape(name(command)) + " \\- "
                + escape(summary.substring(0, 1).toLowerCase(Locale.ROOT) + summary.substring(1)));
        section("SYNOPSIS");
        line(synopsis());
        section("DESCRIPTION");
        for (String paragraph : Syntax.paragraphs(command.usageMessage().description())) {
            line(paragraph.isEmpty() ? ".PP" : text(paragraph));
        }
    }

    private String synopsis() {
        Stream<String> required = Syntax.options(command).stream()
                .filter(OptionSpec::required)
                .map(option -> bold(option.longestName()) + label(option));
        Stream<String> arguments = command.subcommands().isEmpty()
                ? Syntax.positionals(command).stream().map(this::label)
                : Stream.of("[" + italic("COMMAND") + " [" + italic("ARGUMENT") + "...]]");
        return Stream.of(
                        Stream.of(bold(command.qualifiedName())),
                        required,
                        Stream.of("[" + italic("OPTION") + "...]"),
                        arguments)
                .flatMap(words -> words)
                .collect(joining(" "));
    }

    private void options() {
        if (!Syntax.positionals(command).isEmpty()) {
            section("ARGUMENTS");
            Syntax.positionals(command).forEach(argument -> item(label(argument), argument));
        }
        section("OPTIONS");
        List<OptionSpec> all = Syntax.options(command);
        List<ArgGroupSpec> groups = command.argGroups();
        List<OptionSpec> grouped = groups.stream()
                .flatMap(group -> group.allOptionsNested().stream())
                .toList();
        all.stream().filter(option -> !grouped.contains(option)).forEach(this::option);
        for (ArgGroupSpec group : groups) {
            if (group.heading() != null) {
                line(".SS " + escape(Syntax.plain(group.heading()).strip().replaceFirst(":$", "")));
            }
            all.stream().filter(group.allOptionsNested()::contains).forEach(this::option);
        }
    }

    private void option(OptionSpec option) {
        item(Syntax.names(option).stream().map(ManPage::bold).collect(joining(", ")) + label(option), option);
    }

    private void command(CommandSpec below) {
        item(bold(name(below)) + "(1)", Syntax.summary(below.usageMessage().description()) + ".");
    }

    /** A line of a footer is an example and, two spaces or more behind it, what it does. */
    private void examples() {
        if (command.usageMessage().footer().length == 0) {
            return;
        }
        section("EXAMPLES");
        for (String example : Syntax.paragraphs(command.usageMessage().footer())) {
            String[] parts = example.strip().split(" {2,}", 2);
            item(bold(parts[0]), parts.length == 1 ? "" : parts[1]);
        }
    }

    private void items(String title, List<List<String>> items) {
        section(title);
        items.forEach(item -> item(bold(item.get(0)), item.get(1)));
    }

    private void item(String term, ArgSpec argument) {
        item(term, String.join(" ", Syntax.paragraphs(argument.description())));
    }

    private void item(String term, String description) {
        line(".TP");
        line(term);
        line(text(description));
    }

    private void section(String title) {
        line(".SH " + title);
    }

    private void line(String line) {
        roff.append(line).append('\n');
    }

    /** The value of an option, or an argument, as the help shows it: [CHECKPOINT], CORPUS..., =N. */
    private String label(ArgSpec argument) {
        String label = command.commandLine()
                .getHelp()
                .parameterLabelRenderer()
                .renderParameterLabel(argument, Ansi.OFF, List.of())
                .toString();
        return escape(label).replaceAll("[A-Z]+", "\\\\fI$0\\\\fR");
    }

    private static String bold(String text) {
        return "\\fB" + escape(text) + "\\fR";
    }

    private static String italic(String text) {
        return "\\fI" + escape(text) + "\\fR";
    }

    /** Prose, in which options are bold. */
    private static String text(String text) {
        return escape(text).replaceAll("\\\\-\\\\-[a-z](\\\\-|[a-z])*", "\\\\fB$0\\\\fR");
    }

    /** Text whose characters stand for themselves, not for roff's commands, hyphens and quotation marks. */
    private static String escape(String text) {
        String escaped = text.codePoints()
                .mapToObj(point -> switch (point) {
                    case '\\' -> "\\e";
                    case '-' -> "\\-";
                    case '\'' -> "\\(aq";
                    case '`' -> "\\(ga";
                    case '^' -> "\\(ha";
                    case '~' -> "\\(ti";
                    default -> point < 128 ? Character.toString(point) : String.format("\\[u%04X]", point);
                })
                .collect(joining());
        return escaped.startsWith(".") ? "\\&" + escaped : escaped;
    }
}
