package lstm.cli;

import lstm.train.Progress;
import lstm.train.Trainer;
import lstm.train.TrainingListener;

/** Says so where a training that is taken up has nothing left to do. */
final class AlreadyComplete implements TrainingListener {

    private final Console console;
    private boolean stepped;

    AlreadyComplete(Console console) {
        this.console = console;
    }

    @Override
    public void stepped(Trainer trainer, Progress progress) {
        stepped = true;
    }

    @Override
    public void ended(Trainer trainer, Progress progress) {
        if (!stepped && progress.share() >= 1 && progress.step() > 0) {
            console.note("this training was complete already; a later end (--epochs, --steps, --time) goes on with it");
        }
    }
}
