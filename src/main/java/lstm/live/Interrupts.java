package lstm.live;

import java.util.Map;
import java.util.function.IntConsumer;
import org.jline.utils.Signals;

/** What Ctrl-C and its like do while the process is already ending, when they would do nothing. */
public final class Interrupts {

    private static final int OF_SIGNALS = 128;
    /** Those that ask a process to end, with their numbers. */
    private static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

    private Interrupts() {}

    /** Runs this at every such signal from now on, on a thread of its own, with the exit code of who dies of it. */
    public static void onNext(IntConsumer action) {
        SIGNALS.forEach((name, number) -> Signals.register(name, () -> action.accept(OF_SIGNALS + number)));
    }
}
