package lstm.kernel;

import java.util.function.LongSupplier;
import org.ojalgo.matrix.store.R032Store;

/**
 * The left operand of {@link VectorKernel}'s products, in the order in which they read it: a matrix in blocks of {@link #DEPTH}
 * columns, and these in panels of rows. A panel is of bands, one vector of rows each, so that a tile reads several streams: the
 * processor fetches more ahead than of one with all the vectors (measured: recurrent products with weights from the L3 cache 4%
 * faster). Between the bands of a panel, {@link Lanes#APART} floats apart however short they are, other panels have theirs, as
 * many as there is room for.
 *
 * <p>The rows that fill up the last panel hold anything: what becomes of them is left out.
 */
final class PackedPanels implements PackedMatrix {

    private static final int WIDTH = Lanes.WIDTH;
    /** Tiles of four vectors need the 32 registers that come with vectors of 512 bits. */
    static final boolean TALL = WIDTH >= 16;

    static final int LOW_ROWS = 2 * WIDTH;
    static final int PANEL_ROWS = TALL ? 4 * WIDTH : LOW_ROWS;
    static final int PANEL_FLOATS = PANEL_ROWS / WIDTH * Lanes.APART;
    /** Products of the common dimension between two visits of a result. */
    static final int DEPTH = Lanes.DEPTH;

    private final int rows;
    private final int columns;
    private final Panels panels;

    PackedPanels(int rows, int columns, LongSupplier clock) {
        this.rows = rows;
        this.columns = columns;
        panels = new Panels(Math.multiplyExact(place(rows - 1, columns - 1) + 1, PANEL_FLOATS), clock);
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    int panelCount() {
        return (rows + PANEL_ROWS - 1) / PANEL_ROWS;
    }

    /** Rows of the panel that begins at this one: the last one is low where that is enough. */
    static int panelRows(int row, int rows) {
        return rows - row <= LOW_ROWS ? LOW_ROWS : PANEL_ROWS;
    }

    /** Rows of all panels. */
    int paddedRows() {
        int last = (rows - 1) / PANEL_ROWS * PANEL_ROWS;
        return last + panelRows(last, rows);
    }

    /** The column behind the last one of the block that this one is in. */
    int blockEnd(int column) {
        return Math.min(columns, (column / DEPTH + 1) * DEPTH);
    }

    private int depth(int column) {
        return blockEnd(column) - column / DEPTH * DEPTH;
    }

    /** How many times {@link #PANEL_FLOATS} lie before the panel of a row and a column: each holds it and those beside it. */
    private int place(int row, int column) {
        int beside = DEPTH / depth(column);
        return column / DEPTH * panelCount() + row / PANEL_ROWS / beside;
    }

    float[] data() {
        return panels.data();
    }

    /** Where the band that begins at a row stands, or its part from a column on. */
    int at(int row, int column) {
        int depth = depth(column);
        int beside = row / PANEL_ROWS % (DEPTH / depth);
        int band = row % PANEL_ROWS / WIDTH;
        int panel = panels.start() + place(row, column) * PANEL_FLOATS;
        return panel + band * Lanes.APART + (beside * depth + column % DEPTH) * WIDTH;
    }

    /** y = from + this * b for the rows of one panel, where y, padded, has room for all: bound by memory, so without tiles. */
    void multiplyPanel(int panel, float[] b, int bAt, float[] from, int fromAt, float[] y) {
        int row = panel * PANEL_ROWS;
        System.arraycopy(from, fromAt + row, y, row, Math.min(PANEL_ROWS, rows - row));
        boolean low = panelRows(row, rows) == LOW_ROWS;
        for (int k = 0; k < columns; k += DEPTH) {
            int depth = blockEnd(k) - k;
            if (low) {
                Lanes.column2(data(), at(row, k), b, bAt + k, depth, y, row);
            } else {
                Lanes.column4(data(), at(row, k), b, bAt + k, depth, y, row);
            }
        }
    }

    /** Whether a product with one column had better begin with the last panel. */
    boolean turn() {
        return panels.turn();
    }

    /** As {@link Kernel#pack}. */
    void pack(R032Store matrix, Columns from, int at) {
        if (from.count() == columns) {
            panels.align();
        }
        int end = at + from.count();
        for (int k = at; k < end; k = blockEnd(k)) {
            int depth = Math.min(end, blockEnd(k)) - k;
            int column = from.first() + k - at;
            for (int row = 0; row < rows; row += PANEL_ROWS) {
                int count = Math.min(PANEL_ROWS, rows - row);
                copyPanel(matrix.data, column * rows + row, rows, data(), at(row, k), depth, count);
            }
        }
    }

    /** As {@link Kernel#packTransposed}. */
    void packTransposed(R032Store matrix, Columns from, int at) {
        if (from.count() == rows) {
            panels.align();
        }
        int end = at + from.count();
        for (int band = at / WIDTH * WIDTH; band < end; band += WIDTH) {
            int row = Math.max(at, band);
            int count = Math.min(end, band + WIDTH) - row;
            int start = (from.first() + row - at) * columns;
            for (int k = 0; k < columns; k = blockEnd(k)) {
                int into = at(band, k) + row - band;
                transpose(matrix.data, start + k, columns, count, blockEnd(k) - k, data(), into);
            }
        }
    }

    /** Copies so many rows of depth columns, which stand lda apart, into the bands of a panel. */
    static void copyPanel(float[] a, int aAt, int lda, float[] into, int at, int depth, int rows) {
        for (int p = 0; p < depth; p++) {
            for (int r = 0; r < rows; r += WIDTH) {
                int band = at + r / WIDTH * Lanes.APART;
                System.arraycopy(a, aAt + p * lda + r, into, band + p * WIDTH, Math.min(WIDTH, rows - r));
            }
        }
    }

    /** into[i + j * WIDTH] = from[i * stride + j], for i below rows and j below columns. */
    private static void transpose(float[] from, int at, int stride, int rows, int columns, float[] into, int start) {
        int i = 0;
        for (; i <= rows - 8; i += 8) {
            transposeEight(from, at + i * stride, stride, columns, into, start + i);
        }
        for (; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                into[start + i + j * WIDTH] = from[at + i * stride + j];
            }
        }
    }

    /** Eight rows: eight streams of loads, and stores that fill half a cache line at a time. */
    private static void transposeEight(float[] from, int at, int stride, int columns, float[] into, int start) {
        for (int j = 0; j < columns; j++) {
            int a = at + j;
            int b = start + j * WIDTH;
            into[b] = from[a];
            into[b + 1] = from[a + stride];
            into[b + 2] = from[a + 2 * stride];
            into[b + 3] = from[a + 3 * stride];
            into[b + 4] = from[a + 4 * stride];
            into[b + 5] = from[a + 5 * stride];
            into[b + 6] = from[a + 6 * stride];
            into[b + 7] = from[a + 7 * stride];
        }
    }
}
