package lstm.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import lstm.checkpoint.Checkpoint;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.text.Unit;
import lstm.text.Vocabulary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A report is one file that tells what is known of its runs. */
class ReportPageTest {

    private static String page(@Nullable ReportText text, ReportRun... runs) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workers workers = Runs.workers()) {
            ReportPage.of(List.of(runs), text, Runs.SETTINGS, workers).write(out);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everySectionIsThereAndNothingElseIsNeeded() throws IOException {
        try (Workers workers = Runs.workers()) {
            String page = page(Runs.text(), Runs.trained("one", 1, workers));

            assertThat(page)
                    .startsWith("<!DOCTYPE html>")
                    .endsWith("</html>\n")
                    .contains("id=\"model\"", "id=\"curves\"", "id=\"samples\"", "id=\"surprise\"", "id=\"vocabulary\"")
                    .contains("id=\"gradients\"", "id=\"neurons\"", "3,166", "quotation mark", "-grams reach")
                    .contains("The MIT License", "Permission is hereby granted");
            SelfContained.require(page);
        }
    }

    @Test
    void curvesAloneAreAReportToo() throws IOException {
        String page = page(
                null, new ReportRun("a", null, Runs.course("a", 1)), new ReportRun("b", null, Runs.course("b", 2)));

        assertThat(page)
                .contains("id=\"curves\"", "1.107 nats, 1.597 bpc", "2.107 nats")
                .doesNotContain("id=\"samples\"", "id=\"gradients\"", "class=\"viewer\"");
        SelfContained.require(page);
    }

    @Test
    void withoutATextAModelReadsItsOwn() throws IOException {
        try (Workers workers = Runs.workers()) {
            String page = page(null, Runs.trained("one", 1, workers));

            assertThat(page).contains("Written by one itself at temperature 0.8", "with --corpus their frequencies");
        }
    }

    @Test
    void gradientsOfARunThatVanishWithinATextAreStillNumbers() throws IOException {
        try (Workers workers = Runs.workers()) {
            ReportRun rnn = new ReportRun("rnn", Runs.checkpoint(Runs.TEXT, Cell.RNN, 1, workers), null);

            String page = page(Runs.text(), rnn);
            String charts = page.replaceFirst("(?s).* id=\"charts\">(.*?)</script>.*", "$1");
            assertThat(charts).startsWith("{\"runs\":[").contains("\"reach\"").doesNotContain("NaN", "Infinity");
            assertThat(page).doesNotContain("id=\"curves\"");
        }
    }

    @Test
    void whatNamesAndTextsHoldIsNoPartOfThePage() throws IOException {
        String hostile = "</script><script>alert(1)</script><!--&\"'\u202e\0\u2028\ud83e\udd8a\u05d0";
        try (Workers workers = Runs.workers()) {
            ReportRun run =
                    new ReportRun(hostile, Runs.checkpoint(hostile, Cell.LSTM, 1, workers), Runs.course(hostile, 1));
            ReportText text = new ReportText(hostile, hostile.repeat(9), hostile, Unit.CHARACTER, Map.of(), null);

            String page = page(text, run);

            assertThat(page).doesNotContain("alert(1)</script>", "<!--", "\u202e", "\0", "\u2028");
            assertThat(page).contains("&lt;/script&gt;&lt;script&gt;alert(1)", "\ud83e\udd8a", "\u05d0");
            SelfContained.require(page);
        }
    }

    @Test
    void aCorpusThatWasCountedInAnotherUnitIsNoMissingCorpus() throws IOException {
        try (Workers workers = Runs.workers()) {
            Vocabulary bytes = Vocabulary.of(Unit.BYTE, List.of("Y", "o", "u"));
            ModelConfig config = new ModelConfig(Cell.LSTM, 3, Runs.HIDDEN, 1, 0, 0);
            LanguageModel model = LanguageModel.initialized(config, 1, workers);
            ReportRun second = new ReportRun(
                    "bytes", new Checkpoint(config, bytes, "{}", model.weights(), Map.of()), Runs.course("bytes", 2));

            assertThat(page(Runs.text(), Runs.trained("one", 1, workers), second))
                    .contains(
                            "3 bytes; the corpus was read, and counted, in characters.",
                            "counted in " + Runs.TEXT.length() + " of the corpus")
                    .doesNotContain("with --corpus");
        }
    }

    @Test
    void whatATextLeavesOutIsSaid() throws IOException {
        try (Workers workers = Runs.workers()) {
            ReportText foreign =
                    new ReportText("\u65e5\u672c", "\u65e5\u672c", "Made up.", Unit.CHARACTER, Map.of(), null);
            ReportText brief = new ReportText("Ann", "Ann", "Made up.", Unit.CHARACTER, Map.of(), null);

            assertThat(page(foreign, Runs.trained("one", 1, workers)))
                    .contains("Note: one has never seen any of the text&#39;s characters: neither its gradients nor")
                    .doesNotContain("id=\"gradients\"", "id=\"neurons\"");
            assertThat(page(brief, Runs.trained("one", 1, workers)))
                    .contains("Note: the text is too short to follow the gradients of one.", "id=\"neurons\"")
                    .doesNotContain("id=\"gradients\"");
        }
    }

    @Test
    void theFirstModelThatHasUnitsToShowShowsThem() throws IOException {
        try (Workers workers = Runs.workers()) {
            ReportRun foreign = new ReportRun("foreign", Runs.checkpoint("\u65e5\u672c", Cell.LSTM, 1, workers), null);
            String page = page(Runs.text(), foreign, Runs.trained("one", 1, workers), Runs.trained("two", 2, workers));

            assertThat(page.split("data-tab=\"units\"", -1)).hasSize(3);
            assertThat(page).containsOnlyOnce("<div class=\"tab\" data-tab=\"units\">");
            assertThat(page)
                    .containsPattern("name=\"units\" value=\"2\" checked><span[^>]*></span>one<")
                    .containsOnlyOnce("<div class=\"tab\" data-tab=\"passage\">");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void aTemperatureThatIsNoneIsRefused(double temperature) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ReportSettings(List.of(temperature), 10, 1));
    }
}
