package lstm.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.ojalgo.matrix.store.R032Store;

/**
 * The fast kernel, on the Vector API.
 *
 * <p>Products: both operands are copied into panels that the innermost loop reads from end to end, after Goto and van de
 * Geijn (2008); a register tile of 2 vectors x 12 columns is summed over blocks of the common dimension, always in
 * ascending order, so that an element's bits do not depend on blocks, tiles or threads.
 *
 * <p>Activations: exp and tanh are polynomials of our own. {@code lanewise(TANH)} and {@code reduceLanes(ADD)} would give
 * other bits before a method is compiled than after, and so break exact resumes. A loop that holds one polynomial is a
 * method of its own: C2 stops inlining, and boxes vectors, in methods that hold several.
 */
final class VectorKernel extends ColumnKernel {

    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    private static final int WIDTH = LANES.length();
    private static final int PANEL_ROWS = 2 * WIDTH;
    private static final int PANEL_COLUMNS = 12;
    /** Products of the common dimension between two visits of a result: a row panel of this depth stays in L1. */
    private static final int DEPTH = 256;
    /** Columns packed at a time. */
    private static final int GROUP = 4 * PANEL_COLUMNS;

    private static final float LOG2_E = 1.44269504f;
    /** ln 2 in two parts; the first has zeros enough behind it for n * LN2_HIGH to be exact (Cody and Waite, 1980). */
    private static final float LN2_HIGH = 0.693359375f;

    private static final float LN2_LOW = -2.12194440e-4f;
    /** Added to a float below 2^22, it rounds it to an integer, which then stands in the lowest bits. */
    private static final float ROUNDER = 0x1.8p23f;

    private final float[] edge = new float[PANEL_ROWS * PANEL_COLUMNS];
    private final int[] edgeColumns = new int[PANEL_COLUMNS];
    private final float[] tail = new float[WIDTH];
    private final float[] rowPanel = new float[PANEL_ROWS * DEPTH];
    private float[] columnPanels = new float[GROUP * DEPTH];
    private float[] column = new float[0];
    private int[] offsets = new int[GROUP];

    private record Packed(int rows, int columns, float[] data) implements PackedMatrix {
        int panels() {
            return ceilDiv(rows, PANEL_ROWS);
        }
    }

    VectorKernel() {
        for (int j = 0; j < PANEL_COLUMNS; j++) {
            edgeColumns[j] = j * PANEL_ROWS;
        }
    }

    /** Bits of a vector register on this machine. */
    static int bits() {
        return LANES.vectorBitSize();
    }

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public PackedMatrix newPacked(int rows, int columns) {
        return new Packed(rows, columns, new float[Math.multiplyExact(roundUp(rows, PANEL_ROWS), columns)]);
    }

    @Override
    public void pack(R032Store matrix, PackedMatrix packed) {
        Packed into = (Packed) packed;
        int rows = into.rows;
        for (int p = 0; p < into.panels(); p++) {
            int row = p * PANEL_ROWS;
            int count = Math.min(PANEL_ROWS, rows - row);
            for (int k = 0; k < into.columns; k++) {
                System.arraycopy(matrix.data, k * rows + row, into.data, (p * into.columns + k) * PANEL_ROWS, count);
            }
        }
    }

    @Override
    public void packTransposed(R032Store matrix, PackedMatrix packed) {
        Packed into = (Packed) packed;
        int depth = into.columns;
        for (int row = 0; row < into.rows; row++) {
            int at = row / PANEL_ROWS * PANEL_ROWS * depth + row % PANEL_ROWS;
            for (int k = 0; k < depth; k++) {
                into.data[at + k * PANEL_ROWS] = matrix.data[row * depth + k];
            }
        }
    }

    @Override
    public void multiplyAdd(PackedMatrix packed, R032Store b, Columns bColumns, R032Store c, Columns cColumns) {
        Packed a = (Packed) packed;
        int count = bColumns.count();
        if (count == 1) {
            multiplyColumn(a, b.data, bColumns.first() * a.columns, c.data, cColumns.first() * a.rows);
            return;
        }
        for (int from = 0; from < count; from += GROUP) {
            int group = Math.min(GROUP, count - from);
            for (int j = 0; j < group; j++) {
                offsets[j] = cColumns.at(from + j) * a.rows;
            }
            for (int k = 0; k < a.columns; k += DEPTH) {
                int depth = Math.min(DEPTH, a.columns - k);
                packColumns(b.data, a.columns, bColumns, from, group, k, depth);
                for (int p = 0; p < a.panels(); p++) {
                    int panel = (p * a.columns + k) * PANEL_ROWS;
                    multiplyPanel(a.data, panel, depth, group, c.data, p * PANEL_ROWS, a.rows);
                }
            }
        }
    }

    /** Copies depth rows of count columns into panels of 12; columns beyond the last are zero. */
    private void packColumns(float[] b, int rows, Columns columns, int from, int count, int k, int depth) {
        for (int j = 0; j < roundUp(count, PANEL_COLUMNS); j++) {
            int at = j / PANEL_COLUMNS * PANEL_COLUMNS * depth + j % PANEL_COLUMNS;
            if (j < count) {
                spread(b, columns.at(from + j) * rows + k, depth, columnPanels, at);
            } else {
                for (int p = 0; p < depth; p++) {
                    columnPanels[at + p * PANEL_COLUMNS] = 0;
                }
            }
        }
    }

    private static void spread(float[] from, int at, int count, float[] into, int start) {
        for (int p = 0; p < count; p++) {
            into[start + p * PANEL_COLUMNS] = from[at + p];
        }
    }

    /** One row panel of a times the packed columns, added to the columns of c that {@link #offsets} names. */
    private void multiplyPanel(float[] a, int aAt, int depth, int count, float[] c, int row, int endRow) {
        int rows = Math.min(PANEL_ROWS, endRow - row);
        for (int j = 0; j < count; j += PANEL_COLUMNS) {
            int columns = Math.min(PANEL_COLUMNS, count - j);
            if (rows == PANEL_ROWS && columns == PANEL_COLUMNS) {
                tile(a, aAt, columnPanels, j * depth, depth, c, offsets, j, row);
            } else {
                edgeTile(a, aAt, j, depth, c, row, rows, columns);
            }
        }
    }

    /** A tile that sticks out of c: computed in full beside it. */
    private void edgeTile(float[] a, int aAt, int j, int depth, float[] c, int row, int rows, int columns) {
        for (int i = 0; i < columns; i++) {
            System.arraycopy(c, offsets[j + i] + row, edge, edgeColumns[i], rows);
        }
        tile(a, aAt, columnPanels, j * depth, depth, edge, edgeColumns, 0, 0);
        for (int i = 0; i < columns; i++) {
            System.arraycopy(edge, edgeColumns[i], c, offsets[j + i] + row, rows);
        }
    }

    /**
     * c[row..row+2 lanes, 12 columns] += one row panel of a times one column panel of b, k products each.
     *
     * <p>Straight-line on purpose: 24 accumulators stay in registers only where no vector crosses a call or a branch.
     */
    private static void tile(float[] a, int aAt, float[] b, int bAt, int k, float[] c, int[] columns, int at, int row) {
        int c0 = columns[at + 0] + row;
        int c1 = columns[at + 1] + row;
        int c2 = columns[at + 2] + row;
        int c3 = columns[at + 3] + row;
        int c4 = columns[at + 4] + row;
        int c5 = columns[at + 5] + row;
        int c6 = columns[at + 6] + row;
        int c7 = columns[at + 7] + row;
        int c8 = columns[at + 8] + row;
        int c9 = columns[at + 9] + row;
        int c10 = columns[at + 10] + row;
        int c11 = columns[at + 11] + row;
        FloatVector x0 = FloatVector.fromArray(LANES, c, c0);
        FloatVector y0 = FloatVector.fromArray(LANES, c, c0 + WIDTH);
        FloatVector x1 = FloatVector.fromArray(LANES, c, c1);
        FloatVector y1 = FloatVector.fromArray(LANES, c, c1 + WIDTH);
        FloatVector x2 = FloatVector.fromArray(LANES, c, c2);
        FloatVector y2 = FloatVector.fromArray(LANES, c, c2 + WIDTH);
        FloatVector x3 = FloatVector.fromArray(LANES, c, c3);
        FloatVector y3 = FloatVector.fromArray(LANES, c, c3 + WIDTH);
        FloatVector x4 = FloatVector.fromArray(LANES, c, c4);
        FloatVector y4 = FloatVector.fromArray(LANES, c, c4 + WIDTH);
        FloatVector x5 = FloatVector.fromArray(LANES, c, c5);
        FloatVector y5 = FloatVector.fromArray(LANES, c, c5 + WIDTH);
        FloatVector x6 = FloatVector.fromArray(LANES, c, c6);
        FloatVector y6 = FloatVector.fromArray(LANES, c, c6 + WIDTH);
        FloatVector x7 = FloatVector.fromArray(LANES, c, c7);
        FloatVector y7 = FloatVector.fromArray(LANES, c, c7 + WIDTH);
        FloatVector x8 = FloatVector.fromArray(LANES, c, c8);
        FloatVector y8 = FloatVector.fromArray(LANES, c, c8 + WIDTH);
        FloatVector x9 = FloatVector.fromArray(LANES, c, c9);
        FloatVector y9 = FloatVector.fromArray(LANES, c, c9 + WIDTH);
        FloatVector x10 = FloatVector.fromArray(LANES, c, c10);
        FloatVector y10 = FloatVector.fromArray(LANES, c, c10 + WIDTH);
        FloatVector x11 = FloatVector.fromArray(LANES, c, c11);
        FloatVector y11 = FloatVector.fromArray(LANES, c, c11 + WIDTH);
        for (int p = 0; p < k; p++, aAt += PANEL_ROWS, bAt += PANEL_COLUMNS) {
            FloatVector top = FloatVector.fromArray(LANES, a, aAt);
            FloatVector low = FloatVector.fromArray(LANES, a, aAt + WIDTH);
            FloatVector w = FloatVector.broadcast(LANES, b[bAt]);
            x0 = top.fma(w, x0);
            y0 = low.fma(w, y0);
            w = FloatVector.broadcast(LANES, b[bAt + 1]);
            x1 = top.fma(w, x1);
            y1 = low.fma(w, y1);
            w = FloatVector.broadcast(LANES, b[bAt + 2]);
            x2 = top.fma(w, x2);
            y2 = low.fma(w, y2);
            w = FloatVector.broadcast(LANES, b[bAt + 3]);
            x3 = top.fma(w, x3);
            y3 = low.fma(w, y3);
            w = FloatVector.broadcast(LANES, b[bAt + 4]);
            x4 = top.fma(w, x4);
            y4 = low.fma(w, y4);
            w = FloatVector.broadcast(LANES, b[bAt + 5]);
            x5 = top.fma(w, x5);
            y5 = low.fma(w, y5);
            w = FloatVector.broadcast(LANES, b[bAt + 6]);
            x6 = top.fma(w, x6);
            y6 = low.fma(w, y6);
            w = FloatVector.broadcast(LANES, b[bAt + 7]);
            x7 = top.fma(w, x7);
            y7 = low.fma(w, y7);
            w = FloatVector.broadcast(LANES, b[bAt + 8]);
            x8 = top.fma(w, x8);
            y8 = low.fma(w, y8);
            w = FloatVector.broadcast(LANES, b[bAt + 9]);
            x9 = top.fma(w, x9);
            y9 = low.fma(w, y9);
            w = FloatVector.broadcast(LANES, b[bAt + 10]);
            x10 = top.fma(w, x10);
            y10 = low.fma(w, y10);
            w = FloatVector.broadcast(LANES, b[bAt + 11]);
            x11 = top.fma(w, x11);
            y11 = low.fma(w, y11);
        }
        x0.intoArray(c, c0);
        y0.intoArray(c, c0 + WIDTH);
        x1.intoArray(c, c1);
        y1.intoArray(c, c1 + WIDTH);
        x2.intoArray(c, c2);
        y2.intoArray(c, c2 + WIDTH);
        x3.intoArray(c, c3);
        y3.intoArray(c, c3 + WIDTH);
        x4.intoArray(c, c4);
        y4.intoArray(c, c4 + WIDTH);
        x5.intoArray(c, c5);
        y5.intoArray(c, c5 + WIDTH);
        x6.intoArray(c, c6);
        y6.intoArray(c, c6 + WIDTH);
        x7.intoArray(c, c7);
        y7.intoArray(c, c7 + WIDTH);
        x8.intoArray(c, c8);
        y8.intoArray(c, c8 + WIDTH);
        x9.intoArray(c, c9);
        y9.intoArray(c, c9 + WIDTH);
        x10.intoArray(c, c10);
        y10.intoArray(c, c10 + WIDTH);
        x11.intoArray(c, c11);
        y11.intoArray(c, c11 + WIDTH);
    }

    /** One column: memory-bound, so without tiles; the same sums in the same order. */
    private void multiplyColumn(Packed a, float[] b, int bAt, float[] c, int cAt) {
        float[] y = column(roundUp(a.rows, PANEL_ROWS));
        System.arraycopy(c, cAt, y, 0, a.rows);
        int panel = a.columns * PANEL_ROWS;
        int p = 0;
        for (; p + 4 <= a.panels(); p += 4) {
            fourPanels(a.data, p * panel, panel, b, bAt, a.columns, y, p * PANEL_ROWS);
        }
        for (; p < a.panels(); p++) {
            onePanel(a.data, p * panel, b, bAt, a.columns, y, p * PANEL_ROWS);
        }
        System.arraycopy(y, 0, c, cAt, a.rows);
    }

    /** y[4 row panels] += the panels times one column of b; eight accumulators hide the latency of the additions. */
    private static void fourPanels(float[] a, int aAt, int panel, float[] b, int bAt, int k, float[] y, int yAt) {
        FloatVector y0 = FloatVector.fromArray(LANES, y, yAt);
        FloatVector y1 = FloatVector.fromArray(LANES, y, yAt + WIDTH);
        FloatVector y2 = FloatVector.fromArray(LANES, y, yAt + 2 * WIDTH);
        FloatVector y3 = FloatVector.fromArray(LANES, y, yAt + 3 * WIDTH);
        FloatVector y4 = FloatVector.fromArray(LANES, y, yAt + 4 * WIDTH);
        FloatVector y5 = FloatVector.fromArray(LANES, y, yAt + 5 * WIDTH);
        FloatVector y6 = FloatVector.fromArray(LANES, y, yAt + 6 * WIDTH);
        FloatVector y7 = FloatVector.fromArray(LANES, y, yAt + 7 * WIDTH);
        for (int p = 0; p < k; p++, aAt += PANEL_ROWS) {
            FloatVector w = FloatVector.broadcast(LANES, b[bAt + p]);
            y0 = FloatVector.fromArray(LANES, a, aAt).fma(w, y0);
            y1 = FloatVector.fromArray(LANES, a, aAt + WIDTH).fma(w, y1);
            y2 = FloatVector.fromArray(LANES, a, aAt + panel).fma(w, y2);
            y3 = FloatVector.fromArray(LANES, a, aAt + panel + WIDTH).fma(w, y3);
            y4 = FloatVector.fromArray(LANES, a, aAt + 2 * panel).fma(w, y4);
            y5 = FloatVector.fromArray(LANES, a, aAt + 2 * panel + WIDTH).fma(w, y5);
            y6 = FloatVector.fromArray(LANES, a, aAt + 3 * panel).fma(w, y6);
            y7 = FloatVector.fromArray(LANES, a, aAt + 3 * panel + WIDTH).fma(w, y7);
        }
        y0.intoArray(y, yAt);
        y1.intoArray(y, yAt + WIDTH);
        y2.intoArray(y, yAt + 2 * WIDTH);
        y3.intoArray(y, yAt + 3 * WIDTH);
        y4.intoArray(y, yAt + 4 * WIDTH);
        y5.intoArray(y, yAt + 5 * WIDTH);
        y6.intoArray(y, yAt + 6 * WIDTH);
        y7.intoArray(y, yAt + 7 * WIDTH);
    }

    private static void onePanel(float[] a, int aAt, float[] b, int bAt, int k, float[] y, int yAt) {
        FloatVector top = FloatVector.fromArray(LANES, y, yAt);
        FloatVector low = FloatVector.fromArray(LANES, y, yAt + WIDTH);
        for (int p = 0; p < k; p++, aAt += PANEL_ROWS) {
            FloatVector w = FloatVector.broadcast(LANES, b[bAt + p]);
            top = FloatVector.fromArray(LANES, a, aAt).fma(w, top);
            low = FloatVector.fromArray(LANES, a, aAt + WIDTH).fma(w, low);
        }
        top.intoArray(y, yAt);
        low.intoArray(y, yAt + WIDTH);
    }

    @Override
    public void multiplyTransposed(
            R032Store a, R032Store b, int bFirst, int count, int fromRow, int toRow, R032Store c) {
        int ldA = a.getRowDim();
        int n = b.getRowDim();
        reserve(n);
        for (int j = 0; j < n; j++) {
            offsets[j] = j * ldA;
            Arrays.fill(c.data, offsets[j] + fromRow, offsets[j] + toRow, 0f);
        }
        for (int k = 0; k < count; k += DEPTH) {
            int depth = Math.min(DEPTH, count - k);
            packRows(b.data, n, bFirst + k, depth);
            for (int row = fromRow; row < toRow; row += PANEL_ROWS) {
                int rows = Math.min(PANEL_ROWS, toRow - row);
                for (int p = 0; p < depth; p++) {
                    copy(a.data, (k + p) * ldA + row, rowPanel, p * PANEL_ROWS, rows, PANEL_ROWS);
                }
                multiplyPanel(rowPanel, 0, depth, n, c.data, row, toRow);
            }
        }
    }

    private void reserve(int columns) {
        int padded = roundUp(columns, PANEL_COLUMNS);
        if (offsets.length < padded) {
            offsets = new int[padded];
            columnPanels = new float[padded * DEPTH];
        }
    }

    /** Copies all rows of depth columns into panels of 12, as columns of the transposed matrix. */
    private void packRows(float[] b, int rows, int first, int depth) {
        for (int j = 0; j < rows; j += PANEL_COLUMNS) {
            int count = Math.min(PANEL_COLUMNS, rows - j);
            for (int p = 0; p < depth; p++) {
                copy(b, (first + p) * rows + j, columnPanels, j * depth + p * PANEL_COLUMNS, count, PANEL_COLUMNS);
            }
        }
    }

    private static void copy(float[] from, int at, float[] into, int start, int count, int padded) {
        System.arraycopy(from, at, into, start, count);
        for (int i = count; i < padded; i++) {
            into[start + i] = 0;
        }
    }

    @Override
    public void lstmForward(R032Store gates, R032Store cell, R032Store hidden, Columns columns, int shift) {
        int h = hidden.getRowDim();
        for (int j = 0; j < columns.count(); j++) {
            int at = columns.at(j);
            int gate = at * 4 * h;
            int next = (at + shift) * h;
            logistic(gates.data, gate, gate + 2 * h);
            tanh(gates.data, gate + 2 * h, gates.data, gate + 2 * h, h);
            logistic(gates.data, gate + 3 * h, gate + 4 * h);
            nextCell(gates.data, gate, cell.data, at * h, next, h);
            tanh(cell.data, next, hidden.data, next, h);
            multiply(hidden.data, next, gates.data, gate + 3 * h, hidden.data, next, h);
        }
    }

    /** c = f * previous c + i * g. */
    private static void nextCell(float[] gates, int gate, float[] cell, int previous, int next, int h) {
        for (int r = 0; r < h; r++) {
            float kept = gates[gate + h + r] * cell[previous + r];
            cell[next + r] = kept + gates[gate + r] * gates[gate + 2 * h + r];
        }
    }

    private static void multiply(float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int count) {
        for (int r = 0; r < count; r++) {
            c[cAt + r] = a[aAt + r] * b[bAt + r];
        }
    }

    @Override
    public void lstmBackward(
            R032Store gates, R032Store cell, R032Store dHidden, R032Store dCell, Columns columns, int shift) {
        int h = cell.getRowDim();
        float[] tanhCell = column(h);
        for (int j = 0; j < columns.count(); j++) {
            int at = columns.at(j);
            int stream = at % shift;
            tanh(cell.data, (at + shift) * h, tanhCell, 0, h);
            outputBackward(gates.data, (at * 4 + 3) * h, tanhCell, dHidden.data, at * h, dCell.data, stream * h, h);
            cellBackward(gates.data, at * 4 * h, cell.data, at * h, dCell.data, stream * h, h);
        }
    }

    /** Through h = o * tanh(c): o becomes dO before its logistic function, dC gains h's part. */
    private static void outputBackward(
            float[] gates, int out, float[] tanhCell, float[] dHidden, int dh, float[] dCell, int dc, int h) {
        for (int r = 0; r < h; r++) {
            float o = gates[out + r];
            float t = tanhCell[r];
            float d = dHidden[dh + r];
            dCell[dc + r] += d * o * (1 - t * t);
            gates[out + r] = d * t * o * (1 - o);
        }
    }

    /** Through c = f * previous c + i * g: i, f and g become their gradients before activation, dC the previous one's. */
    private static void cellBackward(
            float[] gates, int gate, float[] cell, int previous, float[] dCell, int dc, int h) {
        for (int r = 0; r < h; r++) {
            float i = gates[gate + r];
            float f = gates[gate + h + r];
            float g = gates[gate + 2 * h + r];
            float d = dCell[dc + r];
            gates[gate + r] = d * g * i * (1 - i);
            gates[gate + h + r] = d * cell[previous + r] * f * (1 - f);
            gates[gate + 2 * h + r] = d * i * (1 - g * g);
            dCell[dc + r] = d * f;
        }
    }

    @Override
    public void softmaxCrossEntropy(R032Store logits, Columns columns, int[] targets, float[] losses, float scale) {
        int size = logits.getRowDim();
        int padded = roundUp(size, WIDTH);
        float[] p = column(padded);
        for (int j = 0; j < columns.count(); j++) {
            int at = columns.at(j);
            System.arraycopy(logits.data, at * size, p, 0, size);
            Arrays.fill(p, size, padded, Float.NEGATIVE_INFINITY);
            float max = max(p, padded);
            expMinus(p, max, padded);
            float sum = sum(p, size);
            // The difference first: beside a huge logit the logarithm would vanish.
            losses[at] = (float) (StrictMath.log(sum) + ((double) max - logits.data[at * size + targets[at]]));
            if (scale > 0) {
                scaled(p, scale / sum, logits.data, at * size, size);
                logits.data[at * size + targets[at]] -= scale;
            }
        }
    }

    private static float max(float[] x, int count) {
        FloatVector max = FloatVector.fromArray(LANES, x, 0);
        for (int i = WIDTH; i < count; i += WIDTH) {
            max = max.max(FloatVector.fromArray(LANES, x, i));
        }
        return max.reduceLanes(VectorOperators.MAX);
    }

    private static void expMinus(float[] x, float max, int count) {
        for (int i = 0; i < count; i += WIDTH) {
            exp(FloatVector.fromArray(LANES, x, i).sub(max)).intoArray(x, i);
        }
    }

    /** In order, not lane by lane: the same bits with vectors of any width. */
    private static float sum(float[] x, int count) {
        float sum = 0;
        for (int i = 0; i < count; i++) {
            sum += x[i];
        }
        return sum;
    }

    private static void scaled(float[] a, float factor, float[] into, int at, int count) {
        for (int i = 0; i < count; i++) {
            into[at + i] = a[i] * factor;
        }
    }

    /** Four sums, so that the additions need not wait for each other, whatever the width of a vector. */
    @Override
    public double sumOfSquares(R032Store a, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 4 <= to; i += 4) {
            s0 += (double) a.data[i] * a.data[i];
            s1 += (double) a.data[i + 1] * a.data[i + 1];
            s2 += (double) a.data[i + 2] * a.data[i + 2];
            s3 += (double) a.data[i + 3] * a.data[i + 3];
        }
        for (; i < to; i++) {
            s0 += (double) a.data[i] * a.data[i];
        }
        return s0 + s1 + s2 + s3;
    }

    @Override
    public void adam(R032Store value, R032Store gradient, R032Store m, R032Store v, int from, int to, AdamStep step) {
        adam(value.data, gradient.data, m.data, v.data, from, to, step);
    }

    private static void adam(float[] value, float[] gradient, float[] m, float[] v, int from, int to, AdamStep step) {
        float keep1 = step.beta1();
        float keep2 = step.beta2();
        float scale = step.gradientScale();
        float secondScale = step.secondMomentScale();
        float epsilon = step.epsilon();
        float stepSize = step.stepSize();
        for (int i = from; i < to; i++) {
            float g = gradient[i] * scale;
            float first = keep1 * m[i] + (1 - keep1) * g;
            float second = keep2 * v[i] + (1 - keep2) * g * g;
            m[i] = first;
            v[i] = second;
            value[i] -= stepSize * first / ((float) Math.sqrt(second * secondScale) + epsilon);
        }
    }

    /** x[from..to) = 1 / (1 + exp(-x)). */
    private void logistic(float[] x, int from, int to) {
        int whole = to - (to - from) % WIDTH;
        logisticVectors(x, from, whole);
        if (whole < to) {
            System.arraycopy(x, whole, tail, 0, to - whole);
            logisticVectors(tail, 0, WIDTH);
            System.arraycopy(tail, 0, x, whole, to - whole);
        }
    }

    private static void logisticVectors(float[] x, int from, int to) {
        for (int i = from; i < to; i += WIDTH) {
            FloatVector e = exp(FloatVector.fromArray(LANES, x, i).neg());
            FloatVector.broadcast(LANES, 1f).div(e.add(1f)).intoArray(x, i);
        }
    }

    /** into[start..start+count) = tanh(x[at..at+count)). */
    private void tanh(float[] x, int at, float[] into, int start, int count) {
        int whole = count - count % WIDTH;
        tanhVectors(x, at, into, start, whole);
        if (whole < count) {
            System.arraycopy(x, at + whole, tail, 0, count - whole);
            tanhVectors(tail, 0, tail, 0, WIDTH);
            System.arraycopy(tail, 0, into, start + whole, count - whole);
        }
    }

    /** tanh(x) = e / (e + 2) with e = exp(2x) - 1: no cancellation near zero. */
    private static void tanhVectors(float[] x, int at, float[] into, int start, int count) {
        for (int i = 0; i < count; i += WIDTH) {
            FloatVector y = FloatVector.fromArray(LANES, x, at + i);
            y = y.add(y).max(-20f).min(20f);
            FloatVector rounded = y.fma(FloatVector.broadcast(LANES, LOG2_E), FloatVector.broadcast(LANES, ROUNDER));
            FloatVector power = power(rounded);
            FloatVector e = expm1(y, rounded.sub(ROUNDER)).fma(power, power.sub(1f));
            e.div(e.add(2f)).intoArray(into, start + i);
        }
    }

    /** exp(x) = 2^n exp(r), r = x - n ln 2; below -87.3 about 1e-38, above 88 about 1.7e38. */
    private static FloatVector exp(FloatVector x) {
        x = x.max(-87.3f).min(88f);
        FloatVector rounded = x.fma(FloatVector.broadcast(LANES, LOG2_E), FloatVector.broadcast(LANES, ROUNDER));
        FloatVector power = power(rounded);
        return expm1(x, rounded.sub(ROUNDER)).fma(power, power);
    }

    /** 2^n for the n in the lowest bits of a rounded number, put where a float has its exponent. */
    private static FloatVector power(FloatVector rounded) {
        IntVector bits = rounded.reinterpretAsInts();
        return bits.lanewise(VectorOperators.LSHL, 23).add(0x3f800000).reinterpretAsFloats();
    }

    /** exp(r) - 1 for r = x - n ln 2 in +-0.35: Taylor's series to r^7 / 7!, whose rest is below 6e-9. */
    private static FloatVector expm1(FloatVector x, FloatVector n) {
        FloatVector r = n.fma(FloatVector.broadcast(LANES, -LN2_HIGH), x);
        r = n.fma(FloatVector.broadcast(LANES, -LN2_LOW), r);
        FloatVector p = r.fma(FloatVector.broadcast(LANES, 1f / 5040), FloatVector.broadcast(LANES, 1f / 720));
        p = p.fma(r, FloatVector.broadcast(LANES, 1f / 120));
        p = p.fma(r, FloatVector.broadcast(LANES, 1f / 24));
        p = p.fma(r, FloatVector.broadcast(LANES, 1f / 6));
        p = p.fma(r, FloatVector.broadcast(LANES, 1f / 2));
        return p.mul(r).fma(r, r);
    }

    private float[] column(int size) {
        if (column.length < size) {
            column = new float[size];
        }
        return column;
    }

    private static int ceilDiv(int a, int b) {
        return (a + b - 1) / b;
    }

    private static int roundUp(int a, int b) {
        return ceilDiv(a, b) * b;
    }
}
