package lstm.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and a request to terminate: the work is asked to stop, and the JVM waits until it has.
 *
 * <p>A shutdown hook rather than a signal handler: it needs nothing but the public API, and leaves the exit code (130,
 * 143) to the JVM.
 */
final class Interruption implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 500;

    private final Console console;
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "lstm-interruption");
    private volatile boolean requested;
    private volatile boolean failed;

    Interruption(Console console) {
        this.console = console;
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
        try {
            if (!finished.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                console.note("stopping: the step or validation that runs is finished first, then all is saved");
                finished.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failed) {
            Runtime.getRuntime().halt(Lstm.FAILED);
        }
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
