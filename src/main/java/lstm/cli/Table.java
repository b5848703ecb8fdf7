package lstm.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lstm.live.Columns;

/**
 * Rows of cells in aligned columns. Where a terminal is too narrow for all, the extra columns go, then words are
 * cut, and then other columns go.
 */
final class Table {

    /** A width without an end, for what is no terminal. */
    static final int UNLIMITED = Integer.MAX_VALUE;

    private static final String GAP = "  ";
    private static final int LEAST_CUT = 14;

    /** From here on, a column is not worth that words are cut for it. */
    static final int EXTRA = 5;

    /**
     * A column.
     *
     * @param head above its cells
     * @param number whether its cells stand at its right edge
     * @param dispensable the column with the most goes first; those with 0 stay
     */
    record Column(String head, boolean number, int dispensable) {}

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** A table without rows. */
    Table(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /** Adds a row, with a cell for every column. */
    void add(List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns.size() + " columns");
        }
        rows.add(List.copyOf(cells));
    }

    /** The head and the rows, none wider than this if it can be. */
    List<String> lines(int width) {
        int[] widths = IntStream.range(0, columns.size()).map(this::width).toArray();
        int[] least = IntStream.range(0, columns.size())
                .map(c -> columns.get(c).number() ? widths[c] : Math.min(widths[c], LEAST_CUT))
                .toArray();
        List<Integer> shown =
                new ArrayList<>(IntStream.range(0, columns.size()).boxed().toList());
        shown.stream()
                .filter(c -> columns.get(c).dispensable() > 0)
                .sorted(Comparator.comparing((Integer c) -> -columns.get(c).dispensable()))
                .toList()
                .forEach(column -> {
                    boolean extra = columns.get(column).dispensable() >= EXTRA;
                    if (total(shown, extra ? widths : least) > width) {
                        shown.remove(column);
                    }
                });
        cut(shown, widths, least, width);
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::head).toList(), shown, widths));
        rows.forEach(row -> lines.add(line(row, shown, widths)));
        return lines;
    }

    /** Takes from the widest column what is too much, and so on. */
    private static void cut(List<Integer> shown, int[] widths, int[] least, int width) {
        while (total(shown, widths) > width) {
            Optional<Integer> widest = shown.stream()
                    .filter(c -> widths[c] > least[c])
                    .max(Comparator.comparing((Integer c) -> widths[c]));
            if (widest.isEmpty()) {
                return;
            }
            widths[widest.get()]--;
        }
    }

    private int width(int column) {
        int cells =
                rows.stream().mapToInt(row -> Columns.of(row.get(column))).max().orElse(0);
        return Math.max(Columns.of(columns.get(column).head()), cells);
    }

    private static long total(List<Integer> shown, int[] widths) {
        return shown.stream().mapToLong(c -> widths[c]).sum() + (long) GAP.length() * (shown.size() - 1);
    }

    private String line(List<String> cells, List<Integer> shown, int[] widths) {
        return shown.stream()
                .map(c -> padded(
                        cut(cells.get(c), widths[c]), widths[c], columns.get(c).number()))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private static String padded(String cell, int width, boolean number) {
        String space = " ".repeat(Math.max(0, width - Columns.of(cell)));
        return number ? space + cell : cell + space;
    }

    private static String cut(String cell, int width) {
        if (Columns.of(cell) <= width) {
            return cell;
        }
        String kept = cell;
        while (Columns.of(kept) >= width) {
            kept = kept.substring(0, kept.offsetByCodePoints(kept.length(), -1));
        }
        return kept + "…";
    }
}
