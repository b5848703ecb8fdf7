package lstm.live;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import lstm.text.TerminalText;
import lstm.train.CurvePoint;
import lstm.train.Progress;
import lstm.train.RollBack;
import lstm.train.Trainer;
import lstm.train.TrainingListener;
import org.jline.terminal.Terminal;
import org.jline.utils.Signals;

/** Shows a training in a terminal, in place: how far it is, its figures, the curve of its loss, and what it writes. */
public final class LiveView implements TrainingListener, AutoCloseable {

    private static final long MILLIS_BETWEEN_DRAWINGS = 150;
    /** A sample takes some ten milliseconds of the training's. */
    private static final double SECONDS_BETWEEN_SAMPLES = 1;
    /** From then on a sample comes without a validation, too. */
    private static final double SECONDS_WITHOUT_SAMPLE = 20;

    private final Screen screen;
    private final Look look;
    private final LongFunction<String> writer;
    private final BooleanSupplier foreground;
    private final History history = new History();
    private final ScheduledExecutorService painter = Executors.newSingleThreadScheduledExecutor(LiveView::thread);
    private final ScheduledFuture<?> painting;
    private double sampledAt;
    private boolean hasSample;
    private volatile long drawnVersion = -1;
    private volatile boolean away;
    private volatile boolean continued;
    private volatile boolean closed;
    private volatile boolean failed;

    /** A view in a terminal; {@code writer} makes a text with the model as it is at a step. */
    LiveView(Terminal terminal, Look look, LongFunction<String> writer, BooleanSupplier foreground) {
        screen = new Screen(terminal);
        this.look = look;
        this.writer = writer;
        this.foreground = foreground;
        painting = painter.scheduleWithFixedDelay(
                () -> show(this::drawWhatIsNew),
                MILLIS_BETWEEN_DRAWINGS,
                MILLIS_BETWEEN_DRAWINGS,
                TimeUnit.MILLISECONDS);
    }

    /**
     * A view in the terminal that standard error is.
     *
     * @param unicode whether it shows more than ASCII
     * @param colours whether there may be any
     * @param descriptor of standard error
     * @param writer makes a text with the model as it is at a step, on the thread that trains
     */
    public static LiveView in(
            ErrorTerminal terminal, boolean unicode, boolean colours, int descriptor, LongFunction<String> writer) {
        Look look = new Look(unicode ? Glyphs.UNICODE : Glyphs.ASCII, colours);
        LiveView view = new LiveView(terminal, look, writer, new Foreground(descriptor)::is);
        Signals.register("CONT", view::continued);
        return view;
    }

    /** Shows also what the checkpoint of a training that goes on remembers of it. */
    public void tookUp(List<CurvePoint> earlier) {
        history.tookUp(earlier);
    }

    /** The process was stopped, and goes on. */
    void continued() {
        continued = true;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "lstm-live");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void stepped(Trainer trainer, Progress progress) {
        stepped(progress);
    }

    void stepped(Progress progress) {
        history.stepped(progress);
        if (progress.elapsedSeconds() - sampledAt >= SECONDS_WITHOUT_SAMPLE) {
            sample(progress);
        }
    }

    @Override
    public void validated(Trainer trainer, Progress progress) {
        validated(progress);
    }

    void validated(Progress progress) {
        history.validated(progress);
        if (!hasSample || progress.share() >= 1 || progress.elapsedSeconds() - sampledAt >= SECONDS_BETWEEN_SAMPLES) {
            sample(progress);
        }
    }

    private void sample(Progress progress) {
        show(() -> history.wrote(progress.step(), TerminalText.show(writer.apply(progress.step()))));
        sampledAt = progress.elapsedSeconds();
        hasSample = true;
    }

    @Override
    public void rolledBack(Trainer trainer, Progress progress, RollBack rollBack) {
        history.rolledBack(rollBack.goodStep());
    }

    @Override
    public void ended(Trainer trainer, Progress progress) {
        ended(progress);
    }

    void ended(Progress progress) {
        history.ended(progress);
    }

    /** A stream for notes, whose lines come to stand above the view, and where it was once it is closed. */
    public PrintStream above() {
        return new PrintStream(new LineStream(this::putAbove), true, StandardCharsets.UTF_8);
    }

    private void putAbove(String lines) {
        show(() -> {
            forgetIfMoved();
            screen.above(lines);
        });
        if (failed) {
            screen.print(lines);
        }
    }

    /** Shows something. Where that fails, says so once and shows nothing more: no training may end because it is looked at. */
    private void show(Runnable showing) {
        if (failed) {
            return;
        }
        try {
            showing.run();
        } catch (RuntimeException e) {
            failed = true;
            leave();
            screen.print("the live view ends, the training goes on: " + e + "\n");
        }
    }

    private void drawWhatIsNew() {
        if (!foreground.getAsBoolean()) {
            away = true;
            return;
        }
        forgetIfMoved();
        long version = history.version();
        if (version != drawnVersion || screen.isResized()) {
            drawnVersion = version;
            draw(true);
        }
    }

    /** While the process was stopped or in the background, a shell has written below the view. */
    private synchronized void forgetIfMoved() {
        if (away || continued) {
            away = false;
            continued = false;
            drawnVersion = -1;
            screen.forget();
        }
    }

    private synchronized void draw(boolean more) {
        State state = closed ? null : history.state();
        if (state != null) {
            if (more) {
                screen.hush();
            }
            screen.draw((columns, rows) -> Layout.lines(state, columns, rows, look));
        }
    }

    /** Draws the last state, which stays, and leaves the terminal as it was. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        painting.cancel(false);
        painter.shutdown();
        history.broken();
        show(() -> {
            forgetIfMoved();
            draw(false); // perhaps from the background, where the terminal's settings are not ours
        });
        closed = true;
        leave();
    }

    /** Leaves the terminal as it was at once, whatever is shown. */
    public void leave() {
        try {
            if (foreground.getAsBoolean()) {
                screen.leave();
            }
        } catch (RuntimeException e) {
            // What the view cannot do any more must not keep the process from its end.
        }
    }
}
