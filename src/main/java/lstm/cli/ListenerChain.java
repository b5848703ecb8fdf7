package lstm.cli;

import java.util.List;
import lstm.train.Progress;
import lstm.train.Trainer;
import lstm.train.TrainingListener;

/** Several listeners as one, told in order. */
record ListenerChain(List<TrainingListener> listeners) implements TrainingListener {

    @Override
    public void stepped(Trainer trainer, Progress progress) {
        listeners.forEach(listener -> listener.stepped(trainer, progress));
    }

    @Override
    public void validated(Trainer trainer, Progress progress) {
        listeners.forEach(listener -> listener.validated(trainer, progress));
    }

    @Override
    public void ended(Trainer trainer, Progress progress) {
        listeners.forEach(listener -> listener.ended(trainer, progress));
    }
}
