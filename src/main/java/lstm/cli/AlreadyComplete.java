package lstm.cli;

import lstm.train.Progress;
import lstm.train.Trainer;
import lstm.train.TrainingListener;

/** Says so where a training that is taken up has nothing left to do. */
final class AlreadyComplete implements TrainingListener {

    private final Console console;
    private boolean worked;

    AlreadyComplete(Console console) {
        this.console = console;
    }

    @Override
    public void stepped(Trainer trainer, Progress progress) {
        worked = true;
    }

    @Override
    public void validated(Trainer trainer, Progress progress) {
        worked = true;
    }

    @Override
    public void ended(Trainer trainer, Progress progress) {
        if (!worked && progress.share() >= 1 && progress.step() > 0) {
            console.note("this training was complete already; a later end (--epochs, --steps, --time) goes on with it");
        }
    }
}
