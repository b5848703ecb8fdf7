package lstm.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One text while it is made: what it has come to decides which token may be next, and whether it is complete.
 *
 * <p>Knows nothing of a model: it is told the logits of the next token, one time after the other.
 */
public final class Draft {

    /** Instead of a token: the text is complete without one. */
    public static final int END = -1;

    private final Drafting drafting;
    private final TemperatureSampler sampler;
    private final List<Rule> rules;
    private final Stops stops;
    private final float[] scratch;
    private long drawn;
    private long lines;
    private boolean complete;
    private boolean stuck;

    Draft(Drafting drafting, int vocabulary) {
        this.drafting = drafting;
        SamplingSettings settings = drafting.settings();
        sampler = new TemperatureSampler(settings.temperature(), settings.cuts(), settings.length());
        rules = new ArrayList<>();
        if (settings.repetition().penalty() != 1) {
            rules.add(new RepetitionRule(settings.repetition(), vocabulary));
        }
        drafting.rules().forEach(rule -> rules.add(rule.copy()));
        stops = new Stops(drafting.stops());
        scratch = new float[vocabulary];
        complete = settings.length() == 0 || drafting.lines() == 0;
    }

    private Draft(Draft other) {
        drafting = other.drafting;
        sampler = other.sampler;
        rules = new ArrayList<>(other.rules.stream().map(Rule::copy).toList());
        stops = other.stops.copy();
        scratch = other.scratch;
        drawn = other.drawn;
        lines = other.lines;
        complete = other.complete;
        stuck = other.stuck;
    }

    /** The same text, which goes on for itself from here, one step of one of the two after the other. */
    Draft copy() {
        return new Draft(this);
    }

    /** Reads a token that the text begins with, or stands behind. */
    public void read(int token) {
        for (Rule rule : rules) {
            rule.read(token);
        }
    }

    /** Reads on. */
    public void read(int[] tokens) {
        for (int token : tokens) {
            read(token);
        }
    }

    /**
     * Draws the next token, to be passed on to {@link #write}; not to be called once the text {@link #isComplete}.
     *
     * @param logits of the next token, V, which stay as they are
     * @return the token, or {@link #END}
     */
    public int draw(float[] logits, RandomGenerator random) {
        if (!apply(logits)) {
            return END;
        }
        int token = sampler.sample(scratch, random, drawn);
        return endsBefore(token) ? END : token;
    }

    /** The probabilities of what may come next, as {@link #draw} draws it; null where nothing may. */
    double @Nullable [] distribution(float[] logits) {
        return apply(logits) ? sampler.distribution(scratch, drawn) : null;
    }

    /** Whether any token may follow. */
    private boolean apply(float[] logits) {
        System.arraycopy(logits, 0, scratch, 0, logits.length);
        for (Rule rule : rules) {
            if (!rule.bindsTheEnd()) {
                rule.apply(scratch);
            }
        }
        stops.completing(token -> scratch[token] = logits[token]);
        for (Rule rule : rules) {
            if (rule.bindsTheEnd()) {
                rule.apply(scratch);
            }
        }
        stuck = scratch[Sampler.likeliest(scratch)] == Float.NEGATIVE_INFINITY;
        return !stuck;
    }

    /** Whether a token that was drawn is no part of the text, which ends before it. */
    boolean endsBefore(int token) {
        for (Rule rule : rules) {
            if (rule.endsBefore(token)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes a token, or ends the text.
     *
     * @param text takes the tokens that are certain to be part of it: one may be the beginning of what the text ends before
     */
    public void write(int token, IntConsumer text) {
        boolean stopped = false;
        if (token == END) {
            complete = true;
        } else {
            for (Rule rule : rules) {
                rule.write(token);
            }
            drawn++;
            lines += token == drafting.newline() ? 1 : 0;
            stopped = stops.add(token, text);
            complete = stopped || drawn == drafting.settings().length() || lines == drafting.lines();
        }
        if (complete && !stopped) {
            stops.end(text);
        }
    }

    /** Whether nothing more follows. */
    public boolean isComplete() {
        return complete;
    }

    /** Whether it ended because no token at all could follow. */
    public boolean isStuck() {
        return stuck;
    }
}
