package lstm.train;

import java.util.Arrays;
import lstm.model.Window;

/** Tokens as they come, each with the one behind it, as the inputs and targets of windows of one stream. */
final class Pairs {

    private static final int NONE = -1;

    private int last = NONE;

    /** Forgets the last token: the next one begins a text. */
    void begin() {
        last = NONE;
    }

    /**
     * Fills the first steps of a window.
     *
     * @return how many; fewer than the window has at the end of the tokens, after which the last one waits for its successor
     */
    int fill(Window window, Evaluator.Source tokens) {
        int[] inputs = window.inputs();
        int[] targets = window.targets();
        if (last == NONE) {
            last = tokens.next();
        }
        int count = 0;
        if (last != NONE) {
            for (int next; count < inputs.length && (next = tokens.next()) >= 0; last = next) {
                inputs[count] = last;
                targets[count++] = next;
            }
        }
        // Steps behind the end are read all the same.
        Arrays.fill(inputs, count, inputs.length, 0);
        Arrays.fill(targets, count, targets.length, 0);
        return count;
    }
}
