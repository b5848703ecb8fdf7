package lstm.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A scatter plot in characters: each unit at the share of time its gate is right-saturated, and above it left-saturated. */
final class SaturationPlot {

    private static final int COLUMNS = 21;
    private static final int ROWS = 11;
    private static final int MARGIN = 3;
    private static final char SEVERAL = '*';

    private final String title;
    private final char[][] cells = new char[ROWS][COLUMNS];

    SaturationPlot(String title) {
        this.title = title;
        for (char[] row : cells) {
            Arrays.fill(row, ' ');
        }
    }

    /** Puts the units of a layer, counted from 0, into it: the digit or letter of the layer counted from 1. */
    void add(int layer, double[] left, double[] right) {
        char mark = layer < 35 ? Character.toUpperCase(Character.forDigit(layer + 1, 36)) : '+';
        for (int i = 0; i < left.length; i++) {
            int row = ROWS - 1 - (int) Math.round(left[i] * (ROWS - 1));
            int column = (int) Math.round(right[i] * (COLUMNS - 1));
            char there = cells[row][column];
            cells[row][column] = there == ' ' || there == mark ? mark : SEVERAL;
        }
    }

    /** From top to bottom, all of the same width. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(wide("   " + title + " gate"));
        for (int row = 0; row < ROWS; row++) {
            String label = row == 0 ? "1" : row == ROWS - 1 ? "0" : row == ROWS / 2 ? "left" : "";
            lines.add(wide(String.format("%4s|%s", label, new String(cells[row]))));
        }
        lines.add(wide("    +" + "-".repeat(COLUMNS)));
        lines.add(wide("     0" + centred("right", COLUMNS - 2) + "1"));
        return lines;
    }

    private static String centred(String text, int width) {
        int before = (width - text.length()) / 2;
        return " ".repeat(before) + text + " ".repeat(width - text.length() - before);
    }

    private static String wide(String line) {
        return String.format("%-" + (5 + COLUMNS + MARGIN - 2) + "s", line);
    }
}
