package lstm.cli;

import java.util.List;
import java.util.function.Consumer;
import lstm.checkpoint.CheckpointException;
import lstm.train.CheckpointSaver;
import lstm.train.Progress;
import lstm.train.RollBack;
import lstm.train.Trainer;
import lstm.train.TrainingListener;

/**
 * Several listeners as one, told in order, the one that saves among them: where another fails, what was learnt is saved before
 * the training ends.
 */
record ListenerChain(List<TrainingListener> listeners, CheckpointSaver saver) implements TrainingListener {

    @Override
    public void stepped(Trainer trainer, Progress progress) {
        tell(trainer, progress, listener -> listener.stepped(trainer, progress));
    }

    @Override
    public void validated(Trainer trainer, Progress progress) {
        tell(trainer, progress, listener -> listener.validated(trainer, progress));
    }

    @Override
    public void rolledBack(Trainer trainer, Progress progress, RollBack rollBack) {
        tell(trainer, progress, listener -> listener.rolledBack(trainer, progress, rollBack));
    }

    /** All are told, also where one fails, whose failure comes then. */
    @Override
    public void ended(Trainer trainer, Progress progress) {
        RuntimeException failure = null;
        for (TrainingListener listener : listeners) {
            try {
                listener.ended(trainer, progress);
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void tell(Trainer trainer, Progress progress, Consumer<TrainingListener> event) {
        try {
            listeners.forEach(event);
        } catch (RuntimeException e) {
            save(trainer, progress, e);
            throw e;
        }
    }

    private void save(Trainer trainer, Progress progress, RuntimeException cause) {
        try {
            saver.ended(trainer, progress);
        } catch (CheckpointException e) {
            cause.addSuppressed(e);
        }
    }
}
