package lstm.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import lstm.inspect.InspectedText;
import lstm.model.Activation;
import lstm.score.ScoredLine;
import lstm.text.TerminalText;

/** A text on a terminal, each character on the colour of a unit's value behind it. */
final class UnitPainting extends UnitOutput {

    private final DivergingScale scale;
    private final InspectedText text;
    private final boolean gate;
    private final TerminalText shown = new TerminalText();
    private final StringBuilder line = new StringBuilder();
    private String last = "";

    /** Of a text's first characters, as they come; begins with a legend. */
    UnitPainting(PrintStream reader, DivergingScale scale, InspectedText text, String unit, Activation kind) {
        super(reader);
        this.scale = scale;
        this.text = text;
        gate = kind.isGate();
        out.println(unit + "  " + legend());
    }

    private String legend() {
        double[] values = gate ? new double[] {0, 0.25, 0.5, 0.75, 1} : new double[] {-1, -0.5, 0, 0.5, 1};
        List<String> samples = DoubleStream.of(values)
                .mapToObj(value -> color((float) value) + String.format(Locale.ROOT, " %s ", number(value)))
                .toList();
        return samples.stream().collect(Collectors.joining("", "", DivergingScale.RESET));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((int) value) : String.valueOf(value);
    }

    /** A gate, from 0 to 1, uses the whole scale. */
    private String color(float value) {
        return scale.color(gate ? 2 * value - 1 : value);
    }

    @Override
    public void accept(long position, float value) {
        String character = shown.show(text.vocabulary(), text.tokens().get(position));
        if (character.isEmpty()) {
            return;
        }
        String color = color(value);
        if (!color.equals(last)) {
            line.append(color);
            last = color;
        }
        if (character.equals("\n")) {
            line.append(ScoredLine.END);
            endLine();
        } else {
            line.append(character);
        }
    }

    /** Ends the line, and its colour first: else some terminals would paint up to the edge. */
    @Override
    void endLine() {
        out.println(line.append(DivergingScale.RESET));
        line.setLength(0);
        last = "";
    }

    @Override
    boolean isLineOpen() {
        return !line.isEmpty();
    }
}
