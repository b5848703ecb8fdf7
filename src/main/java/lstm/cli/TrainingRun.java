package lstm.cli;

import java.nio.file.Path;
import java.util.List;
import lstm.train.Trainer;
import lstm.train.TrainingListener;

/**
 * A training from its first step to its end or to an interruption.
 *
 * @param view what shows it, which is closed behind it
 * @param trainer what trains
 * @param target the checkpoint that a listener saves
 * @param debug whether to show where an error came from
 */
record TrainingRun(ProgressView view, Trainer trainer, Path target, boolean debug) {

    /** Trains and returns the exit code. */
    int run(List<TrainingListener> listeners) {
        try (Interruption interruption = new Interruption(view.console(), view::leave)) {
            return run(listeners, interruption);
        }
    }

    private int run(List<TrainingListener> listeners, Interruption interruption) {
        try {
            boolean complete = train(listeners, interruption);
            view.console()
                    .note(
                            complete
                                    ? "saved " + target
                                    : "stopped; saved " + target + "; the same command with --resume goes on");
            return complete ? Lstm.DONE : Lstm.INTERRUPTED;
        } catch (RuntimeException | Error e) {
            if (!interruption.requested()) {
                throw e;
            }
            // The process ends as soon as the interruption is over, so this is the last moment to speak.
            interruption.failed();
            return new Failures(view.console()).handleFailure(e, debug);
        }
    }

    private boolean train(List<TrainingListener> listeners, Interruption interruption) {
        try (view) {
            return trainer.run(new ListenerChain(listeners), interruption::requested);
        }
    }
}
