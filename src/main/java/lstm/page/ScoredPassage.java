package lstm.page;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lstm.checkpoint.Checkpoint;
import lstm.model.LanguageModel;
import lstm.score.LineScorer;
import lstm.score.ScoredLine;
import lstm.text.Records;
import lstm.text.Sources;

/**
 * How surprising a passage is to a model; the names are those in the template.
 *
 * @param bits of a character, on the mean
 * @param lines painted
 */
record ScoredPassage(String bits, List<Line> lines) {

    /** A line and what stands behind it. */
    record Line(List<PaintedCharacter> characters, String end) {}

    /** Prose is foreseen from the lines before, and a record by itself. */
    static ScoredPassage of(String passage, Checkpoint checkpoint, LanguageModel model) throws IOException {
        Sources sources = Sources.of(
                List.of(Sources.STANDARD_INPUT), new ByteArrayInputStream(passage.getBytes(StandardCharsets.UTF_8)));
        LineScorer.Context context =
                checkpoint.records() == Records.LINE ? LineScorer.Context.LINE : LineScorer.Context.TEXT;
        List<Line> lines = new ArrayList<>();
        double bits = 0;
        long count = 0;
        try (LineScorer scorer = new LineScorer(model, checkpoint.vocabulary(), sources, context)) {
            for (ScoredLine line = scorer.next(); line != null; line = scorer.next()) {
                lines.add(new Line(PaintedCharacter.of(line), "\n"));
                bits += line.totalBits();
                count += line.count();
            }
        }
        return new ScoredPassage(String.format(Locale.ROOT, "%.3f", count == 0 ? 0 : bits / count), lines);
    }
}
