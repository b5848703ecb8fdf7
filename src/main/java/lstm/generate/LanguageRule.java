package lstm.generate;

/** One text that follows a {@link Language}. */
final class LanguageRule implements Rule {

    private final Language language;
    private final boolean closed;
    private long left;
    private int state;

    /**
     * At the beginning of a text.
     *
     * @param length tokens at most
     * @param closed whether the text has to be one of the language, and ends before a token with which it would no longer be
     */
    LanguageRule(Language language, long length, boolean closed) {
        this.language = language;
        this.closed = closed;
        left = length;
    }

    /** Where the text could end, the probability of all tokens that are not of it is that of the end. */
    @Override
    public void apply(float[] logits) {
        if (closed && language.needed(state) == 0) {
            return;
        }
        for (int token = 0; token < logits.length; token++) {
            if (!goesOn(token)) {
                logits[token] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    /** A text of the language has to be complete when it ends. */
    @Override
    public boolean bindsTheEnd() {
        return closed;
    }

    private boolean goesOn(int token) {
        int next = language.step(state, token);
        return next >= 0 && language.needed(next) < left;
    }

    @Override
    public boolean endsBefore(int token) {
        return !goesOn(token);
    }

    @Override
    public void write(int token) {
        state = language.step(state, token);
        left--;
    }

    @Override
    public Rule copy() {
        LanguageRule copy = new LanguageRule(language, left, closed);
        copy.state = state;
        return copy;
    }
}
