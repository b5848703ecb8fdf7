package lstm.generate;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Passes on some of the texts that it hears one after the other: of every few the likeliest, where it is wanted. */
public final class Selection implements TextListener {

    private final TextListener listener;
    private final long count;
    private final int of;
    private final Predicate<int[]> wanted;
    private Text text;
    private @Nullable Text best;
    private long selected;
    private long refused;

    /**
     * A selection.
     *
     * @param count how many texts are passed on at most
     * @param of how many texts the one with the highest mean log-probability is taken of; 1 for every text
     * @param wanted asked about a text once it is taken
     */
    public Selection(TextListener listener, long count, int of, Predicate<int[]> wanted) {
        this.listener = listener;
        this.count = count;
        this.of = of;
        this.wanted = wanted;
        text = newText();
    }

    private Text newText() {
        return new Text(listener.others() != NO_PREDICTIONS);
    }

    /** How many texts were passed on. */
    public long selected() {
        return selected;
    }

    /** How many texts were not wanted since the last that was. */
    public long refused() {
        return refused;
    }

    @Override
    public int others() {
        return of > 1 ? Math.max(0, listener.others()) : listener.others();
    }

    @Override
    public void drawn(long number, Prediction prediction) {
        text.drawn(prediction);
    }

    @Override
    public void written(long number, int token) {
        text.written(token);
    }

    @Override
    public void ended(long number, boolean stuck) {
        text.ended(stuck);
        if (best == null || text.meanLogProbability() > best.meanLogProbability()) {
            best = text;
        }
        text = newText();
        if ((number + 1) % of == 0) {
            select(best);
            best = null;
        }
    }

    private void select(Text taken) {
        if (selected == count) {
            return; // made beside the last one
        }
        if (wanted.test(taken.tokens())) {
            refused = 0;
            taken.passTo(listener, selected++);
        } else {
            refused++;
        }
    }
}
