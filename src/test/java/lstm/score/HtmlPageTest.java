package lstm.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import lstm.text.Unit;
import org.junit.jupiter.api.Test;

class HtmlPageTest {

    private static String page(String title, ScoredLine... lines) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HtmlPage page = new HtmlPage(out, title);
        for (ScoredLine line : lines) {
            page.add(line);
        }
        page.end();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everyCharacterTellsItsBitsAndItsProbability() throws IOException {
        assertThat(page("log", Lines.line("ab\u00e9", 1, 10, Double.POSITIVE_INFINITY)))
                .contains("<code><i title=\"1.00 bits, 50.0%\">a</i>"
                        + "<i class=\"extreme\" title=\"10.00 bits, 0.0977%\">b</i>"
                        + "<i class=\"unknown\" title=\"never seen\">\u00e9</i></code>")
                .contains("<td class=\"number\" title=\"log\">2</td>");
    }

    @Test
    void theEndOfALineIsShownWhereItSurprises() throws IOException {
        assertThat(page("log", Lines.line(Unit.CHARACTER, "a", 3, 1))).doesNotContain("\u21b5");
        assertThat(page("log", Lines.line(Unit.CHARACTER, "a", 8, 1)))
                .contains("<i class=\"high\" title=\"8.00 bits, 0.391%\">\u21b5</i>");
    }

    @Test
    void whatATextHoldsIsNoPartOfThePage() throws IOException {
        String hostile = "<script>\"'&\033\0{lines}";
        String page = page("</title>" + hostile, Lines.line(hostile, new double[hostile.length()]));

        assertThat(page).contains("<title>&lt;/title&gt;&lt;script&gt;&quot;&#39;&amp;\\u001b\\u0000{lines}</title>");
        assertThat(page).contains(">&lt;</i>", ">&gt;</i>", ">&quot;</i>", ">&#39;</i>", ">&amp;</i>");
        assertThat(page).contains(">\\u001b</i>", ">\\u0000</i>").doesNotContain("\033", "\0");
        assertThat(page.split("<script>", -1)).as("its own script").hasSize(2);
        assertThat(page.split("</title>", -1)).hasSize(2);
    }

    @Test
    void aPageIsWholeAndNeedsNothingElse() throws IOException {
        String page = page("log", Lines.line("a", 1));

        assertThat(page).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
        assertThat(page).contains("<meta charset=\"utf-8\">", "prefers-color-scheme: dark", "width=device-width");
        assertThat(page).doesNotContain("http:", "https:", "src=", "href=", "@import", "url(", "{notable}", "{title}");
    }
}
