package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Help goes to standard output and explains every option. */
class HelpTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            train  | -o --out --cell --layers --hidden --embedding --tie --attention --dropout --weight-dropout --seq-length --batch --epochs --steps --time --lr --clip --weight-decay --val
            train  | --seed --threads --kernel --metrics --resume --init-from --bytes --val-every --sample-every --tensorboard --progress --help CORPUS
            sample | --temp --count --best-of --beam --match --chars --json --logprobs --unique --novel --max-copy --copies --corpus --repetition-penalty --temperature -n --length -p --prime --prime-file --[no-]echo --stop --lines --seed --top-k --typical --top-p --min-p --unknown --kernel --help CHECKPOINT
            repl   | --temp --seed --length --top-k --typical --top-p --min-p --help CHECKPOINT
            eval   | --json --dynamic --dynamic-rate --unknown --kernel --help CHECKPOINT CORPUS
            score  | --carry --sort --top --[no-]color --html --json --bits --kernel --help CHECKPOINT FILE
            info   | --json --tensors --help CHECKPOINT
            ls     | --sort --all --json --help FILE
            gradients | --lags --places --unknown --json --kernel --help CHECKPOINT CORPUS
            neurons | --text --unit --find --saturation --kind --lag --top --[no-]color --html --unknown --json --kernel --help CHECKPOINT FILE
            report | -o --out --corpus --text --metrics --temp -n --length --seed --kernel --help CHECKPOINT
            export | --slim --onnx --help CHECKPOINT
            import | -o --out --vocabulary --[no-]tie --help FILE
            """)
    void everyOptionIsExplained(String command, String options) {
        Run run = Run.lstm(command, "--help").succeeded();

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("Usage: lstm " + command);
        for (String option : options.split(" ", -1)) {
            // With words behind it: at least two, or one that no default value is.
            assertThat(run.out())
                    .as(option)
                    .containsPattern(
                            "(?m)^[ -].*?" + Pattern.quote(option) + "\\b.*?(\\n)? {2,}[A-Z][a-z]*[,;]? [a-zA-Z]");
        }
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 96);
        assertThat(run.out()).doesNotContain("${", "null");
    }

    @ParameterizedTest
    @CsvSource({
        "train, --hidden=N, 'Units of a layer [256 for two layers, fewer'",
        "train, --layers=N, Layers stacked on each other [2].",
        "train, --epochs=N, 'Passes over the text [1 for a long text, up to 60 for a short one].'",
        "train, --lr=X, 'Learning rate at its peak [0.01, less for more hidden units'",
        "eval, --dynamic-rate=X, own [0.001].",
        "sample, '-n, --length=N', Characters to make [500].",
        "sample, --temperature=X, always takes the likeliest character [0.8].",
    })
    void defaultsStandInTheHelp(String command, String option, String description) {
        assertThat(Run.lstm(command, "--help").out()).containsSubsequence(option, description);
    }

    @Test
    void helpIsTakenForACommandToo() {
        assertThat(Run.lstm("help")).usingRecursiveComparison().isEqualTo(Run.lstm("--help"));
        assertThat(Run.lstm("help", "sample")).usingRecursiveComparison().isEqualTo(Run.lstm("sample", "--help"));
    }

    @Test
    void theCommandsAreListed() {
        Run run = Run.lstm("--help").succeeded();

        assertThat(run.err()).isEmpty();
        for (String command : new String[] {
            "train",
            "sample",
            "repl",
            "eval",
            "score",
            "info",
            "ls",
            "gradients",
            "neurons",
            "baseline",
            "plot",
            "report",
            "export",
            "import"
        }) {
            assertThat(run.out()).containsPattern("(?m)^  " + command + " +[A-Z]\\w+ \\w+");
        }
    }

    @ParameterizedTest
    @CsvSource({"--version", "-V", "train --version"})
    void theVersionNamesTheKernelAndJava(String words) {
        Run run = Run.lstm((Object[]) words.split(" ")).succeeded();

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("lstm ")
                .containsPattern("kernel (vector|ojalgo): .+")
                .contains("Java ");
    }
}
