package lstm.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import lstm.kernel.BothKernels;
import lstm.kernel.KernelChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is shown of a window is what the reference computed. */
@BothKernels
class ActivationsTest {

    /** As for states in {@link NaiveReferenceTest}: none of these is more than a product away from one. */
    private static final double TOLERANCE = 3e-6;

    private static final int STREAMS = 3;
    private static final int STEPS = 7;

    private final KernelChoice.Request kernel;

    ActivationsTest(KernelChoice.Request kernel) {
        this.kernel = kernel;
    }

    private static ModelConfig config(Cell cell) {
        return new ModelConfig(cell, 5, 17, 3, 0, 0);
    }

    private void compare(ModelConfig config) {
        try (Twins twins = new Twins(kernel, config, STREAMS, STEPS)) {
            for (int windows = 0; windows < 2; windows++) {
                twins.nextTokens();
                twins.model.forward(twins.window);
                NaiveModel naive = twins.runNaive();
                for (int l = 0; l < config.layers(); l++) {
                    for (int column = 0; column < STREAMS * STEPS; column++) {
                        compare(
                                twins.window,
                                l,
                                column,
                                naive.activations.get(l).get(column));
                    }
                }
            }
        }
    }

    private static void compare(Window window, int layer, int column, Map<Activation, double[]> expected) {
        Activations activations = window.activations();
        float[] found = new float[activations.units()];
        for (Activation kind : expected.keySet()) {
            activations.copy(layer, kind, column / STREAMS, column % STREAMS, found, 0);
            for (int unit = 0; unit < found.length; unit++) {
                assertThat((double) found[unit])
                        .as("%s of unit %d in layer %d, column %d", kind, unit, layer, column)
                        .isCloseTo(requireNonNull(expected.get(kind))[unit], within(TOLERANCE));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyUnitDoesWhatTheReferencesDoes(Cell cell) {
        compare(config(cell));
    }

    @ParameterizedTest
    @EnumSource
    void embeddingsAndAttentionAreNotInTheWay(Cell cell) {
        compare(config(cell).withEmbedding(17, true).withAttention(4));
        compare(config(cell).withEmbedding(3, false));
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfACellIsThere(Cell cell) {
        try (Twins twins = new Twins(kernel, config(cell), STREAMS, STEPS)) {
            twins.nextTokens();
            twins.model.forward(twins.window);
            Map<Activation, double[]> reference =
                    twins.runNaive().activations.get(0).get(0);

            assertThat(Activation.of(cell)).hasSameElementsAs(reference.keySet());
            for (Activation kind : Activation.values()) {
                float[] values = new float[17];
                if (reference.containsKey(kind)) {
                    twins.window.activations().copy(0, kind, 0, 0, values, 0);
                    for (float value : values) {
                        assertThat(value).isStrictlyBetween(kind.isGate() ? 0f : -1f, 1f);
                    }
                } else {
                    assertThatThrownBy(() -> twins.window.activations().copy(0, kind, 0, 0, values, 0))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining(kind.label());
                }
            }
        }
    }

    @Test
    void stepsAndStreamsThatAreNotThereAreRefused() {
        try (Twins twins = new Twins(kernel, config(Cell.LSTM), STREAMS, STEPS)) {
            Activations activations = twins.window.activations();
            float[] values = new float[17];

            assertThatThrownBy(() -> activations.copy(0, Activation.CELL, STEPS, 0, values, 0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> activations.copy(0, Activation.CELL, 0, STREAMS, values, 0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> activations.copy(3, Activation.CELL, 0, 0, values, 0))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }
}
