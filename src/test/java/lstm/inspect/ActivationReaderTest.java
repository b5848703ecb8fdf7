package lstm.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import lstm.model.Activation;
import lstm.model.Activations;
import lstm.model.Cell;
import lstm.model.LanguageModel;
import lstm.model.ModelConfig;
import lstm.model.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text is read once, in order, from an empty memory, and remembered over the edges of windows. */
class ActivationReaderTest {

    private static final ModelConfig CONFIG = new ModelConfig(Cell.PEEPHOLE, Planted.VOCABULARY.size(), 5, 2, 0, 0);

    private final LanguageModel model = LanguageModel.initialized(CONFIG, 4, Planted.workers());

    /** All values, token by token, of a window of one step. */
    private List<Float> stepByStep(InspectedText text) {
        Window window = model.newWindow(1, 1);
        List<Float> all = new ArrayList<>();
        for (long i = 0; i < text.size(); i++) {
            window.inputs()[0] = text.tokens().get(i);
            model.forward(window);
            add(window.activations(), 0, all);
        }
        return all;
    }

    private static void add(Activations activations, int step, List<Float> all) {
        float[] values = new float[5];
        for (int l = 0; l < 2; l++) {
            for (Activation kind : Activation.of(Cell.PEEPHOLE)) {
                activations.copy(l, kind, step, 0, values, 0);
                for (float value : values) {
                    all.add(value);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 300})
    void windowsCannotBeSeen(int length) {
        InspectedText text = Planted.text("ab (cd) E1.\n".repeat(25).substring(0, length));
        List<Long> positions = new ArrayList<>();
        List<Float> values = new ArrayList<>();
        List<Long> progress = new ArrayList<>();
        ActivationReader reader = new ActivationReader(model);

        for (int times = 0; times < 2; times++) {
            positions.clear();
            values.clear();
            reader.read(
                    text.tokens(),
                    List.of((position, activations, step) -> {
                        positions.add(position);
                        add(activations, step, values);
                    }),
                    progress::add);

            assertThat(positions).hasSize(length).isSorted().doesNotHaveDuplicates();
            assertThat(values).isEqualTo(stepByStep(text));
        }
        assertThat(progress).hasSize(2 * ((length + 63) / 64));
        model.workers().close();
    }

    @Test
    void itStopsWhenAllHaveSeenEnough() {
        InspectedText text = Planted.text("ab ".repeat(100));
        List<Long> positions = new ArrayList<>();

        new ActivationReader(model).read(text.tokens(), new Visitor() {
            @Override
            public void visit(long position, Activations activations, int step) {
                positions.add(position);
            }

            @Override
            public boolean isDone() {
                return positions.size() > 10;
            }
        });

        assertThat(positions).hasSizeBetween(11, 299);
        model.workers().close();
    }
}
