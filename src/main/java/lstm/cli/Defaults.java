package lstm.cli;

import java.util.ListResourceBundle;
import lstm.generate.SamplingSettings;
import lstm.model.ModelConfig;
import lstm.train.TrainingConfig;
import org.jspecify.annotations.Nullable;

/** Default values for help texts, taken from the records that hold them. */
final class Defaults extends ListResourceBundle {

    @Override
    protected Object[][] getContents() {
        TrainingConfig training = TrainingConfig.DEFAULT;
        SamplingSettings sampling = SamplingSettings.DEFAULT;
        return new Object[][] {
            {"layers", text(ModelConfig.DEFAULT_LAYERS)},
            {"hidden", text(ModelConfig.DEFAULT_HIDDEN)},
            {"dropout", text(0)},
            {"batch", text(training.shape().streams())},
            {"seq-length", text(training.shape().steps())},
            {"epochs", text(training.length().epochs())},
            {"lr", text(training.schedule().peak())},
            {"lr-final", text(training.schedule().finalShare())},
            {"warmup", text(training.schedule().warmup())},
            {"schedule", training.schedule().shape().label()},
            {"clip", text(training.clip())},
            {"val", text(training.validation())},
            {"seed", text(training.seed())},
            {"temp", text(sampling.temperature())},
            {"length", text(sampling.length())},
            {"top-k", text(sampling.topK())},
            {"top-p", text(sampling.topP())},
            {"threads", text(Runtime.getRuntime().availableProcessors())},
        };
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value);
    }
}
