package lstm.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import lstm.generate.Prediction;
import lstm.generate.TextListener;
import lstm.text.Symbols;
import lstm.text.Unit;
import lstm.text.Vocabulary;

/** Writes a line for every character of texts: its probability, and what else was likely. */
final class ProbabilityLines implements TextListener {

    private final Console console;
    private final Vocabulary vocabulary;
    private final int others;
    private final Deque<Prediction> pending = new ArrayDeque<>();

    /** A writer that tells of so many others. */
    ProbabilityLines(Console console, Vocabulary vocabulary, int others) {
        this.console = console;
        this.vocabulary = vocabulary;
        this.others = others;
    }

    @Override
    public int others() {
        return others;
    }

    @Override
    public void drawn(long text, Prediction prediction) {
        pending.add(prediction);
    }

    @Override
    public void written(long text, int token) {
        Prediction prediction = pending.remove();
        StringBuilder line = new StringBuilder(cell(token, prediction.logProbability())).append("  |");
        prediction.others().forEach(other -> line.append("  ").append(cell(other.token(), other.logProbability())));
        console.out().println(line.toString().stripTrailing());
    }

    private String cell(int token, double logProbability) {
        int symbol = vocabulary.codePoint(token);
        String shown = vocabulary.unit() == Unit.BYTE
                ? Symbols.describe(Unit.BYTE, symbol)
                : "'" + Symbols.inLine(symbol) + "'";
        return String.format(Locale.ROOT, "%-4s %5.1f%%", shown, 100 * Math.exp(logProbability));
    }

    @Override
    public void ended(long text, boolean stuck) {
        pending.clear();
        console.out().println();
    }
}
