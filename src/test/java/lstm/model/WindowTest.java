package lstm.model;

import static java.util.Objects.requireNonNull;
import static lstm.kernel.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import lstm.kernel.KernelChoice;
import lstm.kernel.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ojalgo.matrix.store.R032Store;

/** The state that a window carries on. */
class WindowTest {

    private final Workers workers =
            new Workers(2, KernelChoice.of(KernelChoice.Request.AUTO).kernels());
    private final LanguageModel model =
            LanguageModel.initialized(new ModelConfig(Cell.LSTM, 5, 17, 2, 0, 0), 1, workers);
    private final Window window = model.newWindow(3, 4);

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void aNewWindowRemembersNothing() {
        assertThat(window.state().matrices()).containsOnlyKeys("h_l0", "c_l0", "h_l1", "c_l1");
        assertThat(window.state().matrices().values()).allSatisfy(matrix -> {
            assertThat(matrix.getRowDim()).isEqualTo(17);
            assertThat(matrix.getColDim()).isEqualTo(3);
            assertThat(matrix.data).containsOnly(0);
        });
    }

    @Test
    void resettingTheStateForgetsWhatWasRead() {
        model.forward(window);
        float[] first = window.logits().data.clone();
        model.forward(window);
        assertThat(window.logits().data).isNotEqualTo(first);

        window.resetState();
        model.forward(window);

        assertSameBits(window.logits().data, first, "logits from the beginning");
    }

    @Test
    void aStateIsTakenUpWhereItWasLeftInAWindowOfAnyLength() {
        model.forward(window);
        RecurrentState state = window.state();
        model.forward(window);

        Window other = model.newTrainingWindow(3, 1);
        other.restore(state);
        model.forward(other);

        assertSameBits(other.logits().data, Arrays.copyOf(window.logits().data, 5 * 3), "logits");
    }

    /** Also one that attends to its past. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4})
    void stepsThatWereReadTooManyCanBeTakenBack(int read) {
        for (int attention : new int[] {0, 6}) {
            LanguageModel reader = LanguageModel.initialized(model.config().withAttention(attention), 1, workers);
            Window longer = reader.newUndroppedWindow(3, 4);
            Window single = reader.newWindow(3, 1);
            for (int w = 0; w < 20; w++) {
                Random random = new Random(w);
                Arrays.setAll(longer.inputs(), j -> random.nextInt(5));
                reader.loss(longer);
                for (int t = 0; t < read; t++) {
                    System.arraycopy(longer.inputs(), 3 * t, single.inputs(), 0, 3);
                    reader.forward(single);
                }

                longer.restore(longer.state(read));

                longer.state()
                        .matrices()
                        .forEach((name, matrix) -> assertSameBits(
                                matrix.data,
                                requireNonNull(single.state().matrices().get(name)).data,
                                name));
            }
        }
    }

    /** By whichever of its shards, and in whichever of its steps; the last of these passes ends. */
    @ParameterizedTest
    @EnumSource
    void aPassThatWasGivenUpNeverWas(Cell cell) {
        for (int attention : new int[] {0, 6}) {
            ModelConfig config = new ModelConfig(cell, 5, 17, 2, 0, 0).withAttention(attention);
            LanguageModel learner = LanguageModel.initialized(config, 1, workers);
            Window given = learner.newTrainingWindow(3, 4);
            given.filledBy((from, to) -> {
                for (int j = 0; j < given.inputs().length; j++) {
                    given.inputs()[j] = j % 3 >= from && j % 3 < to ? j % 5 : given.inputs()[j];
                }
            });
            boolean ended = false;
            for (int steps = 0; !ended; steps++) {
                learner.lossAndGradients(given);
                Map<String, R032Store> before = given.state().matrices();
                AtomicInteger left = new AtomicInteger(steps);
                ended = workers.attempt(() -> learner.lossAndGradients(given), () -> left.getAndDecrement() <= 0)
                        .isPresent();

                given.goBack();

                given.state()
                        .matrices()
                        .forEach((name, matrix) ->
                                assertSameBits(matrix.data, requireNonNull(before.get(name)).data, name));
            }
        }
    }

    @Test
    void aWindowIsFilledStreamByStreamInEveryPass() {
        Window filled = model.newWindow(3, 4);
        List<String> streams = Collections.synchronizedList(new ArrayList<>());
        filled.filledBy((from, to) -> streams.add(from + " to " + to));

        model.loss(filled);
        model.forward(filled);

        assertThat(streams).containsExactlyInAnyOrder("0 to 1", "1 to 3", "0 to 1", "1 to 3");
    }

    @Test
    void aStateIsACopy() {
        model.forward(window);
        R032Store state = requireNonNull(window.state().matrices().get("c_l1"));
        float[] before = state.data.clone();

        model.forward(window);

        assertSameBits(state.data, before, "cell state");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "16, 3", "17, 2", "3, 17"})
    void aStateOfAnotherShapeIsRefused(int rows, int columns) {
        Map<String, R032Store> matrices = new LinkedHashMap<>(window.state().matrices());
        matrices.remove("c_l1");
        if (rows > 0) {
            matrices.put("c_l1", R032Store.FACTORY.make(rows, columns));
        }

        assertThatIllegalArgumentException()
                .isThrownBy(() -> window.restore(new RecurrentState(matrices)))
                .withMessage("expected a state c_l1 of 17 x 3");
    }
}
