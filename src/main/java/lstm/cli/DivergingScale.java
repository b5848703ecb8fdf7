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

    private static final int[] CUBE = {0, 95, 135, 175, 215, 255};

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
        int[] paper = paper(Math.rint(bounded * SHADES) / SHADES);
        boolean dark = 0.3 * paper[0] + 0.6 * paper[1] + 0.1 * paper[2] < 128;
        String ink = dark ? "38;5;231" : "38;5;16";
        return trueColor
                ? String.format(Locale.ROOT, "\033[%s;48;2;%d;%d;%dm", ink, paper[0], paper[1], paper[2])
                : String.format(Locale.ROOT, "\033[%s;48;5;%dm", ink, nearest(paper));
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

    /** The number of the nearest colour in xterm's cube; its greys are left out, but for the lightest, which stands for white. */
    private static int nearest(int[] color) {
        if (color[0] > 238 && color[1] > 238 && color[2] > 238) {
            return 255;
        }
        int number = 16;
        int[] weights = {36, 6, 1};
        for (int i = 0; i < 3; i++) {
            number += weights[i] * nearestLevel(color[i]);
        }
        return number;
    }

    private static int nearestLevel(int value) {
        int nearest = 0;
        for (int level = 1; level < CUBE.length; level++) {
            nearest = Math.abs(CUBE[level] - value) < Math.abs(CUBE[nearest] - value) ? level : nearest;
        }
        return nearest;
    }
}
