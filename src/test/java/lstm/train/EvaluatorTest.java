package lstm.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Random;
import lstm.kernel.BothKernels;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.model.Window;
import lstm.text.Tokens;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@BothKernels
class EvaluatorTest {

    private static final int VOCABULARY = 11;

    private final Workers workers;
    private final LanguageModel model;

    EvaluatorTest(KernelChoice.Request kernel) {
        workers = Trainings.workers(kernel, 2);
        // Dropout is for training alone.
        model = LanguageModel.initialized(new ModelConfig(Cell.LSTM, VOCABULARY, 9, 2, 0.5f, 0), 3, workers);
    }

    @AfterEach
    void closeWorkers() {
        workers.close();
    }

    private static int[] text(int length) {
        return new Random(length).ints(length, 0, VOCABULARY).toArray();
    }

    /** One character at a time, the loss from the definition. */
    private double nats(int[] text) {
        Window window = model.newWindow(1, 1);
        double sum = 0;
        for (int i = 0; i + 1 < text.length; i++) {
            window.inputs()[0] = text[i];
            model.forward(window);
            double exponentials = 0;
            for (float logit : window.logits().data) {
                exponentials += Math.exp(logit);
            }
            sum += Math.log(exponentials) - window.logits().data[text[i + 1]];
        }
        return sum / (text.length - 1);
    }

    @ParameterizedTest(name = "{0} characters")
    @ValueSource(ints = {2, 3, 255, 256, 257, 258, 512, 513, 514, 600})
    void everyCharacterButTheFirstIsPredictedFromAllBeforeIt(int length) {
        int[] text = text(length);

        Evaluator.Result result = new Evaluator(model).evaluate(Tokens.of(text));

        assertThat(result.predictions()).isEqualTo(length - 1);
        // The losses are floats near ln 11, each rounded by 2^-23 at most.
        assertThat(result.nats()).isCloseTo(nats(text), Offset.offset(1e-6));
        assertThat(result.bits()).isCloseTo(result.nats() / Math.log(2), Offset.offset(1e-12));
    }

    @ParameterizedTest(name = "{0} characters")
    @ValueSource(ints = {0, 1})
    void nothingIsMeasuredOnATextWithoutAPrediction(int length) {
        Evaluator.Result result = new Evaluator(model).evaluate(Tokens.of(text(length)));

        assertThat(result.predictions()).isZero();
        assertThat(result.nats()).isNaN();
    }

    @Test
    void nothingIsRememberedFromOneTextToTheNext() {
        Evaluator evaluator = new Evaluator(model);
        Evaluator.Result first = evaluator.evaluate(Tokens.of(text(300)));
        evaluator.evaluate(Tokens.of(text(77)));

        assertThat(evaluator.evaluate(Tokens.of(text(300)))).isEqualTo(first);
    }

    @Test
    void theModelIsMeasuredAsItIsNow() {
        Evaluator evaluator = new Evaluator(model);
        double before = evaluator.evaluate(Tokens.of(text(50))).nats();
        model.parameters().forEach(parameter -> parameter.value().data[0] += 1);
        model.weightsChanged();

        double after = evaluator.evaluate(Tokens.of(text(50))).nats();

        assertThat(after).isNotEqualTo(before).isCloseTo(nats(text(50)), Offset.offset(1e-6));
    }

    @Test
    void aStreamIsMeasuredAsItComesAndTellsHowFarItIs() {
        int[] text = text(600);
        PrimitiveIterator.OfInt tokens = Arrays.stream(text).iterator();
        List<Long> progress = new ArrayList<>();

        Evaluator.Result result =
                new Evaluator(model).evaluate(() -> tokens.hasNext() ? tokens.next() : -1, progress::add);

        assertThat(result).isEqualTo(new Evaluator(model).evaluate(Tokens.of(text)));
        assertThat(progress).containsExactly(256L, 512L, 599L);
    }
}
