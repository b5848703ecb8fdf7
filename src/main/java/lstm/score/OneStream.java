package lstm.score;

import lstm.model.LanguageModel;
import lstm.model.Window;

/** The losses of a text of any length as it comes, in parts: the state is carried from each to the next. */
final class OneStream {

    private static final int STEPS = 16;

    private final LanguageModel model;
    // A state may not run on behind what has been read, so what does not fill a window is read token by token.
    private final Window many;
    private final Window single;
    private Window last;
    private int token;

    OneStream(LanguageModel model) {
        this.model = model;
        many = model.newWindow(1, STEPS);
        single = model.newWindow(1, 1);
        last = single;
    }

    /** Forgets the text; another one begins behind this token. */
    void begin(int before) {
        single.resetState();
        last = single;
        token = before;
    }

    /** Reads on: the loss of every token in nats. */
    float[] losses(int[] tokens) {
        float[] losses = new float[tokens.length];
        int at = 0;
        while (at < tokens.length) {
            Window window = tokens.length - at >= STEPS ? many : single;
            read(window, tokens, at);
            System.arraycopy(window.losses(), 0, losses, at, window.steps());
            at += window.steps();
        }
        return losses;
    }

    private void read(Window window, int[] tokens, int from) {
        if (window != last) {
            window.restore(last.state());
            last = window;
        }
        for (int t = 0; t < window.steps(); t++) {
            window.inputs()[t] = token;
            token = tokens[from + t];
            window.targets()[t] = token;
        }
        model.losses(window);
    }
}
