package lstm.batch;

import lstm.text.TextException;

/**
 * The size of a window.
 *
 * @param streams B, read side by side
 * @param steps T, of each stream
 */
public record BatchShape(int streams, int steps) {

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException where one is below 1, or a window does not fit into an array
     */
    public BatchShape {
        if (streams < 1 || steps < 1) {
            throw new IllegalArgumentException(
                    "expected at least 1 stream and 1 step, found " + streams + " and " + steps);
        }
        if ((long) streams * steps > 1 << 24) {
            throw new IllegalArgumentException("a window of " + streams + " x " + steps
                    + " characters is too large; take a smaller --batch or --seq-length");
        }
    }

    /**
     * This shape, or where a text is too short for it a smaller one: fewer streams first, then fewer steps.
     *
     * <p>It is equal to this one unless it had to shrink. Each of its streams has at least one window, of T + 1 tokens.
     *
     * @throws TextException where the text has fewer than 2 tokens
     */
    public BatchShape fitted(long tokens) {
        if (tokens < 2) {
            throw new TextException("the text has " + (tokens == 1 ? "1 character" : "no characters")
                    + ", and learning needs at least 2");
        }
        int fittedSteps = (int) Math.min(steps, tokens - 1);
        int fittedStreams = (int) Math.min(streams, Math.max(1, tokens / (fittedSteps + 1L)));
        return new BatchShape(fittedStreams, fittedSteps);
    }
}
