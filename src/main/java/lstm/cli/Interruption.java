package lstm.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lstm.live.Interrupts;

/**
 * Ctrl-C and a request to terminate: the work is asked to stop, and the JVM waits until it has, or until another Ctrl-C.
 *
 * <p>A shutdown hook rather than a signal handler: it needs nothing but the public API, and leaves the exit code (130,
 * 143) to the JVM.
 */
final class Interruption implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 500;

    private final Console console;
    private final Runnable leave;
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "lstm-interruption");
    private volatile boolean requested;
    private volatile boolean failed;

    /** {@code leave} leaves the terminal as it was, for a process that ends at once. */
    Interruption(Console console, Runnable leave) {
        this.console = console;
        this.leave = leave;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the work should stop at the next good moment. */
    boolean requested() {
        return requested;
    }

    /** The work could not be finished: the process must not end as if it had only been interrupted. */
    void failed() {
        failed = true;
    }

    private void stopAndWait() {
        requested = true;
        Interrupts.onNext(this::endAtOnce); // the JVM itself would only wait for its hooks
        try {
            if (!finished.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                console.note("stopping: the step or validation that runs is finished first, then all is saved;"
                        + " another Ctrl-C leaves at once, without saving");
                finished.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failed) {
            Runtime.getRuntime().halt(Lstm.FAILED);
        }
    }

    private void endAtOnce() {
        leave.run();
        console.note("left at once: what was learnt since the last save is lost");
        Runtime.getRuntime().halt(Lstm.INTERRUPTED);
    }

    /** The work is done, and the process may end. */
    @Override
    public void close() {
        finished.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process began to end meanwhile; the hook no longer waits.
            }
        }
    }
}
