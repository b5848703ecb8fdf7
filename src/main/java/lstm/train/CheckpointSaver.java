package lstm.train;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import lstm.checkpoint.CheckpointException;
import org.jspecify.annotations.Nullable;

/**
 * Saves a training's checkpoint at every validation, at least every minute, after a roll-back, and at the end.
 *
 * <p>A disk that is full for a while is no reason to lose what is being learnt: a save that fails is told of once, the earlier
 * checkpoint stays, and the training goes on to the next save. Only at the end it fails.
 */
public final class CheckpointSaver implements TrainingListener {

    private static final long INTERVAL_NANOS = 60_000_000_000L;

    private final Path file;
    private final Consumer<String> notes;
    private final LongSupplier clock;
    private long savedAt;
    private long savedStep = -1;
    private @Nullable String trouble;

    /** Saves to this file, and tells nobody of a save that fails before the last. */
    public CheckpointSaver(Path file) {
        this(file, note -> {});
    }

    /** Saves to this file; {@code notes} hears in one line of a save that fails, and of the next one that does not. */
    public CheckpointSaver(Path file, Consumer<String> notes) {
        this(file, notes, System::nanoTime);
    }

    CheckpointSaver(Path file, Consumer<String> notes, LongSupplier clock) {
        this.file = file;
        this.notes = notes;
        this.clock = clock;
        savedAt = clock.getAsLong();
    }

    @Override
    public void stepped(Trainer trainer, Progress progress) {
        if (clock.getAsLong() - savedAt >= INTERVAL_NANOS) {
            trySave(trainer, progress.step());
        }
    }

    @Override
    public void validated(Trainer trainer, Progress progress) {
        trySave(trainer, progress.step());
    }

    @Override
    public void rolledBack(Trainer trainer, Progress progress, RollBack rollBack) {
        trySave(trainer, progress.step());
    }

    /**
     * Saves what is not saved yet.
     *
     * @throws CheckpointException in one line, where that cannot be done
     */
    @Override
    public void ended(Trainer trainer, Progress progress) {
        if (savedStep == progress.step()) {
            return;
        }
        try {
            save(trainer, progress.step());
        } catch (CheckpointException e) {
            CheckpointException last = new CheckpointException(e.getMessage() + "; " + advice());
            last.initCause(e);
            throw last;
        }
    }

    private String advice() {
        return savedStep < 0
                ? "what was learnt is lost: mend that, or name another file, and train again"
                : stillThere() + ": mend that, and --resume goes on from there";
    }

    private void trySave(Trainer trainer, long step) {
        try {
            save(trainer, step);
            if (trouble != null) {
                notes.accept(String.format(Locale.ROOT, "saved %s again, at step %,d", file, step));
            }
            trouble = null;
        } catch (CheckpointException e) {
            savedAt = clock.getAsLong();
            String message = String.valueOf(e.getMessage());
            if (!message.equals(trouble)) {
                notes.accept(message + "; the training goes on, and tries again at the next save"
                        + (savedStep < 0 ? "" : "; " + stillThere()));
            }
            trouble = message;
        }
    }

    private String stillThere() {
        return String.format(Locale.ROOT, "the file still holds step %,d", savedStep);
    }

    private void save(Trainer trainer, long step) {
        trainer.checkpoint().save(file);
        savedAt = clock.getAsLong();
        savedStep = step;
    }
}
