package lstm.kernel;

import static lstm.kernel.Matrices.random;
import static lstm.kernel.Matrices.zeros;
import static lstm.kernel.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ojalgo.matrix.store.R032Store;

/** Where panels begin is the clock's choice, and nothing but speed hangs on it. */
class PanelsTest {

    private static final int CALLS = 64;
    private static final int FLOATS = 1 << 15;

    /** A clock by which what is tried takes this share of the time of what is held; they are timed in turn, held first. */
    private static LongSupplier clock(double share) {
        long[] calls = {0};
        long[] now = {0};
        return () -> {
            long call = calls[0]++ % 4;
            now[0] += call == 1 ? 1000 : call == 3 ? (long) (1000 * share) : 0;
            return now[0];
        };
    }

    @Test
    void theyGoWhereTheyAreReadFaster() {
        assertThat(starts(clock(0.6)))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, Lanes.WIDTH)
                        .filter(i -> i % 2 == 0)
                        .boxed()
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.95, 1, 1.7})
    void theyStayWhereNoOtherPlaceIsMuchFaster(double share) {
        assertThat(starts(clock(share))).containsExactly(0);
    }

    @Test
    void fewAreNotWorthTheTime() {
        Panels few = new Panels(() -> {
            throw new AssertionError("timed");
        });
        few.reserve(100);

        for (int i = 0; i < CALLS; i++) {
            few.align();
        }

        assertThat(few.start()).isZero();
    }

    @Test
    void theyAreTimedMoreRarelyWhereTheyStay() {
        int[] times = {0};
        Panels panels = new Panels(() -> times[0]++);
        panels.reserve(FLOATS);

        for (int i = 0; i < 200; i++) {
            panels.align();
        }
        int first = times[0];
        for (int i = 0; i < 2000; i++) {
            panels.align();
        }

        assertThat(first).isPositive();
        assertThat(times[0] - first).isBetween(1, 2 * first);
    }

    private static Set<Integer> starts(LongSupplier clock) {
        Panels panels = new Panels(clock);
        panels.reserve(FLOATS);
        Set<Integer> starts = new HashSet<>();
        for (int i = 0; i < CALLS; i++) {
            panels.align();
            assertThat(panels.data().length - panels.start()).isGreaterThanOrEqualTo(FLOATS);
            starts.add(panels.start());
        }
        return starts;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 65, 96, 150})
    void whereTheyBeginChangesNoBitOfAProduct(int rows) {
        R032Store weight = random(rows, 300);
        R032Store transposed = random(300, rows);
        R032Store b = random(300, 13);
        VectorKernel still = new VectorKernel(0, clock(1));
        VectorKernel restless = new VectorKernel(0, clock(0.6));
        PackedMatrix one = still.newPacked(rows, 300);
        PackedMatrix two = restless.newPacked(rows, 300);

        for (int i = 0; i < CALLS; i++) {
            still.pack(weight, one);
            restless.pack(weight, two);
            assertSameBits(product(restless, two, b, 13), product(still, one, b, 13), "call " + i);
            assertSameBits(product(restless, two, b, 1), product(still, one, b, 1), "one column, call " + i);

            still.packTransposed(transposed, one);
            restless.packTransposed(transposed, two);
            assertSameBits(product(restless, two, b, 13), product(still, one, b, 13), "transposed, call " + i);
        }
    }

    private static float[] product(VectorKernel kernel, PackedMatrix packed, R032Store b, int columns) {
        R032Store c = zeros(packed.rows(), columns);
        kernel.multiply(packed, b, Columns.range(0, columns), Addend.ZERO, c, Columns.range(0, columns));
        return c.data;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 65, 96, 150})
    void whereTheyBeginChangesNoBitOfAGradient(int rows) {
        R032Store dY = random(rows, 900);
        R032Store x = random(31, 900);
        float[] expected = gradient(new VectorKernel(0, clock(1)), dY, x);
        VectorKernel restless = new VectorKernel(0, clock(0.6));

        for (int i = 0; i < CALLS; i++) {
            assertSameBits(gradient(restless, dY, x), expected, "call " + i);
        }
    }

    private static float[] gradient(VectorKernel kernel, R032Store dY, R032Store x) {
        R032Store gradient = zeros(dY.getRowDim(), x.getRowDim());
        R032Store bias = zeros(dY.getRowDim(), 1);
        List<WeightGradient> weights = List.of(new WeightGradient(x, 0, gradient));
        kernel.weightGradients(dY, Columns.range(0, 900), weights, bias, 0, dY.getRowDim());
        return gradient.data;
    }
}
