package lstm.cli;

import java.util.ListResourceBundle;
import java.util.stream.Collectors;
import lstm.generate.Cuts;
import lstm.generate.Repetition;
import lstm.generate.SamplingSettings;
import lstm.model.ModelConfig;
import lstm.page.ReportSettings;
import lstm.score.ScoredLine;
import lstm.train.Adaptation;
import lstm.train.Recipe;
import lstm.train.TrainingConfig;
import org.jspecify.annotations.Nullable;

/**
 * Default values for help texts, taken from the records that hold them.
 *
 * <p>Every command reads all of them before it does anything, and the first {@link String#format} loads a locale: 10 ms.
 *
 * <p>No key may be the name of an option: picocli would take its value for the option's description.
 */
final class Defaults extends ListResourceBundle {

    @Override
    protected Object[][] getContents() {
        TrainingConfig training = TrainingConfig.DEFAULT;
        SamplingSettings sampling = SamplingSettings.DEFAULT;
        return new Object[][] {
            {"default.layers", text(ModelConfig.DEFAULT_LAYERS)},
            {"default.hidden", text(Recipe.HIDDEN)},
            {"default.batch", text(training.shape().streams())},
            {"default.seq-length", text(training.shape().steps())},
            {"default.most-epochs", text(Recipe.MOST_EPOCHS)},
            {"default.lr", text(training.schedule().peak())},
            {"default.lr-final", text(training.schedule().finalShare())},
            {"default.warmup", text(training.schedule().warmup())},
            {"default.schedule", training.schedule().shape().label()},
            {"default.clip", text(training.clip())},
            {"default.weight-decay", text(training.weightDecay())},
            {"default.val", text(training.validation())},
            {"default.enough-val", text(TrainingConfig.ENOUGH_VALIDATION)},
            {"default.seed", text(training.seed())},
            {"default.temp", text(sampling.temperature())},
            {"default.length", text(sampling.length())},
            {"default.list-length", text(SamplingSettings.LIST_LENGTH)},
            {"default.top-k", text(Cuts.NONE.topK())},
            {"default.typical", text(Cuts.NONE.typical())},
            {"default.top-p", text(Cuts.NONE.topP())},
            {"default.min-p", text(Cuts.NONE.minP())},
            {"default.repetition-penalty", text(Repetition.NONE.penalty())},
            {"default.repetition-window", text(Repetition.NONE.window())},
            {"default.repetition-length", text(Repetition.NONE.length())},
            {"default.rate-dynamic", text(Adaptation.RATE)},
            {"report.temperatures", temperatures()},
            {"report.length", text(ReportSettings.DEFAULT.length())},
            {"report.seed", text(ReportSettings.DEFAULT.seed())},
            {"score.longest", text(ScoredLine.LONGEST)},
            {"score.unknown-bits", text(Math.round(10 * ScoredLine.UNKNOWN_BITS) / 10.0)},
        };
    }

    private static String temperatures() {
        return ReportSettings.DEFAULT.temperatures().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(","));
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value);
    }
}
