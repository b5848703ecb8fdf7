package lstm.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import lstm.checkpoint.Checkpoint;
import lstm.inspect.InspectedText;
import lstm.inspect.TextFeature;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.text.Tokenizer;
import lstm.text.Tokens;
import lstm.text.Unknown;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The pages in a browser: skipped where there is none. */
class PageBrowserTest {

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static Path report;
    private static Path neurons;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start(folder.resolve("profile"));
        report = folder.resolve("report.html");
        neurons = folder.resolve("neurons.html");
        try (Workers workers = Runs.workers();
                OutputStream out = Files.newOutputStream(report);
                OutputStream other = Files.newOutputStream(neurons)) {
            ReportRun one = Runs.trained("one", 1, workers);
            ReportRun two = Runs.trained("two </script>", 2, workers);
            ReportPage.of(List.of(one, two), Runs.text(), Runs.SETTINGS, workers)
                    .write(out);
            Checkpoint checkpoint = Runs.checkpoint(Runs.TEXT, Cell.LSTM, 1, workers);
            int[] tokens = new Tokenizer(checkpoint.vocabulary()).encode(Runs.TEXT, Unknown.ERROR);
            NeuronViewer viewer = new NeuronViewer(
                    "one",
                    checkpoint.model(workers),
                    new InspectedText(checkpoint.vocabulary(), Tokens.of(tokens)),
                    List.of(TextFeature.values()),
                    NeuronViewer.LARGE,
                    progress -> {});
            NeuronPage.write(other, "neurons", "one", viewer);
        }
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "1280, dark", "360, light", "360, dark"})
    void bothPagesFitEveryScreenInLightAndDark(int width, String scheme) throws IOException {
        for (Path page : List.of(report, neurons)) {
            browser.open(page, width, scheme);

            browser.requireNoSidewaysScroll();
            double[] ground = browser.colour("body", "backgroundColor");
            assertThat(Browser.luminance(ground)).matches(light -> scheme.equals("light") ? light > 0.8 : light < 0.05);
            for (String text : List.of("body", ".note", "a, .title", ".keys")) {
                assertThat(Browser.contrast(browser.colour(text, "color"), ground))
                        .as(text)
                        .isGreaterThan(4.5);
            }
            browser.requireClean(page);
            browser.photograph(page.getFileName() + "-" + width + "-" + scheme);
        }
    }

    @Test
    void theButtonSwitchesBetweenLightAndDarkAndChartsFollow() {
        browser.open(report, 1280, "light");
        double[] axis = middleOf("#reach-chart canvas");

        browser.click("#theme");

        assertThat(Browser.luminance(browser.colour("body", "backgroundColor"))).isLessThan(0.05);
        assertThat(middleOf("#reach-chart canvas")).isNotEqualTo(axis);
        browser.click("#theme");
        assertThat(Browser.luminance(browser.colour("body", "backgroundColor"))).isGreaterThan(0.8);
        browser.requireClean(report);
    }

    /** The mean of what is drawn. */
    private static double[] middleOf(String canvas) {
        String mean = String.valueOf(browser.script(
                "const c = document.querySelector(arguments[0]), copy = document.createElement('canvas');"
                        + "copy.width = c.width; copy.height = c.height;"
                        + "const g = copy.getContext('2d', {willReadFrequently: true}); g.drawImage(c, 0, 0);"
                        + "const d = g.getImageData(0, 0, c.width, c.height).data;"
                        + "const s = [0, 0, 0]; let n = 0; for (let i = 0; i < d.length; i += 4) if (d[i + 3] > 128) { n++; for (let k = 0; k < 3; k++) s[k] += d[i + k]; }"
                        + "return s.map(x => x / Math.max(1, n)).join()",
                canvas));
        return Arrays.stream(mean.split(",")).mapToDouble(Double::parseDouble).toArray();
    }

    @Test
    void aChartZoomsByDraggingAndByButtonsAndTellsItsValues() {
        browser.open(report, 1280, "light");
        WebElement over = browser.find("#curve-chart .u-over");
        browser.script("arguments[0].scrollIntoView({block: 'center'})", over);
        double whole = shown();

        browser.actions().moveToElement(over, 10, 20).perform();
        assertThat(browser.find("#curve-chart .chart-tip").getText()).contains("steps", "one, training");
        int part = over.getSize().getWidth() / 4;
        browser.actions()
                .moveToElement(over, -part, 0)
                .clickAndHold()
                .moveByOffset(2 * part, 0)
                .release()
                .perform();

        assertThat(shown()).isLessThan(0.6 * whole);
        browser.click("[data-zoom=all]");
        assertThat(shown()).isEqualTo(whole);
        browser.click("[data-zoom=in]");
        assertThat(shown()).isEqualTo(whole / 2);
        browser.requireClean(report);
    }

    private static double shown() {
        return Double.parseDouble(browser.find("#curve-chart").getDomAttribute("data-to"))
                - Double.parseDouble(browser.find("#curve-chart").getDomAttribute("data-from"));
    }

    @Test
    void curvesAreShownOverCharactersAndInBits() {
        browser.open(report, 1280, "light");

        browser.click("#curve-over option[value=chars]");
        browser.click("#curve-unit option[value=bpc]");

        assertThat(browser.find("#curve-chart .u-legend").getText())
                .contains("one, validation", "two </script>, validation", "-grams, Witten-Bell");
        assertThat(shown()).isGreaterThan(1_000);
        browser.requireClean(report);
    }

    @Test
    void thePassageIsPaintedByTheModelThatIsChosen() {
        browser.open(report, 1280, "light");
        assertThat(browser.all("[data-tab=passage]")).hasSize(2);
        assertThat(browser.find("[data-tab=passage]").isDisplayed()).isTrue();

        browser.script("document.querySelectorAll('[name=passage]')[1].click()");

        assertThat(browser.all("[data-tab=passage]").get(0).isDisplayed()).isFalse();
        WebElement passage = browser.all("[data-tab=passage] .passage").get(1);
        assertThat(passage.isDisplayed()).isTrue();
        browser.script("arguments[0].focus()", passage);
        browser.actions().sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT).perform();
        assertThat(browser.find("#tip").getText()).containsPattern("\\d+\\.\\d\\d bits, ");
        browser.requireClean(report);
    }

    @Test
    void theVocabularyIsSearchedAndSorted() {
        browser.open(report, 1280, "light");
        assertThat(browser.all(".symbols tbody tr")).hasSizeGreaterThan(5);

        browser.click(".symbols [data-sort=number]");
        assertThat(browser.find(".symbols tbody tr").getText()).startsWith("\\n U+000A");
        browser.find(".filter").sendKeys("quotation");
        assertThat(browser.all(".symbols tbody tr").stream().filter(WebElement::isDisplayed))
                .hasSize(1);
        browser.requireClean(report);
    }

    @Test
    void unitsAreGoneThroughByMouseAndKeyboard() {
        browser.open(neurons, 1280, "light");
        String first = title();
        assertThat(browser.all(".list li")).hasSize(2 * Runs.HIDDEN);
        assertThat(painted()).isPositive();

        browser.actions().sendKeys("n").perform();
        assertThat(title()).isNotEqualTo(first).endsWith(", cell");
        browser.actions().sendKeys("k").perform();
        assertThat(title()).endsWith(", hidden");
        browser.actions().sendKeys("l").perform();
        assertThat(browser.all(".list li")).hasSize(Runs.HIDDEN);
        assertThat(title()).startsWith("Unit 1:");
        browser.script("document.querySelectorAll('.kind input')[3].click()");
        assertThat(title()).endsWith(", forget gate");
        assertThat(browser.find(".scale .least").getText()).isEqualTo("0.00");
        browser.click(".list li:nth-child(3)");
        assertThat(browser.find(".list li:nth-child(3)").getDomAttribute("aria-selected"))
                .isEqualTo("true");
        browser.find(".list").sendKeys(Keys.ARROW_DOWN);
        assertThat(browser.find(".list li:nth-child(4)").getDomAttribute("aria-selected"))
                .isEqualTo("true");
        browser.requireClean(neurons);
    }

    private static String title() {
        return browser.find(".stage .title").getText();
    }

    private static int painted() {
        return browser.all(".stage .painted i[class]:not([class=''])").size();
    }

    @Test
    void unitsAreFoundAndRankedAndTheirValuesTold() {
        browser.open(neurons, 1280, "dark");

        browser.actions().sendKeys("/").sendKeys("2:3").perform();
        assertThat(browser.all(".list li")).allMatch(item -> item.getText().startsWith("2:3"));
        assertThat(title()).startsWith("Unit 2:3");
        browser.script(
                "const s = document.querySelector('.search'); s.value = ''; s.dispatchEvent(new Event('input'))");
        browser.click(".order option[value='0']");
        List<Double> ranked = browser.all(".list li span:nth-child(3)").stream()
                .map(item -> Math.abs(Double.parseDouble(item.getText().replace('\u2212', '-'))))
                .toList();
        assertThat(ranked).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        browser.actions().moveToElement(browser.all(".stage .painted i").get(3)).perform();
        assertThat(browser.find("#tip").getText()).containsPattern("\\d\\.\\d\\d   character 4");
        browser.requireClean(neurons);
    }

    @Test
    void aDotOfTheSaturationPlotShowsItsUnit() {
        browser.open(neurons, 1280, "light");
        assertThat(browser.all(".plots figure")).hasSize(3);
        assertThat(browser.all(".plots circle")).hasSize(3 * 2 * Runs.HIDDEN);

        browser.script(
                "document.querySelector('.plots figure:nth-child(2) circle').dispatchEvent(new MouseEvent('click', {bubbles: true}))");

        assertThat(title()).isEqualTo("Unit 1:1, forget gate");
        assertThat(browser.all(".dot.chosen")).hasSize(3);
        browser.requireClean(neurons);
    }

    /** At the strongest of the paint, in both themes. */
    @ParameterizedTest
    @CsvSource({"light", "dark"})
    void inkStaysReadableOnPaint(String scheme) {
        browser.open(neurons, 1280, scheme);
        browser.script(
                "const i = document.querySelectorAll('.stage .painted i'); i[0].className = 'p8'; i[1].className = 'n8'");

        for (String paint : List.of(".p8", ".n8")) {
            assertThat(Browser.contrast(browser.colour(paint, "color"), browser.colour(paint, "backgroundColor")))
                    .as(paint)
                    .isGreaterThan(4.5);
        }
    }
}
