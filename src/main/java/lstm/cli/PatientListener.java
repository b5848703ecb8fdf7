package lstm.cli;

import lstm.metrics.MetricsException;
import lstm.train.Progress;
import lstm.train.RollBack;
import lstm.train.Trainer;
import lstm.train.TrainingException;
import lstm.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/**
 * A listener that writes a file beside the checkpoint. Where it cannot, that is said once, and the training goes on: the disk may
 * be full for a while only, and what is lost in the end, the file tells when it is closed.
 */
final class PatientListener implements TrainingListener {

    private final TrainingListener listener;
    private final Console console;
    private @Nullable String told;

    PatientListener(TrainingListener listener, Console console) {
        this.listener = listener;
        this.console = console;
    }

    @Override
    public void stepped(Trainer trainer, Progress progress) {
        attempt(() -> listener.stepped(trainer, progress));
    }

    @Override
    public void validated(Trainer trainer, Progress progress) {
        attempt(() -> listener.validated(trainer, progress));
    }

    @Override
    public void rolledBack(Trainer trainer, Progress progress, RollBack rollBack) {
        attempt(() -> listener.rolledBack(trainer, progress, rollBack));
    }

    @Override
    public void ended(Trainer trainer, Progress progress) {
        attempt(() -> listener.ended(trainer, progress));
    }

    private void attempt(Runnable writing) {
        try {
            writing.run();
        } catch (MetricsException | TrainingException e) {
            String message = String.valueOf(e.getMessage());
            if (!message.equals(told)) {
                console.note(message + "; the training goes on, and tries again");
            }
            told = message;
        }
    }
}
