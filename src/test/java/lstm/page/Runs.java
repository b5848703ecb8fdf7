package lstm.page;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import lstm.checkpoint.Checkpoint;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.metrics.Course;
import lstm.metrics.Point;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.ngram.Baseline;
import lstm.text.Tokenizer;
import lstm.text.Tokens;
import lstm.text.Unit;
import lstm.text.Unknown;
import lstm.text.Vocabulary;

/** Trainings for reports, made up or next to nothing. */
final class Runs {

    static final int HIDDEN = 12;
    static final String TEXT = "\"You,\" he said to Ann,\n\"are late (again).\"\n".repeat(12);
    static final ReportSettings SETTINGS = new ReportSettings(List.of(0.5, 1.0), 80, 1);

    private Runs() {}

    static Workers workers() {
        return new Workers(1, KernelChoice.of(KernelChoice.Request.AUTO).kernels());
    }

    static Vocabulary vocabulary(String text) {
        return Vocabulary.of(
                Unit.CHARACTER,
                text.codePoints()
                        .sorted()
                        .distinct()
                        .mapToObj(Character::toString)
                        .toList());
    }

    /** A new model of the text's symbols and a course of thirty points. */
    static ReportRun trained(String name, long seed, Workers workers) {
        return new ReportRun(name, checkpoint(TEXT, Cell.LSTM, seed, workers), course(name, seed));
    }

    static Checkpoint checkpoint(String text, Cell cell, long seed, Workers workers) {
        ModelConfig config = new ModelConfig(cell, vocabulary(text).size(), HIDDEN, 2, 0, 0);
        LanguageModel model = LanguageModel.initialized(config, seed, workers);
        return new Checkpoint(config, vocabulary(text), "{}", model.weights(), Map.of());
    }

    static Course course(String name, long seed) {
        return new Course(
                name,
                IntStream.rangeClosed(1, 30)
                        .mapToObj(i -> new Point(
                                10L * i,
                                i / 10.0,
                                4_000L * i,
                                (double) i,
                                4_000.0,
                                3.0 / i + seed,
                                i % 5 == 0 ? (Double) (3.2 / i + seed) : null,
                                0.01,
                                1.0))
                        .toList());
    }

    static ReportText text() {
        Vocabulary vocabulary = vocabulary(TEXT);
        int[] tokens = new Tokenizer(vocabulary).encode(TEXT, Unknown.ERROR);
        Tokens all = Tokens.of(tokens);
        Map<Integer, Long> counts = new TreeMap<>();
        TEXT.codePoints().forEach(symbol -> counts.merge(symbol, 1L, Long::sum));
        Baseline baseline = Baseline.measure(all.slice(0, 300), all.slice(300, all.size()), vocabulary.size(), 1, 3);
        return new ReportText(TEXT, TEXT, "Made up.", Unit.CHARACTER, counts, baseline);
    }
}
