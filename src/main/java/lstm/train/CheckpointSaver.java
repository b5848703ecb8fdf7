package lstm.train;

import java.nio.file.Path;
import java.util.function.LongSupplier;

/** Saves a training's checkpoint at every validation, at least every minute, and at the end. */
public final class CheckpointSaver implements TrainingListener {

    private static final long INTERVAL_NANOS = 60_000_000_000L;

    private final Path file;
    private final LongSupplier clock;
    private long savedAt;
    private long savedStep = -1;

    /** Saves to this file. */
    public CheckpointSaver(Path file) {
        this(file, System::nanoTime);
    }

    CheckpointSaver(Path file, LongSupplier clock) {
        this.file = file;
        this.clock = clock;
        savedAt = clock.getAsLong();
    }

    @Override
    public void stepped(Trainer trainer, Progress progress) {
        if (clock.getAsLong() - savedAt >= INTERVAL_NANOS) {
            save(trainer, progress.step());
        }
    }

    @Override
    public void validated(Trainer trainer, Progress progress) {
        save(trainer, progress.step());
    }

    @Override
    public void ended(Trainer trainer, Progress progress) {
        if (savedStep != progress.step()) {
            save(trainer, progress.step());
        }
    }

    private void save(Trainer trainer, long step) {
        trainer.checkpoint().save(file);
        savedAt = clock.getAsLong();
        savedStep = step;
    }
}
