package lstm.train;

import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import lstm.model.LanguageModel;
import lstm.model.Window;
import lstm.text.Bits;
import lstm.text.Tokens;

/** Measures a model on a text: one pass from a zero state, state carried, every token but the first predicted. */
public final class Evaluator {

    /** Where tokens come from, one by one. */
    @FunctionalInterface
    public interface Source {
        /** The next token; -1 at the end. */
        int next();

        /** Those of a text in memory. */
        static Source of(Tokens tokens) {
            return new Source() {
                private long next;

                @Override
                public int next() {
                    return next < tokens.size() ? tokens.get(next++) : -1;
                }
            };
        }
    }

    /**
     * What was measured.
     *
     * @param predictions how many tokens were predicted
     * @param nats mean cross-entropy of a prediction in nats
     */
    public record Result(long predictions, double nats) {

        /** Mean cross-entropy of a prediction in bits. */
        public double bits() {
            return Bits.ofNats(nats);
        }
    }

    private static final int STEPS = 256;

    private final LanguageModel model;
    private final Window window;

    /** An evaluator of this model as it will be at the time of a call. */
    public Evaluator(LanguageModel model) {
        this.model = model;
        window = model.newWindow(1, STEPS);
    }

    /** Measures the model on tokens in memory; the result for fewer than two is zero predictions and NaN. */
    public Result evaluate(Tokens tokens) {
        return evaluate(Source.of(tokens), predictions -> {});
    }

    /**
     * Measures the model on a stream of any length.
     *
     * @param progress hears now and then how many tokens were predicted
     */
    public Result evaluate(Source tokens, LongConsumer progress) {
        window.resetState();
        return read(model, window, new Pairs(), tokens, steps -> {}, progress);
    }

    /**
     * Reads tokens window by window.
     *
     * @param predicted hears how many steps of a window were predicted, before the next ones are
     */
    static Result read(
            LanguageModel model,
            Window window,
            Pairs pairs,
            Source tokens,
            IntConsumer predicted,
            LongConsumer progress) {
        long predictions = 0;
        double sum = 0;
        int count;
        do {
            count = pairs.fill(window, tokens);
            if (count > 0) {
                model.loss(window);
                for (int i = 0; i < count; i++) {
                    sum += window.losses()[i];
                }
                predicted.accept(count);
                predictions += count;
                progress.accept(predictions);
            }
        } while (count == window.steps());
        return new Result(predictions, sum / predictions);
    }
}
