package lstm.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import lstm.score.Lines;
import lstm.score.ScoredLine;
import lstm.text.Unit;
import org.junit.jupiter.api.Test;

class SurprisePageTest {

    private static String page(String title, ScoredLine... lines) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SurprisePage page = new SurprisePage(out, title);
        for (ScoredLine line : lines) {
            page.add(line);
        }
        page.end();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everyCharacterTellsItsBitsAndItsProbability() throws IOException {
        assertThat(page("log", Lines.line("ab\u00e9", 1, 10, Double.POSITIVE_INFINITY)))
                .contains("<td><i data-tip=\"1.00 bits, 50.0%\">a</i>"
                        + "<i class=\"extreme\" data-tip=\"10.00 bits, 0.0977%\">b</i>"
                        + "<i class=\"unknown\" data-tip=\"never seen\">\u00e9</i></td>")
                .contains("<td class=\"number\" data-tip=\"log\">2</td>");
    }

    @Test
    void theEndOfALineIsShownWhereItSurprises() throws IOException {
        assertThat(page("log", Lines.line(Unit.CHARACTER, "a", 3, 1))).doesNotContain("\u21b5");
        assertThat(page("log", Lines.line(Unit.CHARACTER, "a", 8, 1)))
                .contains("<i class=\"high\" data-tip=\"8.00 bits, 0.391%\">\u21b5</i>");
    }

    @Test
    void whatATextHoldsIsNoPartOfThePage() throws IOException {
        String hostile = "<script>\"'&\033\0{lines}{content}{{title}}\u202e";
        String page = page("</title>" + hostile, Lines.line(hostile, new double[hostile.length()]));

        assertThat(page)
                .contains("<title>&lt;/title&gt;&lt;script&gt;&quot;&#39;&amp;\\u001b\\u0000{lines}{content}{{title}}"
                        + "\\u202e</title>");
        assertThat(page).contains(">&lt;</i>", ">&gt;</i>", ">&quot;</i>", ">&#39;</i>", ">&amp;</i>");
        assertThat(page)
                .contains(">\\u001b</i>", ">\\u0000</i>", ">\\u202e</i>")
                .doesNotContain("\033", "\0", "\u202e");
        assertThat(page.split("<script>", -1)).as("its own scripts").hasSize(3);
        assertThat(page.split("</title>", -1)).hasSize(2);
    }

    @Test
    void aPageIsWholeAndNeedsNothingElse() throws IOException {
        String page = page("log", Lines.line("a", 1));

        assertThat(page).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
        assertThat(page).contains("<meta charset=\"utf-8\">", "color-scheme: light dark", "width=device-width");
        SelfContained.require(page);
    }
}
