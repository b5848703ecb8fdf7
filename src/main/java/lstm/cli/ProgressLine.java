package lstm.cli;

import java.util.Locale;
import lstm.live.Figures;
import lstm.live.SmoothedLoss;
import lstm.train.Progress;
import lstm.train.RollBack;
import lstm.train.Trainer;
import lstm.train.TrainingListener;

/** A training's course in plain lines, at validations and every ten seconds. */
final class ProgressLine implements TrainingListener {

    private static final double SECONDS_BETWEEN_LINES = 10;

    private final Console console;
    private SmoothedLoss loss = new SmoothedLoss();
    private double shownAt;

    ProgressLine(Console console) {
        this.console = console;
    }

    @Override
    public void stepped(Trainer trainer, Progress progress) {
        loss.add(progress.trainLoss());
        if (progress.elapsedSeconds() - shownAt >= SECONDS_BETWEEN_LINES) {
            shownAt = progress.elapsedSeconds();
            String left = Figures.clock(progress.secondsLeft());
            console.note(line(progress, loss)
                    + String.format(Locale.ROOT, "  %,.0f char/s  %s left", progress.charactersPerSecond(), left));
        }
    }

    @Override
    public void validated(Trainer trainer, Progress progress) {
        shownAt = progress.elapsedSeconds();
        Double validation = progress.validationLoss();
        String best = validation != null && validation.equals(progress.bestLoss()) ? " best" : "";
        console.note(line(progress, loss) + (validation == null ? "" : "  val " + Figures.loss(validation) + best));
    }

    @Override
    public void rolledBack(Trainer trainer, Progress progress, RollBack rollBack) {
        loss = new SmoothedLoss();
    }

    /** How far a training is, and how well it does. */
    static String line(Progress progress, SmoothedLoss loss) {
        return String.format(
                Locale.ROOT,
                "%s  epoch %.1f  step %,d  loss %s",
                Figures.percent(progress.share()),
                progress.epoch(),
                progress.step(),
                Figures.loss(loss.isEmpty() ? progress.trainLoss() : loss.value()));
    }
}
