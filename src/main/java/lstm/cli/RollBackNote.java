package lstm.cli;

import lstm.train.Progress;
import lstm.train.RollBack;
import lstm.train.Trainer;
import lstm.train.TrainingListener;

/** Says in a line that a training has exploded and gone back. */
record RollBackNote(Console console) implements TrainingListener {

    @Override
    public void rolledBack(Trainer trainer, Progress progress, RollBack rollBack) {
        if (rollBack.goesOn()) {
            console.note(rollBack.message());
        }
    }
}
