package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong usage is told in one line that names the option or the value, and ends with 2. */
class WrongUsageTest {

    @TempDir
    private Path folder;

    private Path text;
    private Path out;

    @BeforeEach
    void nameTheFiles() {
        text = Texts.file(folder, "fox.txt", 600);
        out = folder.resolve("out");
    }

    @Test
    void aChoiceIsToldInTheWordsOfTheHelp() {
        Run.lstm("train", text, "--cell", "tree")
                .failed(Lstm.USAGE, "'--cell': expected lstm, peephole, gru or rnn, found 'tree'");
        Run.lstm("completion", "fish").failed(Lstm.USAGE, "(SHELL): expected bash or zsh, found 'fish'");
    }

    @ParameterizedTest
    @CsvSource({
        "--cell, tree, --cell",
        "--progress, much, --progress",
        "--layers, 0, layers",
        "--layers, 65, layers",
        "--layers, two, --layers",
        "--hidden, 0, hidden",
        "--hidden, 20000, hidden",
        "--hidden, 99999999999, --hidden",
        "--dropout, 1, dropout",
        "--embedding, -1, embedding",
        "--weight-decay, -1, weight decay",
        "--dropout, -0.1, dropout",
        "--dropout, NaN, dropout",
        "--dropout, much, --dropout",
        "--seq-length, 0, step",
        "--seq-length, 5.5, --seq-length",
        "--batch, 0, stream",
        "--batch, 1000000, --batch",
        "--epochs, 0, epochs",
        "--epochs, all, --epochs",
        "--steps, 0, steps",
        "--steps, -3, steps",
        "--time, 0, seconds",
        "--time, 3 weeks, --time",
        "--time, 1..2h, --time",
        "--time, '', --time",
        "--lr, 0, learning rate",
        "--lr, NaN, learning rate",
        "--lr, Infinity, learning rate",
        "--lr, nan, --lr",
        "--lr-final, 2, --lr",
        "--warmup, -1, warm-up",
        "--schedule, sine, --schedule",
        "--clip, 0, clip",
        "--val, 1, validation",
        "--val, -0.1, validation",
        "--val, NaN, validation",
        "--val-every, -1, validations",
        "--seed, lucky, --seed",
        "--threads, 0, --threads",
        "--threads, 100000, --threads",
        "--threads, many, --threads",
        "--kernel, gpu, --kernel",
        "--sample-every, -1, --sample-every",
    })
    void aTrainingRefuses(String option, String value, String named) {
        Run.lstm("train", text, "-o", out, option, value).failed(2, named, value.replace(" weeks", ""));
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "--temp, -1, temperature",
        "--temp, NaN, temperature",
        "--temperature, Infinity, temperature",
        "--temp, hot, --temp",
        "--length, -1, length",
        "-n, 1e3, --length",
        "--top-k, -1, top-k",
        "--top-k, x, --top-k",
        "--typical, 0, typical",
        "--typical, x, --typical",
        "--min-p, -1, min-p",
        "--min-p, 1.5, min-p",
        "--top-p, 0, top-p",
        "--top-p, 1.1, top-p",
        "--top-p, NaN, top-p",
        "--temp, 1:x, --temp",
        "--repetition-penalty, 0, repetition penalty",
        "--repetition-window, 0, repetition window",
        "--repetition-length, 0, repetition length",
        "--count, 0, --count",
        "--count, 99999999999999, texts",
        "--best-of, 0, --best-of",
        "--beam, 0, --beam",
        "--lines, -1, --lines",
        "--seed, x, --seed",
        "--unknown, guess, --unknown",
        "--kernel, gpu, --kernel",
    })
    void aSampleRefuses(String option, String value, String named) {
        Run.lstm("sample", "nothing", option, value).failed(2, named, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"train text", "sample", "repl", "eval model text", "info", "export --slim file"})
    void anUnknownOptionIsNamed(String words) {
        Run.lstm((Object[]) (words + " --nonsense").split(" ", -1))
                .failed(2, "'--nonsense'", "lstm " + words.split(" ", -1)[0] + " --help");
    }

    @Test
    void theNearestOptionIsSuggested() {
        Run.lstm("train", text, "--hiden", 3).failed(2, "--hiden", "did you mean --hidden?");
        Run.lstm("sample", "--tempp", 3).failed(2, "--tempp", "did you mean --temp?");
    }

    @Test
    void theNearestCommandIsSuggested() {
        Run.lstm("trian", text).failed(2, "no command 'trian'", "did you mean train?", "lstm --help");
        Run.lstm("smaple").failed(2, "did you mean sample?");
        Run.lstm("--nonsense").failed(2, "'--nonsense'");
    }

    @Test
    void whatIsMissingIsNamed() {
        Run.lstm("train").failed(2, "CORPUS");
        Run.lstm("train", "--out").failed(2, "--out");
        Run.lstm("train", text, "--hidden", "--steps", 3).failed(2, "--hidden");
        Run.lstm("eval").failed(2, "CHECKPOINT", "CORPUS");
        Run.lstm("eval", "checkpoint").failed(2, "CORPUS");
        Run.lstm("export", "checkpoint").failed(2, "--slim");
    }

    @Test
    void whatNamesNoFileIsRefused() {
        Run.lstm("train", text, "--out", "").failed(2, "--out", "empty");
        Run.lstm("train", text, "--metrics", "").failed(2, "--metrics", "empty");
        Run.lstm("sample", "").failed(2, "CHECKPOINT", "empty");
        Run.lstm("info", "a\0b").failed(2, "CHECKPOINT", "is not the name of a file");
    }

    @Test
    void whatIsTooMuchIsNamed() {
        Run.lstm("sample", "one", "two").failed(2, "'two'");
        Run.lstm("export", "--slim", "s", "one", "two").failed(2, "'two'");
        Run.lstm("train", text, "--resume", "--init-from", "x").failed(2, "--resume", "--init-from");
    }

    @Test
    void debugShowsWhereAnErrorCameFrom() {
        Run run = Run.lstm("info", folder.resolve("missing"), "--debug");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("CheckpointException", "\tat lstm.", "lstm: cannot read");
    }

    @Test
    void withoutATerminalTheBareCommandShowsItsUsage() {
        Run run = Run.lstm();
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("Usage: lstm ").contains("train", "sample", "repl", "eval", "info", "export");
    }
}
