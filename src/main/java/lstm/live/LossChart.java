package lstm.live;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jspecify.annotations.Nullable;

/** Draws the losses of training and validation over the steps in characters. */
final class LossChart {

    /** Of the width, at the left: the fall of a new model's loss, beside which all that follows would be flat. */
    private static final double FALL = 0.05;
    /** Nats from top to bottom at least: what is less is noise. */
    private static final double LEAST_HEIGHT = 0.02;

    private final Look look;
    private final Canvas canvas;
    private final char[][] marks;
    private final double firstX;
    private final double lastX;
    private final double top;
    private final double bottom;
    /** Mean loss of training in each column of characters, where dots of their own would be noise; NaN where there is none. */
    private final double[] means;

    private LossChart(State state, int columns, int rows, Look look) {
        this.look = look;
        canvas = new Canvas(columns, rows, look.glyphs());
        marks = new char[rows][columns];
        Points training = state.training();
        firstX = training.x()[0];
        lastX = Math.max(firstX, (double) state.progress().step());
        means = means(training);
        double[] range = range(state.validation());
        double margin = Math.max(0, (LEAST_HEIGHT - (range[1] - range[0])) / 2);
        bottom = Math.max(0, range[0] - margin); // no loss is negative
        top = Math.max(range[1] + margin, bottom + LEAST_HEIGHT);
    }

    /**
     * The chart and a line below it that tells of the steps.
     *
     * @param columns that a line may have
     * @param rows of the chart, 2 or more, apart from the line below
     */
    static List<AttributedString> lines(State state, int columns, int rows, Look look) {
        int labels = 3; // less than any has
        int gutter;
        LossChart chart;
        do { // a narrower chart may cut off less of the fall, and so reach higher
            labels++;
            gutter = labels + 2;
            chart = new LossChart(state, Math.max(1, columns - gutter), rows, look);
        } while (label(chart.top).length() > labels);
        chart.drawTraining();
        chart.markValidation(state.validation(), state.best());
        List<AttributedString> lines = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            boolean labelled = row == 0 || row == rows - 1 || (rows >= 7 && row == rows / 2);
            lines.add(chart.line(row, labelled, labels));
        }
        lines.add(chart.steps(gutter, columns - gutter));
        return lines;
    }

    private static String label(double loss) {
        return Figures.format("%.2f", loss);
    }

    private double[] means(Points points) {
        double[] sums = new double[marks[0].length];
        int[] counts = new int[sums.length];
        for (int i = 0; i < points.size(); i++) {
            int column = column(points.x()[i]);
            sums[column] += points.y()[i];
            counts[column]++;
        }
        for (int column = 0; column < sums.length; column++) {
            sums[column] = counts[column] == 0 ? Double.NaN : sums[column] / counts[column];
        }
        return sums;
    }

    /** The least and the largest of what is to be seen. */
    private double[] range(Points validation) {
        int from = (int) (FALL * means.length);
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (int column = 0; column < means.length; column++) {
            if (!Double.isNaN(means[column])) {
                least = Math.min(least, means[column]);
                largest = column >= from ? Math.max(largest, means[column]) : largest;
            }
        }
        for (int i = 0; i < validation.size(); i++) {
            double loss = validation.y()[i];
            least = Math.min(least, loss);
            largest = column(validation.x()[i]) >= from ? Math.max(largest, loss) : largest;
        }
        return new double[] {least, Math.max(least, largest)};
    }

    private int column(double x) {
        double share = lastX > firstX ? (x - firstX) / (lastX - firstX) : 0;
        return (int) Math.max(0, Math.min(marks[0].length - 1.0, share * marks[0].length));
    }

    private double height(double loss) {
        return (top - loss) / (top - bottom) * (canvas.height() - 1);
    }

    private void drawTraining() {
        int across = look.glyphs().across;
        int before = -1;
        for (int column = 0; column < means.length; column++) {
            if (Double.isNaN(means[column])) {
                continue;
            }
            int from = before < 0 ? column : before;
            canvas.line(from * across, height(means[from]), column * across, height(means[column]));
            before = column;
        }
    }

    private void markValidation(Points validation, State.@Nullable Best best) {
        Glyphs glyphs = look.glyphs();
        for (int i = 0; i < validation.size(); i++) {
            mark(validation.x()[i], validation.y()[i], glyphs.validation);
        }
        if (best != null && best.step() > 0) {
            mark((double) best.step(), best.loss(), glyphs.best);
        }
    }

    private void mark(double x, double loss, String glyph) {
        int row = (int) Math.round(height(loss)) / look.glyphs().down;
        if (height(loss) >= 0 && row < marks.length) {
            marks[row][column(x)] = glyph.charAt(0);
        }
    }

    private AttributedString line(int row, boolean labelled, int labels) {
        Glyphs glyphs = look.glyphs();
        double middle = top - (row + 0.5) / marks.length * (top - bottom);
        String label = labelled ? label(row == 0 ? top : row == marks.length - 1 ? bottom : middle) : "";
        AttributedStringBuilder line = new AttributedStringBuilder();
        line.styled(look.faint(), " ".repeat(Math.max(0, labels - label.length())) + label + " " + glyphs.axis);
        for (int column = 0; column < marks[row].length; column++) {
            if (marks[row][column] != 0) {
                line.styled(look.validation(), String.valueOf(marks[row][column]));
            } else {
                char dots = canvas.character(column, row);
                line.styled(dots == ' ' ? look.plain() : look.training(), String.valueOf(dots));
            }
        }
        return line.toAttributedString();
    }

    /** The steps at both ends, and between them what is what. */
    private AttributedString steps(int gutter, int columns) {
        String first = "step " + Figures.count((long) firstX);
        String last = Figures.count((long) lastX);
        AttributedStringBuilder line = new AttributedStringBuilder();
        line.append(" ".repeat(gutter));
        int left = columns - first.length() - last.length();
        if (left < 1) {
            return line.styled(look.faint(), last.length() <= columns ? last : "")
                    .toAttributedString();
        }
        line.styled(look.faint(), first);
        AttributedString legend = legend();
        if (left >= legend.length() + 4) {
            int before = (left - legend.length()) / 2;
            line.append(" ".repeat(before)).append(legend);
            left -= before + legend.length();
        }
        return line.append(" ".repeat(left)).styled(look.faint(), last).toAttributedString();
    }

    private AttributedString legend() {
        Glyphs glyphs = look.glyphs();
        AttributedStringBuilder legend = new AttributedStringBuilder();
        String dots = look.glyphs() == Glyphs.UNICODE ? "⠤⠒" : "..";
        legend.styled(look.training(), dots).styled(look.faint(), " training");
        legend.append("   ").styled(look.validation(), glyphs.validation).styled(look.faint(), " validation");
        return legend.append("   ")
                .styled(look.validation(), glyphs.best)
                .styled(look.faint(), " best")
                .toAttributedString();
    }
}
