package lstm.cli;

import java.nio.file.Path;
import lstm.checkpoint.AtomicFile;
import lstm.train.Trainer;
import lstm.train.TrainingListener;

/**
 * A training from its first step to its end or to an interruption.
 *
 * @param view what shows it, which is closed behind it
 * @param trainer what trains
 * @param target the checkpoint that a listener saves
 * @param interruption by which it is stopped
 * @param lock on the checkpoint, which is closed at the end
 * @param debug whether to show where an error came from
 */
record TrainingRun(
        ProgressView view, Trainer trainer, Path target, Interruption interruption, TrainingLock lock, boolean debug) {

    /** Trains and returns the exit code. */
    int run(TrainingListener listener) {
        try (Interruption begun = interruption.begin(view.console(), this::leave);
                lock) {
            lock.outlastInterruption();
            return run(listener, begun);
        }
    }

    private void leave() {
        view.leave();
        AtomicFile.abandon();
        lock.close();
    }

    private int run(TrainingListener listener, Interruption begun) {
        try {
            boolean complete = train(listener, begun);
            view.console()
                    .note(
                            complete
                                    ? "saved " + target
                                    : "stopped; saved " + target + "; the same command with --resume goes on");
            return complete ? Lstm.DONE : Lstm.INTERRUPTED;
        } catch (RuntimeException | Error e) {
            if (!begun.requested()) {
                throw e;
            }
            // The process ends as soon as the interruption is over, so this is the last moment to speak.
            begun.failed();
            return new Failures(view.console()).handleFailure(e, debug);
        }
    }

    private boolean train(TrainingListener listener, Interruption begun) {
        try (view) {
            return trainer.run(listener, begun::requested);
        }
    }
}
