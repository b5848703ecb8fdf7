package lstm.model;

import static java.util.Objects.requireNonNull;
import static lstm.kernel.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ojalgo.matrix.store.R032Store;

/** What a window remembers for attention. */
class AttentionWindowTest {

    private static final int V = 5;
    private static final int H = 17;
    private static final int STREAMS = 3;
    private static final int WIDTH = 6;

    private final Workers workers =
            new Workers(2, KernelChoice.of(KernelChoice.Request.AUTO).kernels());
    private final LanguageModel model =
            LanguageModel.initialized(new ModelConfig(Cell.LSTM, V, H, 1, 0, 0).withAttention(WIDTH), 1, workers);
    private final Random random = new Random(1);

    @AfterEach
    void close() {
        workers.close();
    }

    private Window read(Window window, int windows) {
        for (int w = 0; w < windows; w++) {
            Arrays.setAll(window.inputs(), j -> random.nextInt(V));
            model.forward(window);
        }
        return window;
    }

    @Test
    void aNewWindowRemembersZerosOfEveryStream() {
        R032Store memory =
                requireNonNull(model.newWindow(STREAMS, 4).state().matrices().get("memory"));

        assertThat(memory.getRowDim()).isEqualTo(H);
        assertThat(memory.getColDim()).isEqualTo(WIDTH * STREAMS);
        assertThat(memory.data).containsOnly(0);
    }

    /** Windows that end within a block of 32 steps, with it, and behind it. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 31", "1, 32", "1, 33", "1, 70", "4, 8", "4, 9", "20, 3", "33, 2", "64, 1"})
    void theLastOutputsAreRemembered(int steps, int windows) {
        Window window = model.newWindow(STREAMS, steps);
        Window single = model.newWindow(STREAMS, 1);
        List<float[]> outputs = new ArrayList<>();
        for (int w = 0; w < windows; w++) {
            read(window, 1);
            for (int t = 0; t < steps; t++) {
                System.arraycopy(window.inputs(), t * STREAMS, single.inputs(), 0, STREAMS);
                model.forward(single);
                outputs.add(requireNonNull(single.state().matrices().get("h_l0")).data);
            }
        }

        R032Store memory = requireNonNull(window.state().matrices().get("memory"));
        for (int b = 0; b < STREAMS; b++) {
            for (int s = 0; s < WIDTH; s++) {
                int column = b * WIDTH + s;
                int step = outputs.size() - WIDTH + s;
                float[] expected = step < 0 ? new float[H] : Arrays.copyOfRange(outputs.get(step), b * H, (b + 1) * H);
                assertSameBits(
                        Arrays.copyOfRange(memory.data, column * H, (column + 1) * H),
                        expected,
                        "output of stream %d, step %d".formatted(b, step));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20, 40})
    void whatWasReadBeforeAResetIsForgotten(int steps) {
        Window window = model.newWindow(STREAMS, steps);
        int[] tokens = random.ints((long) steps * STREAMS, 0, V).toArray();
        System.arraycopy(tokens, 0, window.inputs(), 0, tokens.length);
        model.forward(window);
        float[] first = window.logits().data.clone();
        read(window, 7);

        window.resetState();
        System.arraycopy(tokens, 0, window.inputs(), 0, tokens.length);
        model.forward(window);

        assertSameBits(window.logits().data, first, "logits from the beginning");
    }

    /** Nothing of a state stays, not even what could poison another one. */
    @Test
    void aStateIsTakenUpByAWindowOfAnyLengthAndPast() {
        Window window = read(model.newWindow(STREAMS, 4), 11);
        RecurrentState state = window.state();
        R032Store poison = requireNonNull(window.state().matrices().get("memory"));
        Arrays.fill(poison.data, Float.NaN);
        Map<String, R032Store> poisoned = new LinkedHashMap<>(state.matrices());
        poisoned.put("memory", poison);
        int[] tokens = random.ints(4L * STREAMS, 0, V).toArray();
        System.arraycopy(tokens, 0, window.inputs(), 0, tokens.length);
        model.forward(window);

        for (Window other : new Window[] {model.newWindow(STREAMS, 1), model.newTrainingWindow(STREAMS, 1)}) {
            other.restore(new RecurrentState(poisoned));
            assertThatThrownBy(() -> read(other, 9)).isInstanceOf(OverflowException.class);
            assertThat(other.logits().data).containsOnly(Float.NaN);
            other.restore(state);
            for (int t = 0; t < 4; t++) {
                System.arraycopy(tokens, t * STREAMS, other.inputs(), 0, STREAMS);
                model.forward(other);
                assertSameBits(
                        other.logits().data,
                        Arrays.copyOfRange(window.logits().data, t * STREAMS * V, (t + 1) * STREAMS * V),
                        "logits of step " + t);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "16, 18", "17, 3", "18, 17"})
    void aMemoryOfAnotherShapeIsRefused(int rows, int columns) {
        Window window = model.newWindow(STREAMS, 4);
        Map<String, R032Store> matrices = new LinkedHashMap<>(window.state().matrices());
        matrices.remove("memory");
        if (rows > 0) {
            matrices.put("memory", R032Store.FACTORY.make(rows, columns));
        }

        assertThatIllegalArgumentException()
                .isThrownBy(() -> window.restore(new RecurrentState(matrices)))
                .withMessage("expected a state memory of 17 x 18");
    }
}
