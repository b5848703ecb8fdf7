package lstm.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import lstm.kernel.BothKernels;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.text.Tokens;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@BothKernels
class ValidationTest {

    private static final int VOCABULARY = 5;

    private final Workers workers;
    private final LanguageModel model;

    ValidationTest(KernelChoice.Request kernel) {
        workers = Trainings.workers(kernel, 2);
        // Dropout is for training alone.
        model = LanguageModel.initialized(new ModelConfig(Cell.LSTM, VOCABULARY, 7, 2, 0.5f, 0), 3, workers);
    }

    @AfterEach
    void closeWorkers() {
        workers.close();
    }

    private static Tokens text(int length) {
        return Tokens.of(new Random(length).ints(length, 0, VOCABULARY).toArray());
    }

    private double onePass(Tokens text) {
        return new Evaluator(model).evaluate(text).nats();
    }

    /** One stream below 4,096 predictions, then two and more, with parts that are equal or not, and 64 at the most. */
    @ParameterizedTest(name = "{0} characters")
    @ValueSource(ints = {2, 3, 16, 17, 18, 4096, 4097, 4098, 4099, 6144, 6145, 6146, 10_000, 131_073, 150_000})
    void everyCharacterButTheFirstIsPredictedOnce(int length) {
        Tokens text = text(length);

        // One prediction more or less would change the mean by more than 1 / 150,000; that of floats is exact to 2^-23.
        assertThat(new Validation(model, text).loss()).isCloseTo(onePass(text), Offset.offset(1e-6));
    }

    /** Memories as long as that of the one pass, or longer than the warm-up of the states. */
    @ParameterizedTest(name = "attention to {0}")
    @ValueSource(ints = {1, 100, 700})
    void everyStreamRemembersWhatTheOnePassWould(int attention) {
        ModelConfig config = new ModelConfig(Cell.LSTM, VOCABULARY, 7, 1, 0, 0).withAttention(attention);
        LanguageModel attending = LanguageModel.initialized(config, 3, workers);
        Tokens text = text(10_000);

        double expected = new Evaluator(attending).evaluate(text).nats();
        assertThat(new Validation(attending, text).loss()).isCloseTo(expected, Offset.offset(1e-6));
    }

    @Test
    void aShortTextIsReadInTheOnePass() {
        assertThat(new Validation(model, text(900)).loss()).isEqualTo(onePass(text(900)));
    }

    @Test
    void theModelIsMeasuredAsItIsNowWithoutAMemoryOfTheLastTime() {
        Validation validation = new Validation(model, text(9000));
        double before = validation.loss();
        assertThat(validation.loss()).isEqualTo(before);

        model.parameters().forEach(parameter -> parameter.value().data[0] += 1);
        model.weightsChanged();

        assertThat(validation.loss()).isNotEqualTo(before).isCloseTo(onePass(text(9000)), Offset.offset(1e-6));
    }
}
