package lstm.cli;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The completion script for zsh, which tells what each command and option is for. */
final class ZshCompletion {

    // zsh loads the file at the first Tab and runs it as the function _lstm, which then has to do its work.
    private static final String SCRIPT = """
            #compdef lstm
            # Completion of lstm for zsh, as `lstm completion zsh` prints it.

            _lstm() {
              local curcontext=$curcontext state line
              typeset -A opt_args
              _arguments -C -s -S \\
            %s    '1:command:->command' '*::argument:->argument' && return
              case $state in
                command)
                  local -a commands=(
            %s      )
                  _describe command commands
                  ;;
                argument)
                  curcontext=${curcontext%%:*:*}:lstm-$words[1]:
                  case $words[1] in
            %s      esac
                  ;;
              esac
            }

            if [[ $funcstack[1] == _lstm ]]; then
              _lstm "$@"
            else
              compdef _lstm lstm
            fi
            """;

    private ZshCompletion() {}

    /** The script for a command and those below it. */
    static String script(CommandSpec root) {
        List<CommandSpec> commands = Syntax.commands(root);
        return SCRIPT.formatted(
                options(root, "    "),
                commands.stream()
                        .map(command -> "        " + quote(command.name() + ":" + summary(command)) + "\n")
                        .collect(joining()),
                commands.stream().map(ZshCompletion::arguments).collect(joining()));
    }

    private static String summary(CommandSpec command) {
        return Syntax.summary(command.usageMessage().description());
    }

    private static String arguments(CommandSpec command) {
        String positionals = Syntax.positionals(command).stream()
                .map(argument -> "            " + quote(number(argument) + value(argument)) + " \\\n")
                .collect(joining());
        String all = options(command, "            ") + positionals;
        return "        " + command.name() + ")\n          _arguments -s -S \\\n"
                + all.substring(0, all.length() - " \\\n".length()) + "\n          ;;\n";
    }

    private static String options(CommandSpec command, String indent) {
        return Syntax.options(command).stream()
                .flatMap(ZshCompletion::specs)
                .map(spec -> indent + quote(spec) + " \\\n")
                .collect(joining());
    }

    /** One for every name: given once, none of them is offered again, unless the option may be repeated. */
    private static Stream<String> specs(OptionSpec option) {
        List<String> names = Syntax.names(option);
        String excluded = option.usageHelp() || option.versionHelp() ? "- *" : String.join(" ", names);
        String prefix = option.isMultiValue() ? "*" : "(" + excluded + ")";
        String text = "[" + escape(Syntax.summary(option.description())) + "]";
        if (!Syntax.takesValue(option)) {
            return names.stream().map(name -> prefix + name + text);
        }
        // The value may be the next word; after a long name also follow a =, after a short one at once.
        return names.stream().map(name -> prefix + name + (name.startsWith("--") ? "=" : "+") + text + value(option));
    }

    private static String number(PositionalParamSpec argument) {
        return argument.index().isVariable()
                ? "*"
                : String.valueOf(argument.index().min() + 1);
    }

    private static String value(ArgSpec argument) {
        String action = switch (Syntax.kind(argument)) {
            case WORDS -> "(" + String.join(" ", Syntax.words(argument)) + ")";
            case CHECKPOINT -> "_files -g \"*.safetensors\"";
            case FILE -> "_files";
            case NOTHING -> " ";
        };
        return ":" + argument.paramLabel() + ":" + action;
    }

    private static String escape(String text) {
        return text.replaceAll("[\\\\\\[\\]:]", "\\\\$0");
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
