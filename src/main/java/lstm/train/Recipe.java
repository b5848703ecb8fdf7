package lstm.train;

import lstm.batch.BatchShape;
import lstm.model.Cell;

/**
 * What suits a text, for a user who leaves it open: how large a model is, how much of it is dropped, how many streams the text
 * is cut into and how often it is read.
 */
public final class Recipe {

    /** H of two layers where no time is given. */
    public static final int HIDDEN = 256;
    /** What such a training is worth in floating-point operations: three minutes of two fast cores. */
    public static final double OPERATIONS = 3e13;
    /** The most passes over a text where no length is given. */
    public static final int MOST_EPOCHS = 60;

    private static final double MOST_DROPPED = 0.5;

    private static final int HIDDEN_STEP = 32;
    /** Of 4H x H weights in two layers; other cells get the units that an LSTM would. */
    private static final double MATRICES = 3;

    private static final double WEIGHTS_PER_TOKEN = 16;
    private static final double MOST_HIDDEN = 1024;

    /** Tokens read in all, of a text of any length, for {@link #OPERATIONS}. */
    private static final long READ = 6_200_000;
    /** But a text is not read more often, unless it is so short that the steps would be too few. */
    private static final long ENOUGH_EPOCHS = 20;

    private static final long FEWEST_STEPS = 4000;
    private static final long SHORTEST_EPOCH_STEPS = 400;

    /** The share of a pass that weights are to remember. */
    private static final double REMEMBERED = 0.25;

    private final long tokens;

    /** For a text of which so many tokens are learnt from. */
    public Recipe(long tokens) {
        this.tokens = tokens;
    }

    /**
     * H for so many layers. The model's size grows as the square root of the work, and with it what is read: the rule that
     * Hoffmann et al. (2022) found for transformers. The work on a token grows as H squared. A short text, which a large model
     * would soon know by heart, bounds it, and so do the largest models that were measured.
     *
     * @param operations that the training is worth
     */
    public int hidden(int layers, double operations) {
        double matrices = 2.0 * layers - 1;
        double suiting = HIDDEN * Math.sqrt(Math.sqrt(operations / OPERATIONS) * MATRICES / matrices);
        double known = Math.sqrt(WEIGHTS_PER_TOKEN * tokens / (4 * matrices));
        double units = Math.min(Math.min(suiting, known), MOST_HIDDEN);
        return HIDDEN_STEP * (int) Math.max(1, Math.round(units / HIDDEN_STEP));
    }

    /** The share of outputs that is dropped in a training of so many epochs. */
    public static float dropout(double epochs) {
        return dropped(0.08, epochs / 2);
    }

    /** The share of recurrent weights that is dropped. */
    public static float weightDropout(double epochs) {
        return dropped(0.25, epochs / 6);
    }

    /** In hundredths, as a person would choose it. */
    private static float dropped(double slope, double times) {
        return Math.round(100 * Math.min(MOST_DROPPED, slope * Math.log(Math.max(1, times)))) / 100f;
    }

    /**
     * The highest learning rate: the larger a model is, the smaller are the steps that it bears. Layers without gates bear a
     * fifth; measured on the tales, 2 x 256, where with a third one seed of two learns hardly anything.
     */
    public static double learningRate(Cell cell, int hidden) {
        double ofLstm = TrainingConfig.DEFAULT.schedule().peak();
        double rate = (cell == Cell.RNN ? ofLstm / 5 : ofLstm) * Math.sqrt(HIDDEN / (double) Math.max(HIDDEN, hidden));
        return Math.round(1e4 * rate) / 1e4;
    }

    /**
     * The weight decay: the weights keep 1/e of what a step taught them over 1 / (rate x decay) more (Wang and Aitchison, 2024), and that
     * is not to be less than a quarter of a pass. Measured on Java, shuffled by files, in one pass of 2 x 128: 50 MB come to 0.967 nats with
     * 0.05, 0.944 with the 0.013 of this rule and 0.943 without any; 12 MB to 1.072 with 0.05, 1.075 with 0.01, 1.087 without.
     *
     * @param rate the highest learning rate
     */
    public double weightDecay(double rate, BatchShape shape) {
        double stepsPerPass = (double) tokens / (shape.streams() * shape.steps());
        double longest = 1 / (rate * REMEMBERED * stepsPerPass);
        return Math.min(TrainingConfig.DEFAULT.weightDecay(), Math.round(1e4 * longest) / 1e4);
    }

    /**
     * B and T, with fewer streams for a short text, since whatever the text, a model needs some thousand steps. Measured on
     * the tales, 2 x 192: 1.381 nats after 14 epochs with 16 streams, 1.350 with 8.
     */
    public BatchShape shape(BatchShape most) {
        long few = tokens / (SHORTEST_EPOCH_STEPS * most.steps());
        return new BatchShape((int) Math.max(1, Math.min(few, most.streams())), most.steps());
    }

    /** Passes over the text, in windows of this shape, where no length is given. */
    public int epochs(BatchShape shape) {
        long enough = Math.min(READ / tokens, ENOUGH_EPOCHS);
        long least = Math.min(FEWEST_STEPS * shape.streams() * shape.steps() / tokens, MOST_EPOCHS);
        return (int) Math.max(1, Math.max(enough, least));
    }
}
