package lstm.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Colours for values from -1 to 1: red, over white at 0, to blue (as in Karpathy, Johnson and Fei-Fei, 2015), each with an ink
 * that can be read on it, whatever the terminal's own colours are.
 */
final class DivergingScale {

    static final String RESET = "\033[0m";

    /** At -1, -0.5, 0, 0.5 and 1: red, green and blue from 0 to 255. */
    private static final int[][] STOPS = {
        {168, 18, 40}, {232, 140, 110}, {245, 245, 245}, {130, 180, 220}, {20, 80, 160},
    };

    /** Shades on each side of 0; more could not be told apart. */
    private static final int SHADES = 20;

    /** The same of xterm's 256 colours, in even steps. */
    private static final int[] NUMBERS = {124, 167, 210, 217, 224, 255, 189, 153, 111, 68, 25};

    /** The luminance (ITU-R BT.709) on which black and white ink have the same contrast. */
    private static final double MIDDLE = 0.18;

    private static final String BLACK = "38;5;16";
    private static final String WHITE = "38;5;231";

    private final boolean trueColor;

    /** Of all colours, or the nearest of xterm's 256. */
    DivergingScale(boolean trueColor) {
        this.trueColor = trueColor;
    }

    /** What a terminal can show that says so in the environment's COLORTERM. */
    static DivergingScale of(@Nullable String colorTerm) {
        return new DivergingScale("truecolor".equals(colorTerm) || "24bit".equals(colorTerm));
    }

    /** The escape sequence of a value's colour; one that is beyond an end has that end's, and what is no number 0's. */
    String color(float value) {
        double bounded = Float.isNaN(value) ? 0 : Math.max(-1, Math.min(1, value));
        if (trueColor) {
            int[] paper = paper(Math.rint(bounded * SHADES) / SHADES);
            String ink = luminance(paper) < MIDDLE ? WHITE : BLACK;
            return String.format(Locale.ROOT, "\033[%s;48;2;%d;%d;%dm", ink, paper[0], paper[1], paper[2]);
        }
        int last = NUMBERS.length - 1;
        int step = (int) Math.rint((bounded + 1) / 2 * last);
        String ink = step == 0 || step == last ? WHITE : BLACK;
        return String.format(Locale.ROOT, "\033[%s;48;5;%dm", ink, NUMBERS[step]);
    }

    private static int[] paper(double value) {
        double at = (value + 1) / 2 * (STOPS.length - 1);
        int below = Math.min((int) at, STOPS.length - 2);
        int[] paper = new int[3];
        for (int i = 0; i < 3; i++) {
            paper[i] = (int) Math.rint(STOPS[below][i] + (at - below) * (STOPS[below + 1][i] - STOPS[below][i]));
        }
        return paper;
    }

    private static double luminance(int[] color) {
        return 0.2126 * linear(color[0]) + 0.7152 * linear(color[1]) + 0.0722 * linear(color[2]);
    }

    private static double linear(int value) {
        return Math.pow(value / 255.0, 2.2);
    }
}
