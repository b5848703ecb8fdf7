package lstm.kernel;

import static lstm.kernel.Matrices.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ojalgo.matrix.store.R032Store;

@BothKernels
class DropoutMaskTest {

    private static final int ROWS = 100;
    private static final int COLUMNS = 1000;
    /** Of a share among all elements: five standard deviations of a fair coin, so about one seed in two million fails. */
    private static final double CHANCE = 5 * 0.5 / Math.sqrt(ROWS * COLUMNS);

    private final Kernel kernel;

    DropoutMaskTest(KernelChoice.Request request) {
        kernel = KernelChoice.of(request).kernels().get();
    }

    @ParameterizedTest
    @ValueSource(floats = {0.1f, 0.25f, 0.5f, 0.9f})
    void elementsAreDroppedWithTheProbabilityAskedForAndTheRestMakesUpForThem(float dropout) {
        R032Store mask = mask(42, dropout);

        int zeros = 0;
        for (float element : mask.data) {
            assertThat(element).isIn(0f, 1 / (1 - dropout));
            zeros += element == 0 ? 1 : 0;
        }
        assertThat(zeros / (double) mask.data.length).isCloseTo(dropout, Offset.offset(CHANCE));
    }

    @Test
    void withoutDropoutEverythingIsKept() {
        assertThat(mask(42, 0).data).containsOnly(1);
    }

    @Test
    void elementsAreIndependentOfTheirNeighboursAndOfOtherKeys() {
        float[] mask = mask(1, 0.5f).data;

        assertThat(agreement(mask, mask, 1)).isCloseTo(0.5, Offset.offset(CHANCE));
        assertThat(agreement(mask, mask, ROWS)).isCloseTo(0.5, Offset.offset(CHANCE));
        assertThat(agreement(mask, mask(2, 0.5f).data, 0)).isCloseTo(0.5, Offset.offset(CHANCE));
        assertThat(agreement(mask, mask(2, 0.5f).data, 1)).isCloseTo(0.5, Offset.offset(CHANCE));
        assertThat(agreement(mask, mask(1L << 63, 0.5f).data, 0)).isCloseTo(0.5, Offset.offset(CHANCE));
    }

    /** The share of elements that are dropped, or kept, in both masks, the second one shifted. */
    private static double agreement(float[] a, float[] b, int shift) {
        int same = 0;
        for (int i = 0; i + shift < a.length; i++) {
            same += a[i] == b[i + shift] ? 1 : 0;
        }
        return same / (double) (a.length - shift);
    }

    @Test
    void oneKeyGivesOneMask() {
        assertThat(mask(7, 0.3f).data).isEqualTo(mask(7, 0.3f).data);
    }

    @Test
    void everyKernelGivesTheSameMask() {
        Kernel reference =
                KernelChoice.of(KernelChoice.Request.OJALGO).kernels().get();
        R032Store expected = zeros(ROWS, COLUMNS);
        reference.dropoutMask(7, 0.3f, expected, Columns.range(0, COLUMNS));

        assertThat(mask(7, 0.3f).data).isEqualTo(expected.data);
    }

    private R032Store mask(long key, float dropout) {
        R032Store mask = zeros(ROWS, COLUMNS);
        kernel.dropoutMask(key, dropout, mask, Columns.range(0, COLUMNS));
        return mask;
    }
}
