package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports and neuron pages from the command line. */
class ReportCommandTest {

    @TempDir
    private static Path folder;

    private static Path corpus;
    private static Path model;
    private static Path metrics;

    @BeforeAll
    static void train() {
        corpus = Texts.file(folder, "corpus.txt", 900);
        model = folder.resolve("model.safetensors");
        metrics = folder.resolve("course.jsonl");
        Run.train(corpus, "--epochs", 3, "--val-every", 10, "-o", model, "--metrics", metrics);
    }

    private static String page(Object... words) throws IOException {
        Path page = folder.resolve("page.html");
        Object[] all = new Object[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = words[0].equals("report") ? "-o" : "--html";
        all[words.length + 1] = page;
        Run run = Run.lstm(all).succeeded();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("wrote " + page);
        return Files.readString(page);
    }

    @Test
    void aReportShowsTheHeldOutPartAndTheCountsOfTheCorpus() throws IOException {
        assertThat(page("report", model, "--corpus", corpus))
                .contains("Held out of " + corpus + ".", "counted in 900 of the corpus", "Witten-Bell", "fox face");
    }

    @Test
    void anotherTextThanTheOneThatWasLearntIsTold() throws IOException {
        assertThat(page("report", model, "--corpus", Texts.file(folder, "other.txt", 700)))
                .contains("which is not the text that the first model learnt");
    }

    @Test
    void aSampleIsTheTextOfTheSampleCommand() throws IOException {
        String sample = Run.lstm("sample", model, "--temp", 0.7, "--seed", 5, "-n", 40)
                .succeeded()
                .out();
        String page = page("report", model, "--temp", 0.7, "--seed", 5, "-n", 40);

        String shown = sample.replace("\"", "&quot;");
        assertThat(page).contains("<blockquote dir=\"auto\">" + shown + "</blockquote>");
    }

    @Test
    void whatATrainingWasAskedForIsToldByItsOptions() throws IOException {
        Path timed = folder.resolve("timed.safetensors");
        Run.train(corpus, "--steps", 12, "--time", "1h", "-o", timed);

        assertThat(page("report", timed))
                .contains("--time</th><td>3600s</td>", "epochs</th><td>0.3</td>", "--steps</th><td>12</td>")
                .doesNotContain("--seconds", "--val-every");
    }

    @Test
    void aChosenTextIsPainted() throws IOException {
        Path text = Texts.write(folder.resolve("text.txt"), "Q man.\n");

        assertThat(page("report", model, "--text", text)).contains("class=\"unknown\" data-tip=\"never seen\">Q</i>");
    }

    @Test
    void metricsWithoutAModelAreARunOfTheirOwn() throws IOException {
        assertThat(page("report", model, "--metrics", metrics, "--metrics", metrics))
                .contains("2 trainings compared", "course");
        assertThat(page("report", "--metrics", metrics))
                .contains("id=\"curves\"")
                .doesNotContain("id=\"samples\"");
    }

    @Test
    void withoutALossThereAreNoCurvesAsThereIsNoPlot() throws IOException {
        Path nan = Texts.write(
                folder.resolve("nan.jsonl"),
                "{\"step\":10,\"epoch\":1,\"chars\":100,\"elapsed_s\":1,\"chars_per_s\":100,\"train_loss\":NaN,"
                        + "\"val_loss\":NaN,\"lr\":0.01,\"grad_norm\":1}\n");
        String nothing = "there is nothing to draw in nan: it has no step with a loss yet";

        Run.lstm("plot", nan, "-o", folder.resolve("x.png")).failed(Lstm.FAILED, nothing);
        Run.lstm("report", "--metrics", nan, "-o", folder.resolve("x.html")).failed(Lstm.FAILED, nothing);
        assertThat(folder.resolve("x.html")).doesNotExist();
        assertThat(page("report", model, "--metrics", nan)).doesNotContain("id=\"curves\"");
    }

    @Test
    void aPageGoesToStandardOutputToo() {
        assertThat(Run.lstm("report", model, "-o", "-").succeeded().out()).startsWith("<!DOCTYPE html>");
        assertThat(Run.lstm("neurons", model, corpus, "--html", "-").succeeded().out())
                .startsWith("<!DOCTYPE html>");
    }

    @Test
    void theNeuronPageHasWhatIsSoughtFirst() throws IOException {
        assertThat(page("neurons", model, corpus, "--find", "/süße/")).contains("\"features\":[{\"label\":\"/süße/\"");
    }

    @Test
    void badInputGetsOneLine() {
        Run.lstm("report", model, "--temp", -1).failed(Lstm.USAGE, "temperature of 0 or more");
        Run.lstm("report", model, "-n", 0).failed(Lstm.USAGE, "1 to 100000 characters");
        Run.lstm("report", model, "-o", model).failed(Lstm.USAGE, "would write over");
        Run.lstm("report", model, "-o", folder).failed(Lstm.FAILED, "cannot write", "it is a directory");
        Run.lstm("report", "").failed(Lstm.USAGE, "(CHECKPOINT): the name of a file is empty");
        Run.lstm("report", folder.resolve("none.safetensors")).failed(Lstm.FAILED, "none.safetensors");
        Run.lstm("report", model, "--metrics", corpus, "-o", folder.resolve("x.html"))
                .failed(Lstm.FAILED, "corpus.txt, line 1");
        Run.lstm("report", model, "--corpus", "-", "--text", "-").failed(Lstm.USAGE, "can be read once");
        Run.lstm("report", "--metrics", metrics, "--text", corpus, "-o", folder.resolve("x.html"))
                .failed(Lstm.USAGE, "name a CHECKPOINT too");
        Run.lstm("neurons", model, corpus, "--html", corpus).failed(Lstm.USAGE, "would write over");
        Run.lstm("neurons", model, corpus, "--html", "x.html", "--json").failed(Lstm.USAGE, "leave all but --find out");
        assertThat(folder.resolve("x.html")).doesNotExist();
    }
}
