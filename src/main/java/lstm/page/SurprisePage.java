package lstm.page;

import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import lstm.score.ScoredLine;

/**
 * A page that shows how surprising every character of some lines is.
 *
 * <p>It is written line by line, and nothing of it is kept here.
 */
public final class SurprisePage {

    private record Head(String title, String notable, String high, String extreme) {}

    private record Row(String source, String number, String bits, List<PaintedCharacter> characters) {}

    private static final Template ROW = Templates.named("surprise-row");

    private final Page page;
    private final Template tail;
    private final Head head;

    /** Begins a page, in UTF-8; to buffer and to close the stream is the caller's affair. */
    public SurprisePage(OutputStream out, String title) throws IOException {
        page = new Page(out, title, List.of("surprise.css"), List.of());
        SurpriseKey key = SurpriseKey.KEY;
        head = new Head(title, key.notable(), key.high(), key.extreme());
        Template[] halves = Templates.around("surprise", "\\{lines}");
        tail = halves[1];
        page.add(halves[0], head);
    }

    /** Writes one more line. */
    public void add(ScoredLine line) throws IOException {
        page.add(
                ROW,
                new Row(
                        line.source(),
                        String.valueOf(line.number()),
                        String.format(Locale.ROOT, "%.3f", line.bitsPerCharacter()),
                        PaintedCharacter.of(line)));
    }

    /** Ends the page. */
    public void end() throws IOException {
        page.add(tail, head);
        page.end();
    }
}
