package lstm.train;

import static org.assertj.core.api.Assertions.assertThat;

import lstm.batch.BatchShape;
import lstm.model.Cell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {

    private static final BatchShape DEFAULT = TrainingConfig.DEFAULT.shape();

    @ParameterizedTest(name = "{0} characters: {1} streams, {2} epochs")
    @CsvSource({
        "2, 1, 60",
        "5000, 1, 40", // 100 steps an epoch
        "54000, 2, 20",
        "172596, 8, 20",
        "1003855, 32, 6",
        "6199999, 32, 1",
        "1000000000, 32, 1"
    })
    void aShortTextIsCutIntoFewerStreamsAndReadMoreOften(long tokens, int streams, int epochs) {
        Recipe recipe = new Recipe(tokens);
        BatchShape shape = recipe.shape(DEFAULT);

        assertThat(shape).isEqualTo(new BatchShape(streams, DEFAULT.steps()));
        assertThat(recipe.epochs(shape)).isEqualTo(epochs);
    }

    @ParameterizedTest(name = "{0} characters, {1} a step, rate {2}: decay {3}")
    @CsvSource({
        "1000000, 1600, 0.01, 0.05",
        "12000000, 1600, 0.01, 0.05",
        "50000000, 1600, 0.01, 0.0128",
        "50000000, 3200, 0.01, 0.0256",
        "50000000, 1600, 0.002, 0.05",
        "1000000000, 1600, 0.01, 0.0006"
    })
    void weightsRememberAPartOfALongText(long tokens, int step, double rate, double decay) {
        assertThat(new Recipe(tokens).weightDecay(rate, new BatchShape(step / 50, 50)))
                .isEqualTo(decay);
    }

    @ParameterizedTest(name = "{0} layers, {1} times the work: {2} units")
    @CsvSource({
        "2, 1, 256",
        "2, 16, 512", // four times the operations a token
        "2, 0.0625, 128",
        "2, 1e-9, 32",
        "1, 1, 448", // a third of the recurrent and input matrices
        "5, 1, 160"
    })
    void fourTimesTheWorkDoubleAModel(int layers, double work, int hidden) {
        assertThat(new Recipe(1_000_000).hidden(layers, work * Recipe.OPERATIONS))
                .isEqualTo(hidden);
    }

    @ParameterizedTest
    @CsvSource({"1, 32", "540, 32", "5400, 96", "172596, 256"})
    void aShortTextGetsASmallModel(long tokens, int hidden) {
        assertThat(new Recipe(tokens).hidden(2, Recipe.OPERATIONS)).isEqualTo(hidden);
    }

    @Test
    void aLayerWithoutGatesLearnsInSmallerSteps() {
        assertThat(Recipe.learningRate(Cell.RNN, 256)).isEqualTo(0.002);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.01", "256, 0.01", "512, 0.0071", "1024, 0.005"})
    void aLargeModelLearnsInSmallerSteps(int hidden, double rate) {
        assertThat(Recipe.learningRate(Cell.LSTM, hidden)).isEqualTo(rate);
    }

    @Test
    void theMoreOftenATextIsReadTheMoreIsDropped() {
        assertThat(Recipe.dropout(2)).isZero();
        assertThat(Recipe.weightDropout(6)).isZero();
        for (int epochs = 2; epochs <= 1000; epochs++) {
            assertThat(Recipe.dropout(epochs)).isBetween(Recipe.dropout(epochs - 1), 0.5f);
            assertThat(Recipe.weightDropout(epochs)).isBetween(Recipe.weightDropout(epochs - 1), 0.5f);
        }
        assertThat(Recipe.dropout(20)).isBetween(0.15f, 0.25f);
        assertThat(Recipe.weightDropout(20)).isBetween(0.25f, 0.35f);
    }
}
