package lstm.generate;

import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import lstm.model.LanguageModel;
import lstm.model.RecurrentState;
import lstm.model.Window;
import lstm.text.Records;
import lstm.text.Vocabulary;

/**
 * A model in the middle of a text: it has read so far, and knows how likely every token is to come next.
 *
 * <p>One thread at a time uses it. Next to nothing is allocated per token.
 */
public final class TextGenerator {

    /**
     * Where a generator stands in a text.
     *
     * @param state the model's memory
     * @param logits of the next token
     */
    @SuppressWarnings("ArrayRecordComponent") // a snapshot to return to, never compared
    public record Place(RecurrentState state, float[] logits) {

        /** How many floats it keeps. */
        long size() {
            return logits.length
                    + state.matrices().values().stream()
                            .mapToLong(matrix -> matrix.data.length)
                            .sum();
        }
    }

    private final LanguageModel model;
    private final Window window;
    private final float[] logits;
    private final float[] scratch;

    /** A generator that has read nothing yet; {@link #read} at least one token before the first {@link #next}. */
    public TextGenerator(LanguageModel model) {
        this.model = model;
        window = model.newWindow(1, 1);
        logits = new float[model.config().vocabulary()];
        scratch = new float[logits.length];
    }

    /** Forgets the text. */
    public void reset() {
        window.resetState();
    }

    /** Begins a text: forgets the last one and reads what stands {@linkplain Vocabulary#beforeText before any text}. */
    public void begin(Vocabulary vocabulary) {
        reset();
        read(vocabulary.beforeText());
    }

    /** Begins a record, behind what parts records, or a text where there are none. */
    public void begin(Vocabulary vocabulary, Records records) {
        begin(vocabulary);
        for (int i = 1; i < records.separator().length(); i++) {
            read(vocabulary.token(records.separator().charAt(i)));
        }
    }

    /** Reads one more token of the text. */
    public void read(int token) {
        window.inputs()[0] = token;
        model.forward(window);
        System.arraycopy(window.logits().data, 0, logits, 0, logits.length);
    }

    /** Reads on. */
    public void read(int[] tokens) {
        for (int token : tokens) {
            read(token);
        }
    }

    /** Picks the next token and reads it. */
    public int next(Sampler sampler, RandomGenerator random) {
        System.arraycopy(logits, 0, scratch, 0, logits.length);
        int token = sampler.sample(scratch, random);
        read(token);
        return token;
    }

    /**
     * Draws the next token of a draft, and reads it unless the text ends without one.
     *
     * @param text takes the tokens that are certain to be part of the text
     * @return what was read; {@link Draft#END} where nothing was
     */
    public int next(Draft draft, RandomGenerator random, IntConsumer text) {
        int token = draft.draw(logits, random);
        draft.write(token, text);
        if (token != Draft.END) {
            read(token);
        }
        return token;
    }

    /** The logits of the next token, only to be read, and only until the next one is. */
    float[] logits() {
        return logits;
    }

    /** A copy of the natural logarithms of the probabilities of every token to come next, at temperature 1. */
    public double[] logProbabilities() {
        double logSum = logSum(logits);
        double[] result = new double[logits.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = logits[i] - logSum;
        }
        return result;
    }

    /** The logarithm of the sum of what logits are the logarithms of: taken off each, it leaves log-probabilities. */
    static double logSum(float[] logits) {
        double max = logits[Sampler.likeliest(logits)];
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - max);
        }
        return max + Math.log(sum);
    }

    /** Where the text is now, to come back to. */
    public Place place() {
        return new Place(window.state(), logits.clone());
    }

    /** Goes back to a place. */
    public void returnTo(Place place) {
        window.restore(place.state());
        System.arraycopy(place.logits(), 0, logits, 0, logits.length);
    }
}
