package lstm.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import lstm.batch.Cursor;
import lstm.checkpoint.Checkpoint;
import lstm.checkpoint.Tensor;
import lstm.model.LanguageModel;
import lstm.text.Vocabulary;
import org.jspecify.annotations.Nullable;

/**
 * Trains a language model, with a {@link Learner}: on this machine by truncated backpropagation through time (Williams and Peng,
 * 1990) and Adam.
 *
 * <p>Between two steps it can be turned into a checkpoint, and a trainer made from that one goes on with the same bits. Whatever
 * of a step takes long can be given up, as if the step had not begun; and so can a validation, which a trainer made from the
 * checkpoint then begins with.
 */
public final class Trainer {

    private static final double NANOS = 1e9;

    private final LanguageModel model;
    private final TrainingData data;
    private final TrainingConfig config;
    private final LongSupplier clock;

    private final Learner learner;
    private final @Nullable Validation validation;
    private final long validationInterval;

    private final TrainingCurve curve = new TrainingCurve();
    private final Divergence divergence;
    private final LastGood lastGood;

    private String textName;
    private long step;
    private int stepsOfPass;
    private long characters;
    private long validatedAt = -1;

    private double earlierSeconds;
    private @Nullable Long startedAt;
    private double shareAtStart;
    private long validationNanos;
    private long charactersAtStart;
    private double trainLoss = Double.NaN;
    private double learningRate;
    private double gradientNorm;

    /** A trainer at the beginning of a training on this machine, for a model whose vocabulary is the text's. */
    public Trainer(LanguageModel model, TrainingData data, TrainingConfig config) {
        this(model, data, config, System::nanoTime);
    }

    Trainer(LanguageModel model, TrainingData data, TrainingConfig config, LongSupplier clock) {
        this(model, data, config, new LocalLearner(model, data, config), clock);
    }

    /** A trainer at the beginning of a training that a learner makes, of this model on this text. */
    public Trainer(LanguageModel model, TrainingData data, TrainingConfig config, Learner learner) {
        this(model, data, config, learner, System::nanoTime);
    }

    private Trainer(
            LanguageModel model, TrainingData data, TrainingConfig config, Learner learner, LongSupplier clock) {
        this.model = model;
        this.data = data;
        textName = data.name();
        this.config = config;
        this.learner = learner;
        this.clock = clock;
        stepsOfPass = learner.stepsPerPass();
        divergence = new Divergence(model.config(), config.schedule());
        lastGood = new LastGood(model);
        validation = data.validation().size() > 0 ? new Validation(model, data.validation()) : null;
        validationInterval = config.validationInterval(
                learner.stepsPerEpoch(), data.validation().size());
    }

    /**
     * Trains until the end that the configuration sets, or until {@code stop} says so, which gives up a step or a validation
     * that has begun. Where the training explodes it goes back to its last good model and on with a lower learning rate,
     * {@value RollBack#MOST} times.
     *
     * @param stop asked often, by all threads that train; where it has said so once, it goes on saying so
     * @return whether the end was reached
     * @throws TrainingException where it explodes once more; the trainer then stands at its last good model
     */
    public boolean run(TrainingListener listener, BooleanSupplier stop) {
        startedAt = clock.getAsLong();
        validationNanos = 0;
        charactersAtStart = characters;
        shareAtStart = share();
        lastGood.begin(step);
        // Who was stopped while it validated has left that to be done.
        Double loss = validateWhereDue(listener, stop);
        if (loss != null) {
            listener.validated(this, progress(loss));
        }
        boolean goesOn = true;
        while (goesOn && share() < 1 && !stop.getAsBoolean()) {
            goesOn = advance(listener, stop);
        }
        boolean complete = share() >= 1;
        Double last = null;
        if (complete && validation != null && validatedAt != step) {
            last = validate(validation, listener, stop);
            complete = validatedAt == step;
            if (last != null) {
                curve.validatedAtTheEnd(last);
                listener.validated(this, progress(last));
            }
        }
        listener.ended(this, progress(last));
        earlierSeconds += elapsed();
        startedAt = null;
        return complete;
    }

    /** A pass, and a validation where one is due. Returns false where the pass was given up, and changed nothing. */
    private boolean advance(TrainingListener listener, BooleanSupplier stop) {
        double rate = divergence.learningRate(step, share());
        Learner.Pass pass = learner.pass(step, divergence.state(lastGood.step()), stop);
        if (pass == null) {
            return false;
        }
        stepsOfPass = pass.steps();
        String fault = update(pass, rate);
        if (fault != null) {
            goBack(fault, step + pass.steps(), listener);
            return true;
        }
        // Before anyone is told of the step: who saves it then would otherwise save a best model that may be none.
        Double heldOutLoss = validateWhereDue(listener, stop);
        boolean wentBack = heldOutLoss == null && validatedAt == step;
        if (!wentBack) {
            listener.stepped(this, progress(null));
        }
        if (heldOutLoss != null) {
            listener.validated(this, progress(heldOutLoss));
        }
        return true;
    }

    /** Changes the weights by a pass. Returns what is wrong, and then has left the pass out; null where nothing is. */
    private @Nullable String update(Learner.Pass pass, double rate) {
        String fault =
                pass.fault() != null ? pass.fault() : divergence.ofLoss(pass.loss(), pass.steps(), lastGood.step());
        if (fault != null) {
            return fault;
        }
        double norm = learner.update(rate);
        fault = Divergence.ofNorm(norm);
        if (fault != null) {
            return fault;
        }
        step += pass.steps();
        characters += pass.characters();
        trainLoss = pass.loss();
        learningRate = rate;
        gradientNorm = norm;
        curve.stepped(new CurvePoint(step, epoch(), characters, trainLoss, null, learningRate, gradientNorm));
        if (divergence.isCalm()) {
            lastGood.stepped(step);
        }
        return null;
    }

    /**
     * Goes back to the weights of the last good model and on in the text, with an optimizer and a state that know nothing: they may
     * be what exploded. The steps stay counted, so that a training is no longer than it was meant to be.
     */
    private void goBack(String fault, long at, TrainingListener listener) {
        lastGood.goBack();
        learner.forget();
        RollBack rollBack = divergence.rolledBack(fault, at, step, lastGood.step());
        listener.rolledBack(this, progress(null), rollBack);
        if (!rollBack.goesOn()) {
            listener.ended(this, progress(null));
            throw new TrainingException(rollBack.advice());
        }
    }

    /** Passes over the text, with the part of the present one. */
    private double epoch() {
        Cursor place = learner.place();
        return place.epoch() + place.window() / (double) learner.stepsPerEpoch();
    }

    /** The loss of a validation that is due after this step; null where none is, or there is none; see {@link #validate}. */
    private @Nullable Double validateWhereDue(TrainingListener listener, BooleanSupplier stop) {
        boolean due = step / validationInterval > (step - stepsOfPass) / validationInterval;
        if (validation == null || step == 0 || !due || validatedAt == step) {
            return null;
        }
        Double loss = validate(validation, listener, stop);
        if (loss != null) {
            curve.validated(loss);
        }
        return loss;
    }

    /** The loss; null where it was given up, or where it is none, and the training has gone back. */
    private @Nullable Double validate(Validation heldOut, TrainingListener listener, BooleanSupplier stop) {
        long from = clock.getAsLong();
        OptionalDouble measured = heldOut.loss(stop);
        if (measured.isEmpty()) {
            return null;
        }
        double loss = measured.getAsDouble();
        validatedAt = step;
        validationNanos += clock.getAsLong() - from;
        String fault = Divergence.ofValidation(loss);
        if (fault != null) {
            goBack(fault, step, listener);
            return null;
        }
        if (divergence.isCalm()) {
            lastGood.validated(step, loss);
        }
        return loss;
    }

    private double share() {
        return config.length().progress(step, learner.stepsPerEpoch(), earlierSeconds + elapsed());
    }

    private double elapsed() {
        return startedAt == null ? 0 : (clock.getAsLong() - startedAt) / NANOS;
    }

    private Progress progress(@Nullable Double validationLoss) {
        double elapsed = elapsed();
        double share = share();
        double training = elapsed - validationNanos / NANOS;
        return new Progress(
                step,
                epoch(),
                characters,
                elapsed,
                training > 0 ? (characters - charactersAtStart) / training : 0,
                share,
                share < 1 ? elapsed * (1 - share) / (share - shareAtStart) : 0,
                trainLoss,
                validationLoss,
                lastGood.bestLoss(),
                learningRate,
                gradientNorm);
    }

    /** Where the training is now: with the best weights for use, and everything to go on from. */
    public Checkpoint checkpoint() {
        boolean timed = config.length().seconds() != null;
        TrainingState state = new TrainingState(
                step,
                learner.place().epoch(),
                characters,
                trainLoss,
                lastGood.bestLoss(),
                learningRate,
                timed ? (Double) (earlierSeconds + elapsed()) : null,
                config,
                divergence.state(lastGood.step()),
                textName,
                data.digest(),
                data.training().size());
        Map<String, Tensor> tensors = new LinkedHashMap<>(Checkpoint.tensors(model.config(), model.weights()));
        tensors.putAll(learner.tensors());
        tensors.putAll(curve.tensors());
        tensors.putAll(lastGood.tensors());
        return new Checkpoint(
                model.config(), data.vocabulary(), data.records(), state.toJson(), lastGood.usable(), tensors);
    }

    /**
     * Takes up a training where a checkpoint left it. On the same text in the same windows it goes on exactly; on another,
     * a new training begins with the weights and the moments.
     *
     * @return whether it goes on exactly
     * @throws TrainingException where the checkpoint lacks something, the text's vocabulary does not begin with its
     *     own, or it is parted into records otherwise
     */
    public boolean resume(Checkpoint checkpoint) {
        requireKnownFirst(checkpoint.vocabulary());
        if (checkpoint.records() != data.records()) {
            throw new TrainingException("the checkpoint cannot be resumed: its text has records of the kind "
                    + checkpoint.records() + ", this one " + data.records());
        }
        TrainingState state = TrainingState.fromJson(checkpoint.training());
        boolean exact = state.textDigest().equals(data.digest())
                && state.textTokens() == data.training().size()
                && state.config().shape().equals(config.shape());
        try {
            model.loadExtended(TrainingTensors.weights(checkpoint));
            learner.restore(checkpoint, state, exact);
            if (exact) {
                curve.restore(checkpoint, state.step());
                lastGood.restore(checkpoint, state.bestLoss(), state.rollBacks().goodStep());
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new TrainingException("the checkpoint cannot be resumed: " + e.getMessage());
        }
        if (exact) {
            takeUp(state);
        }
        return exact;
    }

    private void requireKnownFirst(Vocabulary known) {
        Vocabulary ours = data.vocabulary();
        boolean first = ours.unit() == known.unit()
                && ours.size() >= known.size()
                && ours.symbols().subList(0, known.size()).equals(known.symbols());
        if (!first) {
            throw new TrainingException("the checkpoint cannot be resumed: the text was read with another vocabulary;"
                    + " read it with the checkpoint's");
        }
    }

    private void takeUp(TrainingState state) {
        // A text that was renamed meanwhile must not change the file.
        textName = state.textName() == null ? textName : state.textName();
        step = state.step();
        characters = state.characters();
        trainLoss = state.trainLoss();
        learningRate = state.learningRate();
        earlierSeconds = state.seconds() == null ? 0 : state.seconds();
        // A validation that has gone back leaves no loss.
        boolean wentBack = state.rollBacks().count() > 0 && state.rollBacks().step() == step;
        validatedAt = curve.isValidated() || wentBack ? step : -1;
        divergence.restore(state.rollBacks(), state.config().schedule());
    }
}
