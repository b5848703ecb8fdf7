package lstm.train;

import java.util.Locale;
import lstm.model.ModelConfig;
import lstm.optimize.Schedule;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a training explodes, and with which learning rate it then goes on.
 *
 * <p>It explodes where a loss or the gradient's norm is not a finite number, where a loss is {@value #HOPELESS} nats, or where it was
 * for {@value #STEPS_AT_FIRST} steps in a row more than {@value #FACTOR} times what guessing costs, ln V, and than the first window
 * did; {@value #STEPS} once there is a good model to go back to. Any model that learns is better than guessing within some steps.
 *
 * <p>What is not an explosion: a text that goes over to symbols that were never seen costs a model that was sure of itself up to
 * three times ln V. Read in one stream, which only short texts are, that was measured for 20 steps at a learning rate of 1e-3 and for 50
 * at 5e-4; several streams do not change at once. And a training that begins with the weights of another text, or learns hardly at
 * all, may stay where it began.
 */
final class Divergence {

    /** Nobody comes back from there: guessing among all of Unicode costs 14. */
    private static final double HOPELESS = 1000;

    private static final double FACTOR = 2;
    private static final int STEPS_AT_FIRST = 50;
    private static final int STEPS = 200;

    /** What a roll-back leaves of the learning rate, where it was one that suits the model. */
    private static final double SHARE_LEFT = 0.1;

    private final Schedule asked;
    private final double suitable;
    private final double guessing;
    private RollBacks state = RollBacks.NONE;
    private Schedule schedule;
    private int highLosses;

    Divergence(ModelConfig model, Schedule asked) {
        this.asked = asked;
        suitable = Recipe.learningRate(model.cell(), model.hidden());
        guessing = Math.log(model.vocabulary());
        schedule = asked;
    }

    /** The learning rate of a step: after a roll-back it rises anew, since the optimizer knows nothing then. */
    double learningRate(long step, double share) {
        return schedule.rate(step - state.step(), share);
    }

    /**
     * What is wrong with the loss of one more pass; null where nothing is.
     *
     * @param steps that the pass took
     * @param goodStep behind which the last good model stood; 0 where that has learnt nothing
     */
    @Nullable
    String ofLoss(double loss, int steps, long goodStep) {
        if (!isPossible(loss)) {
            return "the loss is " + shown(loss);
        }
        if (state.firstLoss() == null) {
            state = new RollBacks(
                    state.count(), state.learningRate(), state.step(), state.goodStep(), loss, state.highLosses());
        }
        highLosses = loss > highest() ? highLosses + steps : 0;
        return highLosses < (goodStep == 0 ? STEPS_AT_FIRST : STEPS)
                ? null
                : String.format(
                        Locale.ROOT,
                        "the loss has been above %.1f nats for %d steps, and is %.1f",
                        highest(),
                        highLosses,
                        loss);
    }

    private double highest() {
        return FACTOR * Math.max(guessing, state.firstLoss() == null ? 0 : state.firstLoss());
    }

    /** What is wrong with the norm of a gradient; null where nothing is. */
    static @Nullable String ofNorm(double norm) {
        return Double.isFinite(norm) ? null : "the norm of the gradient is " + norm;
    }

    /** What is wrong with the loss of a validation, which may be high where a model has learnt a text by heart. */
    static @Nullable String ofValidation(double loss) {
        return isPossible(loss) ? null : "the validation loss is " + shown(loss);
    }

    private static boolean isPossible(double loss) {
        // NaN is not below either.
        return loss < HOPELESS;
    }

    private static String shown(double loss) {
        return Double.isFinite(loss) ? String.format(Locale.ROOT, "%.4g nats", loss) : String.valueOf(loss);
    }

    /** Whether the loss of the last step was none that an explosion may begin with. */
    boolean isCalm() {
        return highLosses == 0;
    }

    /**
     * Lowers the learning rate: to a tenth, or at once to what suits the model where that is less, so that one that was a
     * thousand times too high need not be found out step by step.
     *
     * @param at the step in which the fault was found
     * @param step behind which the training goes on
     */
    RollBack rolledBack(String fault, long at, long step, long goodStep) {
        double from = schedule.peak();
        double to = Math.min(SHARE_LEFT * from, suitable);
        // A learning rate that is no number above 0 would be none.
        to = to > 0 ? to : from;
        highLosses = 0;
        take(new RollBacks(state.count() + 1, to, step, goodStep, state.firstLoss(), 0));
        return new RollBack(fault, at, goodStep, from, to, state.count());
    }

    /** What a checkpoint keeps. */
    RollBacks state(long goodStep) {
        return new RollBacks(
                state.count(), state.learningRate(), state.step(), goodStep, state.firstLoss(), highLosses);
    }

    /**
     * Goes on with what a checkpoint has kept. A learning rate that was chosen anew is not lowered by what was before, and may explode
     * as often.
     *
     * @param before the schedule that the checkpoint's training was asked for
     */
    void restore(RollBacks kept, Schedule before) {
        boolean chosenAnew = before.peak() != asked.peak();
        highLosses = kept.highLosses();
        take(
                chosenAnew
                        ? new RollBacks(0, null, kept.step(), kept.goodStep(), kept.firstLoss(), kept.highLosses())
                        : kept);
    }

    private void take(RollBacks taken) {
        state = taken;
        schedule = taken.learningRate() == null
                ? asked
                : new Schedule(asked.shape(), taken.learningRate(), asked.finalShare(), asked.warmup());
    }
}
