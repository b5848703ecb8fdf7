package lstm.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A fixed team of threads, each with a kernel of its own, that shares out the tasks of one job after another.
 *
 * <p>The caller is one of them and returns when the job is done. Waiting threads sleep: a spinning barrier would collapse
 * as soon as another process wants the processor.
 */
public final class Workers implements AutoCloseable {

    /** A piece of work; which worker takes it is not known. */
    @FunctionalInterface
    public interface Task {
        /** Does the task with this index, on the kernel of the thread it runs on. */
        void run(Kernel kernel, int index);
    }

    private final Kernel own;
    private final List<Thread> others = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    private @Nullable Task task;
    private int tasks;
    private int job;
    private int busy;
    private boolean closed;
    private @Nullable Throwable failure;

    /** Starts {@code threads} - 1 threads beside the caller's, each with a kernel from the supplier. */
    public Workers(int threads, Supplier<Kernel> kernels) {
        if (threads < 1) {
            throw new IllegalArgumentException("expected at least 1 thread, found " + threads);
        }
        own = kernels.get();
        for (int i = 1; i < threads; i++) {
            Kernel kernel = kernels.get();
            Thread thread = new Thread(() -> work(kernel), "lstm-worker-" + i);
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
     * Runs the tasks 0 to count - 1 and returns when all are done.
     *
     * <p>One thread at a time may call it. The first exception of a task is thrown here, after the others have ended.
     */
    public void run(int count, Task job) {
        requireOpen();
        if (others.isEmpty() || count == 1) {
            for (int i = 0; i < count; i++) {
                job.run(own, i);
            }
            return;
        }
        start(count, job);
        drain(own, count, job);
        awaitOthers();
    }

    private synchronized void requireOpen() {
        if (closed) {
            throw new IllegalStateException("these workers are closed");
        }
    }

    private synchronized void start(int count, Task work) {
        task = work;
        tasks = count;
        busy = others.size();
        next.set(0);
        job++;
        notifyAll();
    }

    private void drain(Kernel kernel, int count, Task work) {
        try {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                work.run(kernel, i);
            }
        } catch (Throwable e) {
            next.set(count);
            fail(e);
        }
    }

    private synchronized void fail(Throwable e) {
        if (failure == null) {
            failure = e;
        }
    }

    private synchronized void awaitOthers() {
        boolean interrupted = false;
        while (busy > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Throwable e = failure;
        failure = null;
        if (e instanceof Error error) {
            throw error;
        }
        if (e instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private void work(Kernel kernel) {
        int done = 0;
        while (true) {
            Task work;
            int count;
            synchronized (this) {
                while (job == done || task == null) {
                    if (closed) {
                        return;
                    }
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        // Only closing ends a worker: a job may wait for it.
                    }
                }
                done = job;
                work = task;
                count = tasks;
            }
            drain(kernel, count, work);
            synchronized (this) {
                if (--busy == 0) {
                    notifyAll();
                }
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
