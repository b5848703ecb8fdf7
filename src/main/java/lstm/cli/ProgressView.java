package lstm.cli;

import java.util.List;
import java.util.function.LongFunction;
import lstm.live.ErrorTerminal;
import lstm.live.LiveView;
import lstm.train.CurvePoint;
import lstm.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/**
 * What shows a training's course, from its first step until it is closed.
 *
 * @param console for notes while it does, which do not disturb it
 * @param listener what it hears of the training by
 * @param live the view that stands in the terminal; null where lines come and stay
 */
record ProgressView(
        Console console,
        TrainingListener listener,
        @Nullable LiveView live) implements AutoCloseable {

    /**
     * Of this kind, or plain where that cannot be.
     *
     * @param earlier what the checkpoint remembers of a training that goes on
     * @param writer makes a sample of the model as it is at a step
     */
    static ProgressView of(ProgressKind kind, Console console, List<CurvePoint> earlier, LongFunction<String> writer) {
        if (kind == ProgressKind.NONE) {
            return new ProgressView(console, new FinalLine(console), null);
        }
        ErrorTerminal terminal = kind == ProgressKind.PLAIN || !console.errIsTerminal() ? null : terminal(console);
        if (terminal != null) {
            boolean colours = System.getenv("NO_COLOR") == null;
            LiveView view = LiveView.in(
                    terminal, StandardStreams.unicode(), colours, StandardStreams.errorDescriptor(), writer);
            view.tookUp(earlier);
            return new ProgressView(console.withErr(view.above()), view, view);
        }
        if (kind == ProgressKind.LIVE) {
            console.note("standard error is no terminal that a live view can stand in: plain lines instead");
        }
        return new ProgressView(console, new ProgressLine(console), null);
    }

    private static @Nullable ErrorTerminal terminal(Console console) {
        return ErrorTerminal.open(System.getenv("TERM"), StandardStreams.errorDescriptor(), console.err());
    }

    /** Leaves what it has shown, and the terminal as it was. */
    @Override
    public void close() {
        if (live != null) {
            live.close();
        }
    }

    /** Leaves the terminal as it was, for the process ends at once. */
    void leave() {
        if (live != null) {
            live.leave();
        }
    }
}
