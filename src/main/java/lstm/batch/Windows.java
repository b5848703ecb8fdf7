package lstm.batch;

import java.util.Objects;
import lstm.text.Tokens;

/**
 * The text of an epoch cut into B streams of equal length, side by side, and these into windows of T steps:
 *
 * <pre>
 *            window 0   window 1
 * stream 0   a b c d    e f g h   i
 * stream 1   j k l m    n o p q   r
 * </pre>
 *
 * <p>Every token is predicted from the one before it, so that a stream of n tokens has (n - 1) / T windows; the model's
 * state is carried from each to the next. The up to T tokens behind a stream's last window, and the up to B - 1 behind the
 * last stream, are not trained on.
 */
public final class Windows {

    private final Epochs text;
    private final BatchShape shape;
    private final long streamLength;

    /**
     * Cuts a text.
     *
     * @throws IllegalArgumentException where it is too short for one window; {@link BatchShape#fitted} helps
     */
    public Windows(Epochs text, BatchShape shape) {
        this.text = text;
        this.shape = shape;
        streamLength = text.size() / shape.streams();
        if (streamLength <= shape.steps()) {
            throw new IllegalArgumentException("a text of " + text.size() + " tokens has no window of " + shape);
        }
    }

    /** B and T. */
    public BatchShape shape() {
        return shape;
    }

    /** How many windows make one pass over the text. */
    public long perEpoch() {
        return perEpoch(text.size(), shape);
    }

    /** How many windows of a shape make one pass over so many tokens. */
    public static long perEpoch(long tokens, BatchShape shape) {
        return (tokens / shape.streams() - 1) / shape.steps();
    }

    /**
     * Copies the streams from..to of a window: step t of stream b to t*B + b, the token in {@code inputs}, the one after it in
     * {@code targets}. Several threads may do so at once.
     *
     * @param place of the window in the training
     * @throws IndexOutOfBoundsException where the epoch has no such window, or the window no such streams
     * @throws IllegalArgumentException where an array has fewer than B*T elements
     */
    public void fill(Cursor place, int fromStream, int toStream, int[] inputs, int[] targets) {
        int streams = shape.streams();
        Objects.checkFromToIndex(fromStream, toStream, streams);
        long window = Objects.checkIndex(place.window(), perEpoch());
        if (Math.min(inputs.length, targets.length) < streams * shape.steps()) {
            throw new IllegalArgumentException(
                    "a window of " + shape + " into " + inputs.length + " inputs and " + targets.length + " targets");
        }
        Tokens tokens = text.tokens(place.epoch());
        for (int b = fromStream; b < toStream; b++) {
            long at = b * streamLength + window * shape.steps();
            int token = tokens.get(at);
            for (int t = 0; t < shape.steps(); t++) {
                int next = tokens.get(at + t + 1);
                inputs[t * streams + b] = token;
                targets[t * streams + b] = next;
                token = next;
            }
        }
    }
}
