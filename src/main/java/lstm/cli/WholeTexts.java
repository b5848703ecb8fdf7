package lstm.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import lstm.generate.Prediction;
import lstm.generate.TextListener;

/** Remembers texts that another listener hears, one after the other. */
final class WholeTexts implements TextListener {

    private final TextListener listener;
    private final List<int[]> texts = new ArrayList<>();
    private IntStream.Builder text = IntStream.builder();

    WholeTexts(TextListener listener) {
        this.listener = listener;
    }

    /** The tokens of every text that is complete. */
    List<int[]> texts() {
        return List.copyOf(texts);
    }

    @Override
    public int others() {
        return listener.others();
    }

    @Override
    public void drawn(long number, Prediction prediction) {
        listener.drawn(number, prediction);
    }

    @Override
    public void written(long number, int token) {
        text.add(token);
        listener.written(number, token);
    }

    @Override
    public void ended(long number, boolean stuck) {
        texts.add(text.build().toArray());
        text = IntStream.builder();
        listener.ended(number, stuck);
    }
}
