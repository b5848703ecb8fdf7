package lstm.train;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import lstm.model.LanguageModel;
import lstm.model.RecurrentState;
import lstm.model.Window;
import lstm.optimize.Adam;
import lstm.text.Tokens;

/**
 * A model that learns, in memory, from the text that it has just read: dynamic evaluation (Krause, Kahembwe, Murray and Renals,
 * 2018).
 *
 * <p>The text is read in segments of {@value #SEGMENT} tokens. Each is predicted, and its state carried on, before anything is
 * learnt from it; then the weights move against its gradient, divided element by element by the root of its mean square so far.
 * What is left over where a call ends is a segment too, so that a person's lines are learnt as they are typed.
 * Nothing is dropped. The model that is given changes: who reads with it besides, such as a generator in the middle of a text,
 * goes on from the same state with the new weights. One thread at a time uses both.
 *
 * <p>Measured in nats, on up to 30,000 characters that the models (2 x 128) had not seen: one of tinyshakespeare on the same plays,
 * one of the tales on these plays, and on tales.
 *
 * <pre>
 *                                          plays    tales on plays    tales
 * nothing is learnt                        1.758    2.776             1.314
 * this rule, rate 0.001                    1.497    1.889             1.289
 * rate 0.002                               1.519    1.779             1.289
 * with momentum (Adam), rate 0.001         1.512    1.889             1.290
 * gradients as they are, rate 0.2          1.522    1.951
 * the same, rate 1                         1.710    1.761
 * 0.001 of the way back in every segment   1.497    1.946             1.290
 * mean squares of the training's Adam      1.487
 * </pre>
 *
 * <p>So the authors' way back to the original weights is left out, and their mean squares of the training, which not every
 * checkpoint holds.
 */
public final class Adaptation {

    /** How far a segment moves a weight, about, where the user does not say. */
    public static final double RATE = 1e-3;

    /**
     * Measured on plays and tales: with 5 to 100, at rates that grow with the root of the length, models of such texts end within
     * 0.007 nats of each other; a foreign text is learnt the later, the longer segments are.
     */
    private static final int SEGMENT = 20;

    private final LanguageModel model;
    private final double rate;
    private final Window window;
    private final Pairs pairs = new Pairs();
    private final List<float[]> original;
    private Adam optimizer;

    /**
     * Prepares to learn from the weights that the model has now.
     *
     * @param rate how far a segment moves a weight, about; 0 learns nothing
     * @throws IllegalArgumentException where the rate is not from 0 to 1
     */
    public Adaptation(LanguageModel model, double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("expected a rate from 0 to 1, found " + rate);
        }
        this.model = model;
        this.rate = rate;
        window = model.newUndroppedWindow(1, SEGMENT);
        original = model.parameters().stream().map(p -> p.value().data.clone()).toList();
        optimizer = newOptimizer();
    }

    private Adam newOptimizer() {
        return new Adam(model.parameters(), model.workers(), 0);
    }

    /** Begins a text, of which nothing has been read; what was learnt stays. */
    public void begin() {
        pairs.begin();
        window.resetState();
    }

    /** Goes on in a text of which the model has read so much; the next token that is read is not predicted. */
    public void begin(RecurrentState state) {
        pairs.begin();
        window.restore(state);
    }

    /** Gives the model every bit of its original weights back, and begins a text. */
    public void forget() {
        for (int i = 0; i < original.size(); i++) {
            float[] from = original.get(i);
            System.arraycopy(from, 0, model.parameters().get(i).value().data, 0, from.length);
        }
        model.weightsChanged();
        optimizer = newOptimizer();
        begin();
    }

    /** Reads on in the text, and learns, from tokens in memory. */
    public Evaluator.Result read(int... tokens) {
        return read(Evaluator.Source.of(Tokens.of(tokens)), predictions -> {});
    }

    /**
     * Reads on in the text, and learns.
     *
     * @param progress hears after each segment how many tokens were predicted
     * @return how they were predicted, each before it was learnt from; every token of the text but the first
     */
    public Evaluator.Result read(Evaluator.Source tokens, LongConsumer progress) {
        return Evaluator.read(model, window, pairs, tokens, this::learn, progress);
    }

    /**
     * Learns from the first steps of the window. The gradient of few, a mean over all steps, is made as long as that of all would be,
     * were it noise, so that mean squares are of one kind; the rate falls with the root of their share. So it matters little in what
     * pieces a text comes: measured on 15,000 characters of the plays, 1.487 nats in one, 1.502 one by one.
     */
    private void learn(int count) {
        float root = (float) Math.sqrt(count / (double) SEGMENT);
        float[] dLogits = window.logits().data;
        int end = count * model.config().vocabulary();
        for (int i = 0; i < end; i++) {
            dLogits[i] /= root;
        }
        Arrays.fill(dLogits, end, dLogits.length, 0f);
        model.backward(window);
        // A gradient that is not finite moves nothing.
        optimizer.step(rate * root, TrainingConfig.DEFAULT.clip(), 0);
        model.weightsChanged();
        if (count < SEGMENT) {
            window.restore(window.state(count));
        }
    }
}
