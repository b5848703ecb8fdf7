package lstm.cli;

import java.util.Locale;
import lstm.train.Progress;
import lstm.train.Trainer;
import lstm.train.TrainingListener;

/**
 * A training's course on standard error: in a terminal one line that is written over, and a line that stays for every
 * validation; elsewhere plain lines, at validations and every ten seconds.
 */
final class ProgressLine implements TrainingListener {

    private static final double SECONDS_BETWEEN_UPDATES = 0.2;
    private static final double SECONDS_BETWEEN_LINES = 10;
    private static final double SMOOTHING = 0.95;

    private final Console console;
    private double shownAt;
    private double loss;
    private double weight;

    ProgressLine(Console console) {
        this.console = console;
    }

    @Override
    public void stepped(Trainer trainer, Progress progress) {
        loss = SMOOTHING * loss + (1 - SMOOTHING) * progress.trainLoss();
        weight = SMOOTHING * weight + (1 - SMOOTHING);
        double interval = console.errIsTerminal() ? SECONDS_BETWEEN_UPDATES : SECONDS_BETWEEN_LINES;
        if (progress.elapsedSeconds() - shownAt < interval) {
            return;
        }
        shownAt = progress.elapsedSeconds();
        if (console.errIsTerminal()) {
            console.progress(line(progress));
        } else {
            console.note(line(progress));
        }
    }

    @Override
    public void validated(Trainer trainer, Progress progress) {
        shownAt = progress.elapsedSeconds();
        console.note(line(progress));
    }

    @Override
    public void ended(Trainer trainer, Progress progress) {
        console.endProgress();
        if (weight == 0 && progress.share() >= 1 && progress.step() > 0) {
            console.note("this training was complete already; a later end (--epochs, --steps, --time) goes on with it");
        }
    }

    private String line(Progress progress) {
        double train = weight > 0 ? loss / weight : progress.trainLoss();
        String end = "";
        Double validation = progress.validationLoss();
        if (validation != null) {
            String best = validation.equals(progress.bestLoss()) ? " best" : "";
            end = format("  val %.3f (%.3f bpc)%s", validation, bits(validation), best);
        } else if (weight > 0) {
            // A training that was complete before has made no step now, and has no speed.
            String left = TimeSpan.clock(progress.secondsLeft());
            end = format("  %,.0f char/s  %s left", progress.charactersPerSecond(), left);
        }
        return format(
                "%3.0f%%  epoch %.1f  step %,d  loss %.3f (%.3f bpc)%s",
                100 * progress.share(), progress.epoch(), progress.step(), train, bits(train), end);
    }

    private static double bits(double nats) {
        return nats / Math.log(2);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
