package lstm.generate;

import java.util.ArrayList;
import java.util.List;

/** What was heard of one text, to be passed on later. */
final class Text {

    private final List<Prediction> drawn = new ArrayList<>();
    private final List<Integer> written = new ArrayList<>();
    private boolean ended;
    private boolean stuck;

    void drawn(Prediction prediction) {
        drawn.add(prediction);
    }

    void written(int token) {
        written.add(token);
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
        return written.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The mean of the log-probabilities of all draws, in nats; the worst where there are none. */
    double meanLogProbability() {
        return drawn.stream().mapToDouble(Prediction::logProbability).average().orElse(Double.NEGATIVE_INFINITY);
    }

    /** Tells a listener everything, as a text of another number. */
    void passTo(TextListener listener, long number) {
        if (listener.others() != TextListener.NO_PREDICTIONS) {
            drawn.forEach(prediction -> listener.drawn(number, prediction));
        }
        written.forEach(token -> listener.written(number, token));
        if (ended) {
            listener.ended(number, stuck);
        }
    }
}
