package lstm.generate;

import lstm.text.KnownGrams;

/** Keeps a text from sharing so many tokens in a row with a corpus; its beginning counts. */
public final class CopyRule implements Rule {

    private final KnownGrams.Trail trail;

    /** For texts that do not write these grams. */
    public CopyRule(KnownGrams grams) {
        this(grams.trail());
    }

    private CopyRule(KnownGrams.Trail trail) {
        this.trail = trail;
    }

    @Override
    public void apply(float[] logits) {
        for (int token = 0; token < logits.length; token++) {
            if (trail.forbids(token)) {
                logits[token] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    @Override
    public void read(int token) {
        trail.add(token);
    }

    @Override
    public void write(int token) {
        trail.add(token);
    }

    @Override
    public Rule copy() {
        return new CopyRule(trail.copy());
    }
}
