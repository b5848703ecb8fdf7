package lstm.generate;

import java.util.List;
import lstm.model.LanguageModel;
import lstm.model.RecurrentState;
import lstm.model.Window;

/** Several texts that a model reads side by side, a token of each at a time. */
final class Streams {

    private final LanguageModel model;
    private Window window;

    Streams(LanguageModel model, List<RecurrentState> states) {
        this.model = model;
        window = model.newWindow(states.size(), 1);
        window.restore(RecurrentState.of(states));
    }

    /** Goes on with other texts, as many as these are. */
    void arrange(List<RecurrentState> states) {
        if (states.size() != window.streams()) {
            window = model.newWindow(states.size(), 1);
        }
        window.restore(RecurrentState.of(states));
    }

    /** The states of all, to take single ones from. */
    RecurrentState state() {
        return window.state();
    }

    /** Reads a token of a stream with the next {@link #read}. */
    void put(int stream, int token) {
        window.inputs()[stream] = token;
    }

    /** Reads what was put. */
    void read() {
        model.forward(window);
    }

    /** Copies the logits of a stream's next token. */
    void logits(int stream, float[] into) {
        System.arraycopy(window.logits().data, stream * into.length, into, 0, into.length);
    }
}
