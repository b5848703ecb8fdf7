package lstm.kernel;

import static java.util.Objects.requireNonNull;
import static lstm.kernel.Matrices.random;
import static lstm.kernel.Matrices.zeros;
import static lstm.kernel.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ojalgo.matrix.store.R032Store;

/** Whatever helpers do, and whenever, no bit of a product changes. */
class HelpersTest {

    private static final int ROWS = 1000;
    private static final int DEPTH = 700;

    private static PackedPanels packed(int rows, int depth) {
        PackedPanels panels = new PackedPanels(rows, depth, () -> 0);
        panels.pack(random(rows, depth), Columns.range(0, depth), 0);
        return panels;
    }

    private static float[] product(Helpers helpers, PackedPanels a, R032Store b, R032Store addend) {
        float[] y = new float[a.paddedRows()];
        helpers.multiply(a, b.data, 0, addend.data, 0, y);
        return Arrays.copyOf(y, a.rows());
    }

    private static float[] productAlone(PackedPanels a, R032Store b, R032Store addend) {
        return product(new Helpers(0, () -> {}), a, b, addend);
    }

    /** Helpers that do something, as far as there is anything to do, before the owner does. */
    private static Helpers before(int count, Consumer<Helpers> doing) {
        AtomicReference<Helpers> made = new AtomicReference<>();
        made.set(new Helpers(count, () -> doing.accept(requireNonNull(made.get()))));
        return requireNonNull(made.get());
    }

    private static int help(Helpers helpers, int count, int panels) {
        return IntStream.range(0, count * panels)
                .map(i -> helpers.helper(i % count).help() ? 1 : 0)
                .sum();
    }

    @ParameterizedTest(name = "{0} x {1}, {2} panels each")
    @CsvSource({
        "1000, 700, 0",
        "1000, 700, 1",
        "1000, 700, 2",
        "1000, 700, 1000",
        "161, 1300, 1",
        "161, 1300, 1000",
        "2048, 256, 3",
        "70, 5000, 1000"
    })
    void ofSoManyPanels(int rows, int depth, int panels) {
        PackedPanels a = packed(rows, depth);
        R032Store b = random(depth, 1);
        R032Store addend = random(rows, 1);
        float[] expected = productAlone(a, b, addend);
        for (int count : new int[] {1, 2, 4}) {
            AtomicInteger done = new AtomicInteger();
            Helpers helpers = before(count, team -> done.addAndGet(help(team, count, panels)));
            for (int i = 0; i < 3; i++) {
                assertSameBits(product(helpers, a, b, addend), expected, "product " + i + " with " + count);
            }
            assertThat(done.get() > 0).as("some helped").isEqualTo(panels > 0);
        }
    }

    @Test
    void theOwnerTakesWhatIsDoneAndDoesTheRest() {
        PackedPanels a = packed(ROWS, DEPTH);
        R032Store b = random(DEPTH, 1);
        R032Store zero = zeros(ROWS, 1);
        float[] whole = productAlone(a, b, zero);
        Helpers helpers = before(1, team -> {
            help(team, 1, 2);
            Arrays.fill(b.data, 0f);
        });

        float[] found = product(helpers, a, b, zero);

        int first = a.panelCount() / 2 * PackedPanels.PANEL_ROWS;
        for (int r = 0; r < ROWS; r++) {
            boolean helped = r >= first && r < first + 2 * PackedPanels.PANEL_ROWS;
            assertThat(found[r]).as("row %d", r).isEqualTo(helped ? whole[r] : 0f);
        }
    }

    @Test
    void nobodyIsAskedForASmallMatrixNorBehindAProduct() {
        AtomicInteger asked = new AtomicInteger();
        Helpers helpers = before(1, team -> asked.incrementAndGet());
        product(helpers, packed(256, 256), random(256, 1), zeros(256, 1));
        assertThat(asked).hasValue(0);

        product(helpers, packed(ROWS, DEPTH), random(DEPTH, 1), zeros(ROWS, 1));
        assertThat(asked).hasValue(1);
        assertThat(helpers.helper(0).isWanted()).isFalse();
        assertThat(helpers.helper(0).help()).isFalse();
    }

    /** Some come late, with a panel of a product that is over, or of another matrix. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void ofThreadsThatHelpWheneverTheyCan(int count) throws InterruptedException {
        List<PackedPanels> matrices = List.of(packed(ROWS, DEPTH), packed(300, 1500), packed(4000, 70));
        List<R032Store> columns = new ArrayList<>();
        List<R032Store> addends = new ArrayList<>();
        List<float[]> expected = new ArrayList<>();
        for (PackedPanels a : matrices) {
            columns.add(random(a.columns(), 1));
            addends.add(random(a.rows(), 1));
            expected.add(productAlone(a, columns.get(columns.size() - 1), addends.get(addends.size() - 1)));
        }
        Helpers helpers = new Helpers(count, () -> {});
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger panels = new AtomicInteger();
        List<Thread> threads = IntStream.range(0, count)
                .mapToObj(i -> new Thread(() -> {
                    while (!over.get()) {
                        panels.addAndGet(helpers.helper(i).help() ? 1 : 0);
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        try {
            for (int i = 0; i < 3000 || panels.get() < 1000; i++) {
                int m = i % matrices.size();
                float[] found = product(helpers, matrices.get(m), columns.get(m), addends.get(m));
                assertSameBits(found, expected.get(m), "product " + i);
            }
        } finally {
            over.set(true);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Seen by the processor time of a thread that has nothing else to do. */
    @Test
    @Timeout(60)
    void workersHelpAndSleepBehindIt() {
        VectorKernel kernel = new VectorKernel(0, System::nanoTime);
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (Workers workers = new Workers(2, () -> kernel)) {
            Thread other = newThread(before);
            PackedMatrix a = kernel.newPacked(2048, 512);
            kernel.pack(random(2048, 512), a);
            R032Store c = zeros(2048, 1);
            while (processorNanos(other) < 100_000_000) {
                workers.run(
                        1,
                        (own, i) -> own.multiply(
                                a, random(512, 1), Columns.range(0, 1), Addend.ZERO, c, Columns.range(0, 1)));
            }
            while (other.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
    }

    private static Thread newThread(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.getName().startsWith("lstm-worker"))
                .findAny()
                .orElseThrow();
    }

    private static long processorNanos(Thread thread) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.getThreadCpuTime(thread.getId());
    }
}
