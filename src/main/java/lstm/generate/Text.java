package lstm.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What was heard of one text, to be passed on later. */
final class Text {

    private final boolean predicted;
    private final List<Prediction> predictions = new ArrayList<>();
    private int[] written = new int[16];
    private int count;
    private double logProbability;
    private long draws;
    private boolean ended;
    private boolean stuck;

    /** Of which predictions are kept, or only their sum. */
    Text(boolean predicted) {
        this.predicted = predicted;
    }

    void drawn(Prediction prediction) {
        logProbability += prediction.logProbability();
        draws++;
        if (predicted) {
            predictions.add(prediction);
        }
    }

    void written(int token) {
        written = count == written.length ? Arrays.copyOf(written, 2 * count) : written;
        written[count++] = token;
    }

    void ended(boolean isStuck) {
        ended = true;
        stuck = isStuck;
    }

    boolean isComplete() {
        return ended;
    }

    /** The tokens. */
    int[] tokens() {
        return Arrays.copyOf(written, count);
    }

    /** The mean of the log-probabilities of all draws, in nats; the worst where there are none. */
    double meanLogProbability() {
        return draws == 0 ? Double.NEGATIVE_INFINITY : logProbability / draws;
    }

    /** Tells a listener everything, as a text of another number. */
    void passTo(TextListener listener, long number) {
        predictions.forEach(prediction -> listener.drawn(number, prediction));
        for (int i = 0; i < count; i++) {
            listener.written(number, written[i]);
        }
        if (ended) {
            listener.ended(number, stuck);
        }
    }
}
