package lstm.repl;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import lstm.generate.Completions;
import lstm.model.OverflowException;

/**
 * What the model would write behind a line that is being typed, found on a thread of its own while somebody types on.
 *
 * <p>That thread alone uses the session from a {@link #want} to the next {@link #rest}; a new want stops what the last one began.
 * Nobody waits for a lock here: the line wanted and the text found are each one reference.
 */
final class Ghost implements AutoCloseable {

    private record Found(String line, String text) {}

    /** A line to find something for, as long as it is the last that was wanted. */
    private static final class Want {

        private final String line;

        private Want(String line) {
            this.line = line;
        }
    }

    private static final Want NOTHING = new Want("");

    private final Session session;
    private final Consumer<String> onFound;
    private final ExecutorService model = Executors.newSingleThreadExecutor(task -> daemon(task, "ghost"));
    // Apart from the model's, for whoever waits for the model may hold what the painter waits for.
    private final ExecutorService painter = Executors.newSingleThreadExecutor(task -> daemon(task, "ghost painter"));
    private volatile Want wanted = NOTHING;
    private volatile Found found = new Found("", "");

    /** A ghost of nothing; {@code onFound} gets, on another thread, every line that something new was found for. */
    Ghost(Session session, Consumer<String> onFound) {
        this.session = session;
        this.onFound = onFound;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** What is known to follow on a line: the rest of what was found, where the line was typed along it. */
    String behind(String line) {
        Found last = found;
        boolean follows = line.startsWith(last.line) && last.text.startsWith(line.substring(last.line.length()));
        return follows ? last.text.substring(line.length() - last.line.length()) : "";
    }

    /** Has the model find out what follows on a line. */
    void want(String line) {
        if (!line.equals(wanted.line)) {
            Want want = new Want(line);
            wanted = want;
            model.execute(() -> find(want));
        }
    }

    private void find(Want want) {
        BooleanSupplier stop = () -> wanted != want;
        if (stop.getAsBoolean()) {
            return;
        }
        String text;
        try {
            text = session.suggestion(want.line, stop);
        } catch (OverflowException e) { // whoever asks for a text will be told
            return;
        }
        if (!stop.getAsBoolean()) {
            found = new Found(want.line, text);
            painter.execute(() -> onFound.accept(want.line));
        }
    }

    /** Stops, and waits until the session is the caller's. */
    void rest() {
        wanted = NOTHING;
        boolean interrupted = false;
        for (Future<?> last = model.submit(() -> {}); ; interrupted = true) {
            try {
                last.get();
                break;
            } catch (InterruptedException e) {
                // A step of the model's at most is waited for, so Ctrl-C may.
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The likeliest words to follow on a line; none where {@code impatient} says so before they are found. */
    List<Completions.Completion> continuations(String line, int count, BooleanSupplier impatient) {
        Want want = new Want(line);
        wanted = want;
        BooleanSupplier stop = () -> wanted != want;
        Future<List<Completions.Completion>> words = model.submit(() -> session.continuations(line, count, stop));
        try {
            return await(words, impatient);
        } finally {
            wanted = NOTHING;
        }
    }

    private List<Completions.Completion> await(Future<List<Completions.Completion>> words, BooleanSupplier impatient) {
        while (true) {
            try {
                return words.get(5, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (impatient.getAsBoolean()) {
                    wanted = NOTHING;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return List.of();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    @Override
    public void close() {
        wanted = NOTHING;
        model.shutdown();
        painter.shutdown();
    }
}
