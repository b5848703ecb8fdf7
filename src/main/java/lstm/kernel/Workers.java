package lstm.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A fixed team of threads, each with a kernel of its own, that shares out the tasks of one job after another.
 *
 * <p>The caller is one of them and returns when the job is done. Who waits looks for a moment and then sleeps: the next
 * job mostly comes before a thread could have been woken, but a barrier that goes on spinning would collapse as soon as
 * another process wants the processor. Who waits for a job helps the caller's kernel with a task that it does alone, where
 * that can use {@link Helpers}.
 */
public final class Workers implements AutoCloseable {

    /** A piece of work; which worker takes it is not known. */
    @FunctionalInterface
    public interface Task {
        /** Does the task with this index, on the kernel of the thread it runs on. */
        void run(Kernel kernel, int index);
    }

    /** Ends what is given up; nobody asks where it came from. */
    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private GivenUp() {
            super(null, null, false, false);
        }
    }

    /** How long a thread looks before it sleeps: about what sleeping and waking cost. */
    private static final long PATIENCE_NANOS = 50_000;

    /** Of who is needed soon. */
    private static final Runnable SPINNING = Thread::onSpinWait;
    /**
     * Of who helps, and is not needed, only welcome. Measured beside a process that keeps both cores busy: a text sampled with a
     * helper that spins 0.5 to 0.7 times as fast as without, with one that yields as fast.
     */
    private static final Runnable YIELDING = Thread::yield;

    private final Kernel own;
    private final List<Thread> others = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger asleep = new AtomicInteger();

    // Written before and read after the job's number, which orders them.
    private @Nullable Task task;
    private int tasks;
    private volatile int job;
    private volatile boolean closed;
    private volatile BooleanSupplier stop = Workers::never;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** Starts {@code threads} - 1 threads beside the caller's, each with a kernel from the supplier. */
    public Workers(int threads, Supplier<Kernel> kernels) {
        if (threads < 1) {
            throw new IllegalArgumentException("expected at least 1 thread, found " + threads);
        }
        own = kernels.get();
        Helpers helpers = new Helpers(threads - 1, this::wake);
        own.takeHelp(helpers);
        for (int i = 1; i < threads; i++) {
            Kernel kernel = kernels.get();
            Helpers.Helper helper = helpers.helper(i - 1);
            Thread thread = new Thread(() -> work(kernel, helper), "lstm-worker-" + i);
            thread.setDaemon(true);
            thread.start();
            others.add(thread);
        }
    }

    /** How many threads share the work. */
    public int count() {
        return others.size() + 1;
    }

    /** The calling thread's kernel, for work that is not shared. */
    public Kernel kernel() {
        return own;
    }

    /**
     * Runs the tasks 0 to count - 1, begun in this order, and returns when all are done.
     *
     * <p>One thread at a time may call it. The first exception of a task is thrown here, after the others have ended.
     */
    public void run(int count, Task job) {
        requireOpen();
        if (others.isEmpty() || count == 1) {
            for (int i = 0; i < count; i++) {
                goOn();
                job.run(own, i);
            }
            return;
        }
        start(count, job);
        drain(own, count, job);
        awaitOthers();
    }

    /**
     * Computes a number by jobs that may be given up: each task, and each {@link #goOn}, first asks whether to stop.
     *
     * @param stop asked often, by all threads
     * @return empty where it was given up; what the jobs write to then holds anything
     */
    public OptionalDouble attempt(DoubleSupplier work, BooleanSupplier stop) {
        this.stop = stop;
        try {
            return OptionalDouble.of(work.getAsDouble());
        } catch (GivenUp e) {
            return OptionalDouble.empty();
        } finally {
            this.stop = Workers::never;
        }
    }

    private static boolean never() {
        return false;
    }

    /** Within a task that takes long: ends it here, where the {@link #attempt} that it is part of is to stop. */
    public void goOn() {
        if (stop.getAsBoolean()) {
            throw new GivenUp();
        }
    }

    /**
     * Within a task: waits for what tasks with smaller indices bring about, and {@link #announce}.
     *
     * @throws IllegalStateException where no other thread could
     */
    public void await(BooleanSupplier condition) {
        if (condition.getAsBoolean()) {
            return;
        }
        if (others.isEmpty()) {
            throw new IllegalStateException("a task waits for one behind it");
        }
        sleepUntil(() -> condition.getAsBoolean() || failure.get() != null, SPINNING);
        if (!condition.getAsBoolean()) {
            throw new GivenUp();
        }
    }

    /** Within a task: lets those look who {@link #await} something. */
    public synchronized void announce() {
        notifyAll();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("these workers are closed");
        }
    }

    private synchronized void start(int count, Task work) {
        task = work;
        tasks = count;
        busy.set(others.size());
        next.set(0);
        job++;
        notifyAll();
    }

    private void drain(Kernel kernel, int count, Task work) {
        try {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                goOn();
                work.run(kernel, i);
            }
        } catch (Throwable e) {
            next.set(count);
            failure.compareAndSet(null, e);
            announce();
        }
    }

    private void awaitOthers() {
        sleepUntil(() -> busy.get() == 0, SPINNING);
        Throwable e = failure.getAndSet(null);
        if (e instanceof Error error) {
            throw error;
        }
        if (e instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Lets those look who are asleep: behind a write to what they look at. */
    private void wake() {
        if (asleep.get() > 0) {
            announce();
        }
    }

    /** Waits for a condition that becomes true under this object's lock, or with a notification after it. */
    private void sleepUntil(BooleanSupplier condition, Runnable looking) {
        long from = System.nanoTime();
        while (System.nanoTime() - from < PATIENCE_NANOS) {
            if (condition.getAsBoolean()) {
                return;
            }
            looking.run();
        }
        boolean interrupted = false;
        synchronized (this) {
            asleep.incrementAndGet();
            while (!condition.getAsBoolean()) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            asleep.decrementAndGet();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(Kernel kernel, Helpers.Helper helper) {
        int[] done = new int[1];
        BooleanSupplier called = () -> job != done[0] || closed;
        BooleanSupplier changed = () -> called.getAsBoolean() || helper.isWanted();
        while (true) {
            sleepUntil(changed, SPINNING);
            while (!called.getAsBoolean()) {
                helper.help();
                sleepUntil(changed, YIELDING);
            }
            if (job == done[0]) {
                return;
            }
            done[0]++;
            Task work = Objects.requireNonNull(task);
            drain(kernel, tasks, work);
            if (busy.decrementAndGet() == 0) {
                announce();
            }
        }
    }

    /** Ends the threads; a job that runs is finished first by those who run it. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
