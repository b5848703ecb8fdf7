package lstm.inspect;

import java.util.List;
import java.util.function.LongConsumer;
import lstm.model.Activations;
import lstm.model.LanguageModel;
import lstm.model.Window;
import lstm.text.Tokens;

/** Has a model read a text from an empty memory, in one stream, and shows all that its units do. */
public final class ActivationReader {

    private static final int STEPS = 64;

    private final LanguageModel model;
    private final Window window;

    /** A reader for this model as it will be at the time of a call. */
    public ActivationReader(LanguageModel model) {
        this.model = model;
        window = model.newWindow(1, STEPS);
    }

    /** Reads a text for visitors, in the memory of a window. */
    public void read(Tokens text, Visitor... visitors) {
        read(text, List.of(visitors), read -> {});
    }

    /**
     * Reads a text for visitors, until its end or until all have seen enough.
     *
     * @param progress hears now and then how many tokens were read
     */
    public void read(Tokens text, List<? extends Visitor> visitors, LongConsumer progress) {
        window.resetState();
        Activations activations = window.activations();
        for (long from = 0; from < text.size() && !visitors.stream().allMatch(Visitor::isDone); from += STEPS) {
            int count = (int) Math.min(STEPS, text.size() - from);
            for (int t = 0; t < count; t++) {
                window.inputs()[t] = text.get(from + t);
            }
            // The last window's steps behind the end read what was there before; nobody sees them.
            model.forward(window);
            for (int t = 0; t < count; t++) {
                for (Visitor visitor : visitors) {
                    visitor.visit(from + t, activations, t);
                }
            }
            progress.accept(from + count);
        }
    }
}
