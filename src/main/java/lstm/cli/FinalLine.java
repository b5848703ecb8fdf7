package lstm.cli;

import lstm.live.Figures;
import lstm.live.SmoothedLoss;
import lstm.train.Progress;
import lstm.train.RollBack;
import lstm.train.Trainer;
import lstm.train.TrainingListener;

/** What came of a training, in one line at its end. */
final class FinalLine implements TrainingListener {

    private final Console console;
    private SmoothedLoss loss = new SmoothedLoss();

    FinalLine(Console console) {
        this.console = console;
    }

    @Override
    public void stepped(Trainer trainer, Progress progress) {
        loss.add(progress.trainLoss());
    }

    @Override
    public void rolledBack(Trainer trainer, Progress progress, RollBack rollBack) {
        loss = new SmoothedLoss();
    }

    @Override
    public void ended(Trainer trainer, Progress progress) {
        if (progress.step() == 0) {
            return; // stopped within its first step: there is nothing to tell
        }
        Double best = progress.bestLoss();
        console.note(ProgressLine.line(progress, loss) + (best == null ? "" : "  best val " + Figures.loss(best)));
    }
}
