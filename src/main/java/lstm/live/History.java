package lstm.live;

import java.util.List;
import lstm.train.CurvePoint;
import lstm.train.Progress;
import org.jspecify.annotations.Nullable;

/** What has been seen of a training so far; one thread tells of it while another draws it. */
final class History {

    /** More than a wide terminal has dots side by side. */
    private static final int POINTS = 2048;

    private SmoothedLoss loss = new SmoothedLoss();
    private final Series training = new Series(POINTS);
    private final Series validation = new Series(POINTS);
    private @Nullable Progress progress;
    private @Nullable Double lastValidation;
    private State.@Nullable Best best;
    private State.@Nullable Sample sample;
    /** Where an explosion has thrown the training back to, until the next step. */
    private @Nullable Long backTo;

    private boolean ended;
    private long version;

    /** Takes up what processes before this one have seen of the training. */
    synchronized void tookUp(List<CurvePoint> earlier) {
        for (CurvePoint point : earlier) {
            training.add((double) point.step(), point.trainLoss());
            Double measured = point.validationLoss();
            if (measured != null) {
                lastValidation = measured;
                validation.add((double) point.step(), measured);
                if (best == null || measured < best.loss()) {
                    best = new State.Best(point.step(), measured);
                }
            }
        }
    }

    synchronized void stepped(Progress now) {
        if (backTo != null) {
            forgetWhatExploded((double) backTo);
        }
        loss.add(now.trainLoss());
        training.add((double) now.step(), now.trainLoss());
        took(now);
    }

    synchronized void validated(Progress now) {
        Double measured = now.validationLoss();
        if (measured != null) {
            lastValidation = measured;
            validation.add((double) now.step(), measured);
            if (measured.equals(now.bestLoss())) {
                best = new State.Best(now.step(), measured);
            }
        }
        took(now);
    }

    /**
     * The model is again what it was behind a step. What exploded is forgotten once there is something else to show: its curve would
     * leave no room for any other.
     */
    synchronized void rolledBack(long to) {
        backTo = to;
        version++;
    }

    private void forgetWhatExploded(double lastGood) {
        loss = new SmoothedLoss();
        training.cutBehind(lastGood);
        validation.cutBehind(lastGood);
        backTo = null;
    }

    synchronized void ended(Progress now) {
        ended = true;
        took(now);
    }

    /** The training ended without a word, in an error. */
    synchronized void broken() {
        ended = true;
        version++;
    }

    private void took(Progress now) {
        if (best == null && now.bestLoss() != null) {
            best = new State.Best(0, now.bestLoss());
        }
        progress = now;
        version++;
    }

    synchronized void wrote(long step, String text) {
        sample = new State.Sample(step, text);
        version++;
    }

    /** Grows with everything that is told. */
    synchronized long version() {
        return version;
    }

    /** Null before the first step. */
    synchronized @Nullable State state() {
        return progress == null || loss.isEmpty()
                ? null
                : new State(
                        progress,
                        loss.value(),
                        training.points(),
                        validation.points(),
                        lastValidation,
                        best,
                        sample,
                        ended);
    }
}
