package lstm.live;

import org.jline.utils.Signals;

/** What Ctrl-C does while the process is already ending, when it would do nothing. */
public final class Interrupts {

    private Interrupts() {}

    /** Runs this at every Ctrl-C from now on, on a thread of its own. */
    public static void onNext(Runnable action) {
        Signals.register("INT", action);
    }
}
