package lstm.generate;

import java.util.HashMap;
import java.util.Map;

/** Passes texts on one after the other, by their numbers; the first that is not complete as it comes about. */
public final class InOrder implements TextListener {

    private final TextListener listener;
    private final Map<Long, Text> behind = new HashMap<>();
    private long front;

    /** For a listener that wants one text at a time. */
    public InOrder(TextListener listener) {
        this.listener = listener;
    }

    @Override
    public int others() {
        return listener.others();
    }

    private Text behind(long text) {
        return behind.computeIfAbsent(text, number -> new Text(true));
    }

    @Override
    public void drawn(long text, Prediction prediction) {
        if (text == front) {
            listener.drawn(text, prediction);
        } else {
            behind(text).drawn(prediction);
        }
    }

    @Override
    public void written(long text, int token) {
        if (text == front) {
            listener.written(text, token);
        } else {
            behind(text).written(token);
        }
    }

    @Override
    public void ended(long text, boolean stuck) {
        if (text != front) {
            behind(text).ended(stuck);
            return;
        }
        listener.ended(text, stuck);
        boolean complete = true;
        while (complete) {
            front++;
            Text next = behind.remove(front);
            complete = next != null && next.isComplete();
            if (next != null) {
                next.passTo(listener, front);
            }
        }
    }
}
