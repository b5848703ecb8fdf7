package lstm.inspect;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import lstm.model.Activation;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import org.junit.jupiter.api.Test;
import org.ojalgo.matrix.store.R032Store;

/** Gates whose values are set by hand are counted. */
class SaturationTest {

    private static final InspectedText TEXT = Planted.text("aab baaab ");

    /** One unit without weights but those of the tokens: a gate is the logistic function of its bias and the token's weight. */
    private static LanguageModel model(Cell cell, float[] biases, float[] ofA) {
        LanguageModel model =
                new LanguageModel(new ModelConfig(cell, Planted.VOCABULARY.size(), 1, 1, 0, 0), Planted.workers());
        Map<String, R032Store> weights = model.weights();
        for (int gate = 0; gate < biases.length; gate++) {
            requireNonNull(weights.get(cell.label() + ".bias_ih_l0")).set(gate, 0, biases[gate]);
            requireNonNull(weights.get(cell.label() + ".weight_ih_l0"))
                    .set(gate, Planted.VOCABULARY.token('a'), ofA[gate]);
        }
        model.load(weights);
        return model;
    }

    private static Saturation saturation(LanguageModel model) {
        Saturation saturation = new Saturation(model.config());
        new ActivationReader(model).read(TEXT.tokens(), saturation);
        model.workers().close();
        return saturation;
    }

    @Test
    void sharesAreOfAllTokens() {
        // Logistic of 2.2 is 0.9002, of 2.19 is 0.8993, and one minus that on the other side. Half of the tokens are an
        // a.
        Saturation saturation =
                saturation(model(Cell.LSTM, new float[] {2.2f, 0, 9, -2.19f}, new float[] {-2.2f, -2.2f, 0, 4.38f}));

        assertThat(saturation.gates()).containsExactly(Activation.INPUT, Activation.FORGET, Activation.OUTPUT);
        assertThat(saturation.right(0, Activation.INPUT)).containsExactly(0.5);
        assertThat(saturation.left(0, Activation.INPUT)).containsExactly(0);
        assertThat(saturation.right(0, Activation.FORGET)).containsExactly(0);
        assertThat(saturation.left(0, Activation.FORGET)).containsExactly(0.5);
        assertThat(saturation.right(0, Activation.OUTPUT)).containsExactly(0);
        assertThat(saturation.left(0, Activation.OUTPUT)).containsExactly(0);
    }

    @Test
    void aGruHasOthersAndAnRnnNone() {
        Saturation gru = saturation(model(Cell.GRU, new float[] {9, -9, 9}, new float[] {0, 18, 0}));

        assertThat(gru.gates()).containsExactly(Activation.RESET, Activation.UPDATE);
        assertThat(gru.right(0, Activation.RESET)).containsExactly(1);
        assertThat(gru.left(0, Activation.UPDATE)).containsExactly(0.5);
        assertThat(gru.right(0, Activation.UPDATE)).containsExactly(0.5);
        assertThat(saturation(model(Cell.RNN, new float[] {1}, new float[] {0})).gates())
                .isEmpty();
    }

    @Test
    void whereNothingWasReadNothingIsSaturated() {
        Saturation saturation = new Saturation(new ModelConfig(Cell.LSTM, 3, 2, 1, 0, 0));
        assertThat(saturation.left(0, Activation.INPUT)).containsExactly(0, 0);
    }
}
