package lstm.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C and a request to terminate: the work is asked to stop, and the JVM waits until it has.
 *
 * <p>A shutdown hook rather than a signal handler: it needs nothing but the public API, and leaves the exit code (130,
 * 143) to the JVM.
 */
final class Interruption implements AutoCloseable {

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "lstm-interruption");
    private volatile boolean requested;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the work should stop at the next good moment. */
    boolean requested() {
        return requested;
    }

    private void stopAndWait() {
        requested = true;
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
