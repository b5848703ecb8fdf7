package lstm.cli;

import java.io.PrintStream;
import lstm.inspect.InspectedText;
import lstm.live.Columns;
import lstm.model.Activation;
import lstm.score.ScoredLine;
import lstm.text.TerminalText;

/** A text without colours, and below each line how high a unit's value is behind every character. */
final class UnitBars extends UnitOutput {

    private static final String BARS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";

    private final InspectedText text;
    private final int columns;
    private final float least;
    private final TerminalText shown = new TerminalText();
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder bars = new StringBuilder();

    /** Of a text's first characters, as they come, in lines of so many columns; begins with a legend. */
    UnitBars(PrintStream reader, InspectedText text, String unit, Activation kind, int columns) {
        super(reader);
        this.text = text;
        this.columns = columns;
        least = kind.isGate() ? 0 : -1;
        out.println(unit + "  " + (int) least + " " + BARS + " 1");
    }

    @Override
    public void accept(long position, float value) {
        String character = shown.show(text.vocabulary(), text.tokens().get(position));
        boolean newline = character.equals("\n");
        String symbol = newline ? ScoredLine.END : character.replace('\t', ' ');
        int width = Columns.of(symbol);
        if (bars.length() + width > columns && isLineOpen()) {
            endLine();
        }
        line.append(symbol);
        bars.append(bar(value).repeat(width));
        if (newline) {
            endLine();
        }
    }

    private String bar(float value) {
        double share = Float.isNaN(value) ? 0 : (value - least) / (1 - least);
        int level = (int) Math.max(0, Math.min(BARS.length() - 1, share * BARS.length()));
        return BARS.substring(level, level + 1);
    }

    @Override
    void endLine() {
        out.println(line);
        out.println(bars);
        line.setLength(0);
        bars.setLength(0);
    }

    @Override
    boolean isLineOpen() {
        return !line.isEmpty();
    }
}
