package lstm.kernel;

import static lstm.kernel.Matrices.random;
import static lstm.kernel.Matrices.zeros;
import static lstm.kernel.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ojalgo.matrix.store.R032Store;

/** Where panels begin is the clock's choice, and nothing but speed hangs on it. */
class PanelsTest {

    private static final int CALLS = 64;
    private static final int FLOATS = 1 << 15;
    private static final int STARTS = Lanes.WIDTH / 2;
    private static final long SECOND = 1_000_000_000;

    /** A clock for one user, by whom reads take 1000 ns, and from one of the indices on a share of it. */
    private static final class Clock implements LongSupplier {
        private final Panels panels = new Panels(FLOATS, this);
        private long now = Long.MAX_VALUE; // it may overflow at any time
        private int calls;
        private int fast;
        private double share = 1;
        private int searches;

        @Override
        public long getAsLong() {
            calls++;
            if (calls > 1 && calls % 2 == 1) { // behind the first call they come in pairs
                int start = (calls / 2 - 1) % STARTS;
                now += start == fast ? (long) (1000 * share) : 1000;
            }
            return now;
        }

        /** Waits, and lets the panels align. */
        int align(long nanos) {
            now += nanos;
            calls = 0;
            panels.align();
            assertThat(panels.data().length - panels.start()).isGreaterThanOrEqualTo(FLOATS);
            searches += calls > 1 ? 1 : 0;
            return panels.start();
        }

        void fast(int start, double ofTime) {
            fast = start;
            share = ofTime;
        }
    }

    static IntStream starts() {
        return IntStream.range(0, STARTS);
    }

    @ParameterizedTest
    @MethodSource("starts")
    void theyGoWhereTheyAreReadFasterAndFollowWhenThatMoves(int start) {
        Clock clock = new Clock();
        clock.align(0);
        clock.fast(start, 0.6);

        assertThat(clock.align(2 * SECOND)).isEqualTo(2 * start);

        clock.fast(STARTS - 1 - start, 0.6);

        assertThat(clock.align(SECOND)).isEqualTo(2 * (STARTS - 1 - start));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.95, 1, 1.7})
    void theyStayWhereNoOtherPlaceIsMuchFaster(double share) {
        Clock clock = new Clock();
        clock.fast(STARTS - 1, share);

        for (int i = 0; i < CALLS; i++) {
            assertThat(clock.align(10 * SECOND)).isZero();
        }
        assertThat(clock.searches).isGreaterThanOrEqualTo(CALLS - 1);
    }

    @Test
    void fewAreNotWorthTheTime() {
        Panels few = new Panels(100, () -> {
            throw new AssertionError("timed");
        });

        for (int i = 0; i < CALLS; i++) {
            few.align();
        }

        assertThat(few.start()).isZero();
    }

    @Test
    void theFirstSecondIsNotSpentOnIt() {
        Clock clock = new Clock();
        for (int i = 0; i < 10; i++) {
            clock.align(SECOND / 11);
        }
        assertThat(clock.searches).isZero();

        clock.align(SECOND);

        assertThat(clock.searches).isEqualTo(1);
    }

    @Test
    void theyAreTimedMoreRarelyWhereTheyStay() {
        Clock clock = new Clock();
        int[] searches = new int[4];
        for (int i = 0; i < searches.length; i++) {
            for (int j = 0; j < 1000; j++) {
                clock.align(SECOND / 100);
            }
            searches[i] = clock.searches;
        }

        assertThat(searches[0]).isBetween(5, 10);
        assertThat(searches[3] - searches[1]).isBetween(2, 4);
    }

    /** A clock by which any start may seem the fastest: its ticks are from a millisecond to a minute long. */
    private static LongSupplier restless() {
        SplittableRandom random = new SplittableRandom(1);
        long[] now = {0};
        return () -> now[0] += (long) Math.exp(random.nextDouble(Math.log(1e6), Math.log(6e10)));
    }

    @Test
    void aRestlessClockMovesThemEverywhere() {
        Panels panels = new Panels(FLOATS, restless());
        Set<Integer> starts = new HashSet<>();
        for (int i = 0; i < CALLS; i++) {
            panels.align();
            starts.add(panels.start());
        }

        assertThat(starts).hasSize(STARTS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 65, 96, 150})
    void whereTheyBeginChangesNoBitOfAProduct(int rows) {
        R032Store weight = random(rows, 300);
        R032Store transposed = random(300, rows);
        R032Store b = random(300, 13);
        VectorKernel still = new VectorKernel(0, () -> 0);
        VectorKernel restless = new VectorKernel(0, restless());
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
        float[] expected = gradient(new VectorKernel(0, () -> 0), dY, x);
        VectorKernel restless = new VectorKernel(0, restless());

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
