package lstm.generate;

import java.util.Arrays;

/** The penalty of a {@link Repetition}, following one text. */
final class RepetitionRule implements Rule {

    private final Repetition repetition;
    /** The last tokens, with room for twice as many, so that they move only now and then. */
    private final int[] recent;

    private final boolean[] repeats;
    private int count;

    RepetitionRule(Repetition repetition, int vocabulary) {
        this(repetition, new int[2 * repetition.window()], new boolean[vocabulary], 0);
    }

    private RepetitionRule(Repetition repetition, int[] recent, boolean[] repeats, int count) {
        this.repetition = repetition;
        this.recent = recent;
        this.repeats = repeats;
        this.count = count;
    }

    @Override
    public void apply(float[] logits) {
        Arrays.fill(repeats, false);
        int before = repetition.length() - 1;
        int first = Math.max(0, count - repetition.window());
        for (int i = first + before; i < count; i++) {
            if (Arrays.equals(recent, i - before, i, recent, count - before, count)) {
                repeats[recent[i]] = true;
            }
        }
        double logSum = TextGenerator.logSum(logits);
        for (int token = 0; token < logits.length; token++) {
            // Less likely is not impossible; what another rule has ruled out stays so.
            if (repeats[token] && logits[token] > Float.NEGATIVE_INFINITY) {
                double less = logSum + repetition.penalty() * (logits[token] - logSum);
                logits[token] = (float) Math.max(-Float.MAX_VALUE, less);
            }
        }
    }

    @Override
    public void read(int token) {
        if (count == recent.length) {
            count = repetition.window();
            System.arraycopy(recent, recent.length - count, recent, 0, count);
        }
        recent[count++] = token;
    }

    @Override
    public void write(int token) {
        read(token);
    }

    @Override
    public Rule copy() {
        return new RepetitionRule(repetition, recent.clone(), repeats, count);
    }
}
