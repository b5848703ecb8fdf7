package lstm.cli;

import java.io.IOException;
import java.io.OutputStream;
import lstm.page.SurprisePage;
import lstm.score.ScoredLine;

/** A form that scored lines are written in. */
interface ScoreOutput {

    /** Writes one more line. */
    void add(ScoredLine line) throws IOException;

    /** Writes what stands behind the last line. */
    default void end() throws IOException {}

    /** A page. */
    static ScoreOutput html(OutputStream out, String title) throws IOException {
        SurprisePage page = new SurprisePage(out, title);
        return new ScoreOutput() {
            @Override
            public void add(ScoredLine line) throws IOException {
                page.add(line);
            }

            @Override
            public void end() throws IOException {
                page.end();
            }
        };
    }
}
