package lstm.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {

    private static Workers workers(int threads) {
        return new Workers(threads, KernelChoice.of(KernelChoice.Request.OJALGO).kernels());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void everyTaskRunsOnceInEveryJob(int threads) {
        try (Workers workers = workers(threads)) {
            for (int count = 0; count < 500; count++) {
                AtomicIntegerArray runs = new AtomicIntegerArray(count);

                workers.run(count, (kernel, i) -> runs.incrementAndGet(i));

                assertThat(IntStream.range(0, count).map(runs::get)).allMatch(n -> n == 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void whatTasksWroteIsSeenByTheCallerAndByTheNextJob(int threads) {
        try (Workers workers = workers(threads)) {
            int[] values = new int[100];
            for (int job = 0; job < 500; job++) {
                workers.run(100, (kernel, i) -> values[i]++);
            }
            assertThat(values).containsOnly(500);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void allThreadsShareTheWorkEachOnAKernelOfItsOwn(int threads) {
        try (Workers workers = workers(threads)) {
            Map<Kernel, Thread> users = new ConcurrentHashMap<>();
            CyclicBarrier everybody = new CyclicBarrier(threads);

            workers.run(threads, (kernel, i) -> {
                assertThat(users.put(kernel, Thread.currentThread())).isNull();
                await(everybody);
            });

            assertThat(workers.count()).isEqualTo(threads);
            assertThat(users.values()).doesNotHaveDuplicates().hasSize(threads);
            assertThat(users).containsEntry(workers.kernel(), Thread.currentThread());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void anExceptionOfATaskReachesTheCallerAndTheNextJobIsDone(int threads) {
        assertThrown(threads, new IllegalStateException("broken task"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void anErrorOfATaskReachesTheCallerAndTheNextJobIsDone(int threads) {
        assertThrown(threads, new LinkageError("broken task"));
    }

    private static void assertThrown(int threads, Throwable failure) {
        try (Workers workers = workers(threads)) {
            for (int task : new int[] {0, 17, 99}) {
                assertThatThrownBy(() -> workers.run(100, (kernel, i) -> throwAt(task, i, failure)))
                        .isSameAs(failure);

                AtomicIntegerArray runs = new AtomicIntegerArray(100);
                workers.run(100, (kernel, i) -> runs.incrementAndGet(i));
                assertThat(IntStream.range(0, 100).map(runs::get)).allMatch(n -> n == 1);
            }
        }
    }

    private static void throwAt(int task, int i, Throwable failure) {
        if (i == task) {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        }
    }

    @Test
    void anExceptionOnAnotherThreadThanTheCallersReachesTheCaller() {
        try (Workers workers = workers(2)) {
            Thread caller = Thread.currentThread();
            CyclicBarrier both = new CyclicBarrier(2);

            assertThatThrownBy(() -> workers.run(2, (kernel, i) -> {
                        await(both);
                        if (Thread.currentThread() != caller) {
                            throw new ArithmeticException("elsewhere");
                        }
                    }))
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessage("elsewhere");
        }
    }

    @Test
    void anInterruptedCallerStillGetsTheWholeJobAndStaysInterrupted() {
        try (Workers workers = workers(3)) {
            AtomicIntegerArray runs = new AtomicIntegerArray(100);
            Thread.currentThread().interrupt();

            workers.run(100, (kernel, i) -> runs.incrementAndGet(i));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(IntStream.range(0, 100).map(runs::get)).allMatch(n -> n == 1);
        }
    }

    @Test
    void closedWorkersTakeNoJob() {
        Workers workers = workers(2);
        workers.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> workers.run(2, (kernel, i) -> {}))
                .withMessage("these workers are closed");
    }

    @Test
    void aTeamWithoutThreadsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> workers(0))
                .withMessage("expected at least 1 thread, found 0");
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void workThatIsToStopEndsBetweenItsTasksOrWithinOne(int threads) {
        try (Workers workers = workers(threads)) {
            AtomicIntegerArray begun = new AtomicIntegerArray(1);
            AtomicIntegerArray done = new AtomicIntegerArray(1);
            OptionalDouble result = workers.attempt(
                    () -> {
                        workers.run(1000, (kernel, i) -> {
                            begun.incrementAndGet(0);
                            workers.goOn();
                            done.incrementAndGet(0);
                        });
                        return 1;
                    },
                    () -> begun.get(0) >= 10);

            assertThat(result).isEmpty();
            assertThat(done.get(0)).isLessThan(begun.get(0));
            assertThat(begun.get(0)).isBetween(10, 10 + threads);

            workers.run(1000, (kernel, i) -> done.incrementAndGet(0));
            assertThat(done.get(0)).isGreaterThanOrEqualTo(1000);
        }
    }

    @Test
    void workThatNobodyStopsIsDone() {
        try (Workers workers = workers(2)) {
            AtomicIntegerArray done = new AtomicIntegerArray(100);
            OptionalDouble result = workers.attempt(
                    () -> {
                        workers.run(100, (kernel, i) -> done.incrementAndGet(i));
                        return 7;
                    },
                    () -> false);

            assertThat(result).hasValue(7);
            assertThat(IntStream.range(0, 100).map(done::get)).containsOnly(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void aTaskMayWaitForWhatTasksBeforeItBringAbout(int threads) {
        try (Workers workers = workers(threads)) {
            for (int job = 0; job < 300; job++) {
                int[] written = new int[20];
                AtomicInteger first = new AtomicInteger();
                AtomicInteger wrong = new AtomicInteger();

                workers.run(40, (kernel, i) -> {
                    if (i < 20) {
                        written[i] = i;
                        first.incrementAndGet();
                        workers.announce();
                    } else {
                        workers.await(() -> first.get() == 20);
                        wrong.addAndGet(written[i - 20] == i - 20 ? 0 : 1);
                    }
                });

                assertThat(wrong).hasValue(0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void whatATaskWaitsForInVainEndsItWhereAnotherFails(int threads) {
        try (Workers workers = workers(threads)) {
            IllegalStateException failure = new IllegalStateException("task 0");
            AtomicInteger behind = new AtomicInteger();
            CyclicBarrier everybody = new CyclicBarrier(threads);

            assertThatThrownBy(() -> workers.run(threads, (kernel, i) -> {
                        await(everybody);
                        throwAt(0, i, failure);
                        workers.await(() -> false);
                        behind.incrementAndGet();
                    }))
                    .isSameAs(failure);

            assertThat(behind).hasValue(0);
            workers.run(threads, (kernel, i) -> behind.incrementAndGet());
            assertThat(behind).hasValue(threads);
        }
    }

    @Test
    void aTaskThatWaitsForOneBehindItOnItsOwnThreadIsRefused() {
        try (Workers workers = workers(1)) {
            assertThatThrownBy(() -> workers.run(1, (kernel, i) -> workers.await(() -> false)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a task waits for one behind it");
        }
    }
}
