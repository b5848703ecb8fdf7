package lstm.cli;

import java.util.Locale;
import lstm.batch.BatchShape;
import lstm.kernel.Workers;
import lstm.model.ModelConfig;
import lstm.train.Recipe;
import lstm.train.Throughput;
import lstm.train.TrainingConfig;
import lstm.train.TrainingLength;

/** What the user of {@code lstm train} left open, chosen to suit the text and the time. */
final class Choices {

    private final TrainOptions options;
    private final Console console;
    private final long tokens;
    private final Recipe recipe;

    /** For a text of which so many tokens are learnt from. */
    Choices(TrainOptions options, Console console, long tokens) {
        this.options = options;
        this.console = console;
        this.tokens = tokens;
        recipe = new Recipe(tokens);
    }

    /** Streams and length. */
    TrainingConfig training(TrainingConfig asked) {
        BatchShape shape = options.leavesStreamsOpen() ? recipe.shape(asked.shape()) : asked.shape();
        TrainingLength length =
                options.leavesLengthOpen() ? new TrainingLength(recipe.epochs(shape), null, null) : asked.length();
        return asked.withShape(shape).withLength(length);
    }

    /** The learning rate and the weight decay for a model. */
    TrainingConfig rates(TrainingConfig asked, ModelConfig model) {
        TrainingConfig chosen =
                options.leavesRateOpen() ? asked.withPeak(Recipe.learningRate(model.cell(), model.hidden())) : asked;
        return options.leavesDecayOpen()
                ? chosen.withWeightDecay(recipe.weightDecay(chosen.schedule().peak(), chosen.shape()))
                : chosen;
    }

    /** The size of a new model, and what is dropped of it. */
    ModelConfig model(int vocabulary, TrainingConfig training, Workers workers) {
        Double seconds = training.length().seconds();
        if (seconds == null || !options.isTimeAlone() || !options.leavesModelOpen()) {
            // No number of steps or epochs matters here: a training that is resumed for more of them goes on exactly.
            int hidden = recipe.hidden(options.layers(), Recipe.OPERATIONS);
            return model(vocabulary, hidden, recipe.epochs(training.shape()));
        }
        double speed = Throughput.operationsPerSecond(workers, training.shape());
        int alone = recipe.hidden(options.layers(), speed * seconds);
        ModelConfig asked = model(vocabulary, alone, 1);
        // The work that attention costs is taken off the layers'.
        double ofLayers = asked.withAttention(0).operationsPerToken() / asked.operationsPerToken();
        int hidden = recipe.hidden(options.layers(), speed * seconds * ofLayers * ofLayers);
        if (options.leavesHiddenOpen()) {
            console.note(String.format(
                    Locale.ROOT,
                    "training does %.1f billion operations a second here: %d units a layer suit the time and the text",
                    speed / 1e9,
                    hidden));
        }
        double perToken = model(vocabulary, hidden, 1).operationsPerToken();
        return model(vocabulary, hidden, speed * seconds / perToken / tokens);
    }

    private ModelConfig model(int vocabulary, int hidden, double epochs) {
        return options.modelConfig(vocabulary, hidden, Recipe.dropout(epochs), Recipe.weightDropout(epochs));
    }
}
