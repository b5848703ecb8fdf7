package lstm.page;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lstm.checkpoint.Checkpoint;
import lstm.generate.SamplingSettings;
import lstm.inspect.InspectedText;
import lstm.inspect.TextFeature;
import lstm.model.GradientReach;
import lstm.model.LanguageModel;
import lstm.text.Tokenizer;
import lstm.text.Tokens;
import lstm.text.Unknown;
import org.jspecify.annotations.Nullable;

/** What a run's model writes, and what it makes of a text. */
final class RunReading {

    /** Characters back that gradients are followed, where the text is long enough. */
    private static final int LAGS = 200;

    private static final int PLACES = 4;

    private final String name;
    private final Checkpoint checkpoint;
    private final LanguageModel model;
    private final SampleTexts writer;

    RunReading(String name, Checkpoint checkpoint, LanguageModel model) {
        this.name = name;
        this.checkpoint = checkpoint;
        this.model = model;
        writer = new SampleTexts(checkpoint, model);
    }

    /** By temperature. */
    Map<String, String> samples(ReportSettings settings) {
        Map<String, String> samples = new LinkedHashMap<>();
        for (double temperature : settings.temperatures()) {
            samples.put(String.valueOf(temperature), writer.text(temperature, settings.length(), settings.seed()));
        }
        return samples;
    }

    /** A text to read where none was given. */
    ReportText own(ReportSettings settings) {
        double temperature = SamplingSettings.DEFAULT.temperature().first();
        return ReportText.written(writer.text(temperature, ReportText.PASSAGE, settings.seed()), name, temperature);
    }

    ScoredPassage scored(ReportText text) throws IOException {
        return ScoredPassage.of(text.passage(), checkpoint, model);
    }

    /** How far back the gradient reaches in the text, by layer and lag; null where the text is too short. */
    double @Nullable [][] norms(ReportText text) {
        int[] tokens = new Tokenizer(checkpoint.vocabulary()).encode(text.whole(), Unknown.SKIP);
        int lags = Math.min(LAGS, tokens.length / 2);
        if (lags < 2) {
            return null;
        }
        GradientReach reach = new GradientReach(model, lags);
        reach.add(i -> tokens[(int) i], tokens.length, PLACES);
        return reach.norms();
    }

    /**
     * What its units do behind every character of the passage; null where it knows none of them.
     *
     * @param mostBytes that it may take
     */
    @Nullable
    NeuronViewer neurons(ReportText text, int mostBytes) {
        int[] tokens = new Tokenizer(checkpoint.vocabulary()).encode(text.passage(), Unknown.SKIP);
        if (tokens.length == 0) {
            return null;
        }
        InspectedText inspected = new InspectedText(checkpoint.vocabulary(), Tokens.of(tokens));
        return new NeuronViewer(name, model, inspected, List.of(TextFeature.values()), mostBytes, progress -> {});
    }
}
