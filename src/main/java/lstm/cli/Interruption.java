package lstm.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lstm.live.Interrupts;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C and other requests to end: the work is asked to stop, and the JVM waits until it has, or until another request.
 *
 * <p>A shutdown hook rather than a signal handler: it needs nothing but the public API, and leaves the exit code (129,
 * 130, 143) to the JVM.
 */
final class Interruption implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 500;

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean requested;
    private volatile boolean failed;
    private @Nullable Thread hook;

    /**
     * From now on, and until it is closed, interruptions wait for the work.
     *
     * @param leave leaves the terminal as it was, for a process that ends at once
     */
    Interruption begin(Console console, Runnable leave) {
        hook = new Thread(() -> stopAndWait(console, leave), "lstm-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        return this;
    }

    /** Whether the work should stop at the next good moment. */
    boolean requested() {
        return requested;
    }

    /** The work could not be finished: the process must not end as if it had only been interrupted. */
    void failed() {
        failed = true;
    }

    private void stopAndWait(Console console, Runnable leave) {
        Interrupts.onNext(code -> endAtOnce(console, leave, code)); // the JVM itself would only wait for its hooks
        requested = true;
        try {
            if (!finished.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                console.note("stopping: what was learnt is being saved; another Ctrl-C leaves at once, without saving");
                finished.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failed) {
            Runtime.getRuntime().halt(Lstm.FAILED);
        }
    }

    private static void endAtOnce(Console console, Runnable leave, int code) {
        Thread farewell = new Thread(
                () -> {
                    leave.run();
                    console.note("left at once: what was learnt since the last save is lost");
                },
                "lstm-farewell");
        farewell.setDaemon(true);
        farewell.start();
        try {
            // Standard error may be a pipe that nobody reads, or a terminal that Ctrl-S has stopped.
            farewell.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(code);
    }

    /** The work is done, and the process may end. */
    @Override
    public void close() {
        finished.countDown();
        if (!requested && hook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process began to end meanwhile; the hook no longer waits.
            }
        }
    }
}
