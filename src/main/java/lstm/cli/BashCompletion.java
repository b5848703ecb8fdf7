package lstm.cli;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The completion script for bash.
 *
 * <p>Not picocli's: that has the shell expand the names of files, so that Tab runs what stands in {@code $()} in one of them. It
 * also takes the name of a command for the command wherever it stands, offers no files for arguments that may be -, and
 * knows no {@code --option=value}.
 */
final class BashCompletion {

    private static final String SCRIPT = """
            # Completion of lstm for bash, as `lstm completion bash` prints it.

            # Sets what may stand in a place of a command, an option's or that of the nth argument.
            _lstm_syntax() {
              options='' valued='' words='' kind=''
              case $1 in
            %s  esac
            }

            _lstm() {
              local IFS=$' \\t\\n' options valued words kind command='' option='' place=0 ended='' word i
              COMPREPLY=()
              _lstm_syntax '' 0
              for ((i = 1; i < COMP_CWORD; i++)); do
                word=${COMP_WORDS[i]}
                if [[ $word == '=' ]]; then # readline takes --option=value for three words
                  continue
                elif [[ $option ]]; then
                  option=''
                elif [[ $word == -- ]]; then
                  ended=1
                elif [[ $word == -* && ! $ended ]]; then
                  [[ $valued == *" $word "* ]] && option=$word
                elif [[ ! $command ]]; then
                  command=$word
                  _lstm_syntax "$command" 0
                else
                  place=$((place + 1))
                fi
              done
              word=${COMP_WORDS[COMP_CWORD]}
              [[ $word == '=' ]] && word=''
              _lstm_syntax "$command" "${option:-$place}"
              [[ $word == -* && ! $option && ! $ended ]] && kind='' words=$options
              if [[ $kind == checkpoints ]]; then # and any file, where there is none of that name
                compopt -o filenames 2>/dev/null || return 0
                while IFS= read -r word; do
                  COMPREPLY+=("$word")
                done < <(compgen -d -- "$word"; compgen -f -X '!*.safetensors' -- "$word")
              elif [[ $kind != files ]]; then # without a reply, readline completes files
                # shellcheck disable=SC2207 # no word has spaces or patterns
                COMPREPLY=($(compgen -W "$words" -- "$word"))
                compopt +o default 2>/dev/null
              fi
              return 0
            }

            complete -o default -F _lstm lstm
            """;

    private BashCompletion() {}

    /** The script for a command and those below it. */
    static String script(CommandSpec root) {
        String names = Syntax.commands(root).stream().map(CommandSpec::name).collect(joining(" "));
        String below = Syntax.commands(root).stream()
                .map(command -> syntax(command, command.name(), ""))
                .collect(joining());
        return SCRIPT.formatted(syntax(root, "''", "        0) words='" + names + "' ;;\n") + below);
    }

    private static String syntax(CommandSpec command, String pattern, String places) {
        List<OptionSpec> options = Syntax.options(command);
        List<OptionSpec> valued = options.stream().filter(Syntax::takesValue).toList();
        Stream<String> ofOptions =
                valued.stream().map(option -> place(String.join(" | ", Syntax.names(option)), option));
        Stream<String> ofArguments =
                Syntax.positionals(command).stream().map(argument -> place(numbers(argument), argument));
        return """
                    %s)
                      options='%s'
                      valued=' %s '
                      case $2 in
                %s      esac
                      ;;
                """.formatted(
                        pattern,
                        names(options),
                        names(valued),
                        places + Stream.concat(ofOptions, ofArguments).collect(joining()));
    }

    private static String names(List<OptionSpec> options) {
        return options.stream().flatMap(option -> Syntax.names(option).stream()).collect(joining(" "));
    }

    /** The numbers of an argument that may be repeated come behind those that may not. */
    private static String numbers(PositionalParamSpec argument) {
        return argument.index().isVariable()
                ? "[0-9]*"
                : String.valueOf(argument.index().min());
    }

    private static String place(String pattern, ArgSpec argument) {
        String set = switch (Syntax.kind(argument)) {
            case WORDS -> "words='" + String.join(" ", Syntax.words(argument)) + "'";
            case CHECKPOINT -> "kind=checkpoints";
            case FILE -> "kind=files";
            case NOTHING -> "";
        };
        return set.isEmpty() ? "" : "        " + pattern + ") " + set + " ;;\n";
    }
}
