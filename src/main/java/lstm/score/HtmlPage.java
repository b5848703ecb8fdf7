package lstm.score;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import lstm.text.TerminalText;

/**
 * A page that shows how surprising every character of some lines is: one file that needs no other, in light and dark, on wide
 * screens and narrow ones.
 *
 * <p>It is written line by line, and nothing of it is kept here.
 */
public final class HtmlPage {

    private static final String TEMPLATE = "page.html";
    private static final String LINES = "{lines}\n";

    private final OutputStream out;
    private final String tail;

    /** Begins a page, in UTF-8; to buffer and to close the stream is the caller's affair. */
    public HtmlPage(OutputStream out, String title) throws IOException {
        this.out = out;
        String page = template();
        int lines = page.indexOf(LINES);
        tail = page.substring(lines + LINES.length());
        // The title comes last, for it may hold anything.
        write(page.substring(0, lines)
                .replace("{notable}", bits(Surprise.NOTABLE))
                .replace("{high}", bits(Surprise.HIGH))
                .replace("{extreme}", bits(Surprise.EXTREME))
                .replace("{title}", escaped(title)));
    }

    private static String template() {
        try (InputStream in = Objects.requireNonNull(HtmlPage.class.getResourceAsStream(TEMPLATE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String bits(Surprise surprise) {
        return String.format(Locale.ROOT, "%.0f", surprise.from());
    }

    /** Writes one more line. */
    public void add(ScoredLine line) throws IOException {
        StringBuilder row = new StringBuilder();
        row.append(String.format(
                Locale.ROOT,
                "<tr><td class=\"number\" title=\"%s\">%d</td><td class=\"number\">%.3f</td><td><code>",
                escaped(line.source()),
                line.number(),
                line.bitsPerCharacter()));
        for (ScoredCharacter character : line.characters()) {
            append(row, character.bits(), Character.toString(character.codePoint()));
        }
        if (line.isCut()) {
            row.append(ScoredLine.CUT);
        }
        if (Surprise.of(line.endBits()) != Surprise.EXPECTED) {
            append(row, line.endBits(), ScoredLine.END);
        }
        write(row.append("</code></td></tr>\n").toString());
    }

    private static void append(StringBuilder row, double bits, String text) {
        Surprise surprise = Surprise.of(bits);
        row.append("<i");
        if (surprise != Surprise.EXPECTED) {
            row.append(" class=\"")
                    .append(surprise.name().toLowerCase(Locale.ROOT))
                    .append('"');
        }
        row.append(" title=\"");
        if (surprise == Surprise.UNKNOWN) {
            row.append("never seen");
        } else {
            row.append(String.format(Locale.ROOT, "%.2f bits, %.3g%%", bits, 100 * Math.pow(2, -bits)));
        }
        row.append("\">").append(escaped(text)).append("</i>");
    }

    /** A text as it may stand in the page and in its attributes; control characters are spelled out. */
    private static String escaped(String text) {
        return TerminalText.show(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Ends the page. */
    public void end() throws IOException {
        write(tail);
    }
}
