package lstm.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What completions and man pages read from the commands: no more than {@code --help} shows. */
final class Syntax {

    /** Labels of arguments that name a file, some of them texts to picocli, for which - is standard input. */
    private static final Set<String> FILES = Set.of("FILE", "CORPUS");

    /** What a shell can offer where an argument is expected. */
    enum Kind {
        WORDS,
        CHECKPOINT,
        FILE,
        NOTHING
    }

    private Syntax() {}

    /** The commands below one, in the order of its help. */
    static List<CommandSpec> commands(CommandSpec command) {
        return command.subcommands().values().stream()
                .map(line -> line.getCommandSpec())
                .filter(spec -> !spec.usageMessage().hidden())
                .distinct()
                .toList();
    }

    /** The options of a command, those of its groups among them, in the order of the help. */
    static List<OptionSpec> options(CommandSpec command) {
        return command.options().stream().filter(option -> !option.hidden()).toList();
    }

    /** The arguments of a command that are no options, in their order. */
    static List<PositionalParamSpec> positionals(CommandSpec command) {
        return command.positionalParameters().stream()
                .filter(positional -> !positional.hidden())
                .toList();
    }

    /** The names of an option, the shortest first, and of its contrary. */
    static List<String> names(OptionSpec option) {
        List<String> names = Arrays.asList(option.names());
        if (!option.negatable()) {
            return names;
        }
        CommandSpec command = option.command();
        return names.stream()
                .flatMap(name ->
                        Stream.of(name, command.negatableOptionTransformer().makeNegative(name, command)))
                .toList();
    }

    /** Whether a value follows the option. */
    static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    static Kind kind(ArgSpec argument) {
        if (argument.completionCandidates() != null) {
            return Kind.WORDS;
        }
        if (argument.paramLabel().equals("CHECKPOINT")) {
            return Kind.CHECKPOINT;
        }
        boolean file = FILES.contains(argument.paramLabel()) || argument.type() == Path.class;
        return file ? Kind.FILE : Kind.NOTHING;
    }

    /** The words that an argument may be; letters of either case are taken, and all help texts have small ones. */
    static List<String> words(ArgSpec argument) {
        return StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The paragraphs of a description, without picocli's markup. */
    static List<String> paragraphs(String... description) {
        return Arrays.stream(description).map(Syntax::plain).toList();
    }

    /** A text without picocli's markup. */
    @SuppressWarnings("FormatStringAnnotation") // to picocli, all texts are formats
    static String plain(String text) {
        return Ansi.OFF.string(String.format(text));
    }

    /** The beginning of a description up to a default value, a full stop, a semicolon or a colon. */
    static String summary(String... description) {
        String first = description.length == 0 ? "" : plain(description[0]);
        return first.replaceFirst("(?s)( \\[|[.;:](\\s|$)).*", "");
    }
}
