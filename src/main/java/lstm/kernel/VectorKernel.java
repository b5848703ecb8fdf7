package lstm.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.ojalgo.matrix.store.R032Store;

/**
 * The fast kernel, on the vector code of {@link Lanes}.
 *
 * <p>Products, after Goto and van de Geijn (2008): the left operand is copied into panels of rows that the innermost loop
 * reads from end to end, and that stay in the L2 cache while all the columns of a group pass by. Tiles of the result are
 * summed in registers over blocks of the common dimension, always in ascending order, so that an element's bits do not
 * depend on blocks, tiles or threads.
 */
final class VectorKernel extends ColumnKernel {

    private static final int WIDTH = Lanes.WIDTH;
    private static final int LOW_ROWS = PackedPanels.LOW_ROWS;
    private static final int PANEL_ROWS = PackedPanels.PANEL_ROWS;
    private static final int PANEL_FLOATS = PackedPanels.PANEL_FLOATS;
    private static final int DEPTH = PackedPanels.DEPTH;
    /** Steps of a block of a weight gradient: a strip of so many stays in the L1 cache. */
    private static final int GRADIENT_DEPTH = 448;
    /** The most columns that pass by each panel before the next: they and the panel stay in the L2 cache. */
    private static final int GROUP_COLUMNS = 64;
    /** Panels of a weight gradient's left operand that are packed at a time, to share the packed right one. */
    private static final int GRADIENT_PANELS = 2;
    /** So many rows that are left over are faster one by one than as a low panel. */
    private static final int SINGLE_ROWS = 2;

    /** The first multiplications of one-column products, about as long as C2 takes, are faster in scalar code. */
    private static final long SCALAR_PRODUCTS = 200_000_000;

    private final CellArithmetic scalars = new CellArithmetic();
    private long scalarProducts;
    private final float[] edge = new float[6 * PANEL_ROWS];
    private final int[] edgeAt = new int[6];
    private final int[] edgeB = new int[Scalars.ROW_COLUMNS];
    private final LongSupplier clock;
    private final Panels rowPanels;
    private float[] strips = new float[0];
    private float[] column = new float[0];
    private final int[] bAt = new int[GROUP_COLUMNS];
    private final int[] cAt = new int[GROUP_COLUMNS];
    private final int[] fromAt = new int[GROUP_COLUMNS];
    private float[] zeros = new float[0];
    private Helpers helpers = new Helpers(0, () -> {});

    /** Whether the next product begins with the last panel: with what the caches still hold of the one before, mostly of the same weights. */
    private boolean fromLast;

    VectorKernel() {
        this(SCALAR_PRODUCTS, System::nanoTime);
    }

    /** A kernel that takes so many multiplications of one-column products to change to vectors, and times panels by this clock. */
    VectorKernel(long scalarProducts, LongSupplier clock) {
        super(new VectorArithmetic());
        this.scalarProducts = scalarProducts;
        this.clock = clock;
        rowPanels = new Panels(GRADIENT_PANELS * PANEL_FLOATS, clock);
        for (int j = 0; j < edgeAt.length; j++) {
            edgeAt[j] = j * PANEL_ROWS;
        }
    }

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public void takeHelp(Helpers idle) {
        helpers = idle;
    }

    @Override
    public PackedMatrix newPacked(int rows, int columns) {
        return new PackedPanels(rows, columns, clock);
    }

    @Override
    public void pack(R032Store matrix, Columns columns, PackedMatrix packed, int at) {
        ((PackedPanels) packed).pack(matrix, columns, at);
    }

    @Override
    public void packTransposed(R032Store matrix, Columns columns, PackedMatrix packed, int at) {
        ((PackedPanels) packed).packTransposed(matrix, columns, at);
    }

    @Override
    public void multiply(
            PackedMatrix packed, R032Store b, Columns bColumns, Addend addend, R032Store c, Columns cColumns) {
        PackedPanels a = (PackedPanels) packed;
        int count = bColumns.count();
        int groups = (count + GROUP_COLUMNS - 1) / GROUP_COLUMNS;
        for (int group = 0; group < groups; group++) {
            // Of nearly equal size: for a few columns left over the whole of a would come from memory once more.
            int first = (int) ((long) count * group / groups);
            int columns = (int) ((long) count * (group + 1) / groups) - first;
            for (int j = 0; j < columns; j++) {
                int into = cColumns.at(first + j);
                cAt[j] = into * a.rows();
                bAt[j] = bColumns.at(first + j) * a.columns();
                fromAt[j] = addend.columnFor(into) * a.rows();
            }
            float[] added = addend.elements(c.data);
            float[] from = added == null ? zeros(a.rows()) : added;
            if (count == 1) {
                multiplyColumn(a, b.data, bAt[0], from, fromAt[0], c.data, cAt[0]);
            } else {
                multiplyGroup(a, b.data, columns, from, c.data);
            }
        }
    }

    private float[] zeros(int rows) {
        if (zeros.length < rows) {
            zeros = new float[rows];
        }
        return zeros;
    }

    private void multiplyGroup(PackedPanels a, float[] b, int columns, float[] from, float[] c) {
        int panels = a.panelCount();
        for (int k = 0; k < a.columns(); k += DEPTH) {
            int depth = a.blockEnd(k) - k;
            for (int i = 0; i < panels; i++) {
                int row = (fromLast ? panels - 1 - i : i) * PANEL_ROWS;
                int height = PackedPanels.panelRows(row, a.rows());
                int panel = a.at(row, k);
                if (a.rows() - row > SINGLE_ROWS) {
                    multiplyPanel(a.data(), panel, height, b, depth, columns, from, c, row, a.rows() - row);
                    continue;
                }
                for (int r = row; r < a.rows(); r++) {
                    multiplyRow(a.data(), panel + r - row, b, depth, columns, from, c, r);
                }
            }
            from = c;
            System.arraycopy(cAt, 0, fromAt, 0, columns);
            fromLast = !fromLast;
            for (int j = 0; j < columns; j++) {
                bAt[j] += depth;
            }
        }
    }

    /** A single row of a band times a group of columns. */
    private void multiplyRow(float[] a, int aAt, float[] b, int depth, int columns, float[] from, float[] c, int row) {
        float[] weights = column(depth);
        for (int p = 0; p < depth; p++) {
            weights[p] = a[aAt + p * WIDTH];
        }
        for (int j = 0; j < columns; j += Scalars.ROW_COLUMNS) {
            int inside = Math.min(Scalars.ROW_COLUMNS, columns - j);
            for (int i = 0; i < Scalars.ROW_COLUMNS; i++) {
                int column = j + Math.min(i, inside - 1);
                edgeB[i] = bAt[column];
                edge[i] = from[fromAt[column] + row];
            }
            Scalars.row(weights, b, edgeB, depth, edge);
            for (int i = 0; i < inside; i++) {
                c[cAt[j + i] + row] = edge[i];
            }
        }
    }

    /** One panel of rows times a group of columns, in tiles of five columns and of four. */
    private void multiplyPanel(
            float[] a,
            int aAt,
            int height,
            float[] b,
            int depth,
            int columns,
            float[] from,
            float[] c,
            int row,
            int rows) {
        // As many fours as make the rest a multiple of five; of 6, 7 and 11 columns there are only fours, the last one
        // an edge.
        int fours = (5 - columns % 5) % 5;
        int j = 0;
        while (j < columns) {
            int width = fours-- > 0 ? 4 : 5;
            if (rows >= height && columns - j >= width) {
                tile(a, aAt, height, b, bAt, depth, width, from, fromAt, c, cAt, j, row);
            } else {
                int inside = Math.min(width, columns - j);
                edgeTile(a, aAt, height, b, depth, width, from, c, j, row, Math.min(rows, height), inside);
            }
            j += width;
        }
    }

    private static void tile(
            float[] a,
            int aAt,
            int height,
            float[] b,
            int[] bs,
            int depth,
            int width,
            float[] from,
            int[] froms,
            float[] c,
            int[] cs,
            int j,
            int row) {
        if (height == LOW_ROWS) {
            if (width == 5) {
                Lanes.tile2x5(a, aAt, b, bs, depth, from, froms, c, cs, j, row);
            } else {
                Lanes.tile2x4(a, aAt, b, bs, depth, from, froms, c, cs, j, row);
            }
        } else if (width == 5) {
            Lanes.tile4x5(a, aAt, b, bs, depth, from, froms, c, cs, j, row);
        } else {
            Lanes.tile4x4(a, aAt, b, bs, depth, from, froms, c, cs, j, row);
        }
    }

    /** A tile that sticks out of c: computed in full beside it. */
    private void edgeTile(
            float[] a,
            int aAt,
            int height,
            float[] b,
            int depth,
            int width,
            float[] from,
            float[] c,
            int j,
            int row,
            int rows,
            int columns) {
        // The columns that are missing are computed as copies of the last one.
        for (int i = 0; i < width; i++) {
            int column = j + Math.min(i, columns - 1);
            edgeB[i] = bAt[column];
            System.arraycopy(from, fromAt[column] + row, edge, edgeAt[i], rows);
        }
        tile(a, aAt, height, b, edgeB, depth, width, edge, edgeAt, edge, edgeAt, 0, 0);
        copyEdge(c, j, row, rows, columns);
    }

    private void copyEdge(float[] c, int j, int row, int rows, int columns) {
        for (int i = 0; i < columns; i++) {
            System.arraycopy(edge, edgeAt[i], c, cAt[j + i] + row, rows);
        }
    }

    /** One column: the same sums in the same order. */
    private void multiplyColumn(PackedPanels a, float[] b, int column, float[] from, int fromAt, float[] c, int into) {
        float[] y = column(a.paddedRows());
        if (scalarProducts > 0) {
            System.arraycopy(from, fromAt, y, 0, a.rows());
            multiplyScalars(a, b, column, y);
        } else {
            helpers.multiply(a, b, column, from, fromAt, y);
        }
        System.arraycopy(y, 0, c, into, a.rows());
    }

    private void multiplyScalars(PackedPanels a, float[] b, int column, float[] y) {
        scalarProducts -= (long) a.rows() * a.columns();
        for (int row = 0; row < a.paddedRows(); row += WIDTH) {
            for (int k = 0; k < a.columns(); k += DEPTH) {
                Scalars.column(a.data(), a.at(row, k), WIDTH, b, column + k, a.blockEnd(k) - k, y, row);
            }
        }
    }

    @Override
    public void weightGradients(
            R032Store dY, Columns columns, List<WeightGradient> weights, R032Store dBias, int fromRow, int toRow) {
        int rows = dY.getRowDim();
        Arrays.fill(dBias.data, fromRow, toRow, 0f);
        for (WeightGradient weight : weights) {
            clearRows(weight.gradient(), fromRow, toRow);
        }
        int left = (toRow - fromRow) % LOW_ROWS;
        int panelsEnd = left <= SINGLE_ROWS ? toRow - left : toRow;
        // Equal blocks: a short last one would visit the whole result for little.
        int blocks = (columns.count() + GRADIENT_DEPTH - 1) / GRADIENT_DEPTH;
        rowPanels.align();
        for (int i = 0; i < blocks; i++) {
            Columns block = Columns.part(columns.count(), i, blocks);
            int k = columns.first() + block.first();
            int depth = block.count();
            packStrips(weights, k, depth);
            for (int row = fromRow; row < panelsEnd; row += GRADIENT_PANELS * PANEL_ROWS) {
                int rowEnd = Math.min(panelsEnd, row + GRADIENT_PANELS * PANEL_ROWS);
                packRows(dY.data, rows, k, depth, row, rowEnd, dBias.data);
                int from = 0;
                for (WeightGradient weight : weights) {
                    multiplyStrips(from, depth, row, rowEnd, weight.gradient());
                    from += stripsLength(weight, depth);
                }
            }
            for (int row = panelsEnd; row < toRow; row++) {
                multiplyStripsByRow(dY, k, depth, row, weights, dBias.data);
            }
        }
    }

    /** A single row times all strips, and added to the sums. */
    private void multiplyStripsByRow(
            R032Store dY, int k, int depth, int row, List<WeightGradient> weights, float[] sums) {
        int rows = dY.getRowDim();
        int at = k * rows + row;
        for (int p = 0; p < depth; p++) {
            sums[row] += dY.data[at + p * rows];
        }
        int strip = 0;
        for (WeightGradient weight : weights) {
            R032Store c = weight.gradient();
            for (int j = 0; j < c.getColDim(); j += Lanes.STRIP) {
                int inside = Math.min(Lanes.STRIP, c.getColDim() - j);
                for (int i = 0; i < inside; i++) {
                    edge[i] = c.data[(j + i) * rows + row];
                }
                Lanes.stripRow(dY.data, at, rows, strips, strip, depth, edge);
                for (int i = 0; i < inside; i++) {
                    c.data[(j + i) * rows + row] = edge[i];
                }
                strip += Lanes.stripLength(depth);
            }
        }
    }

    private static int stripsLength(WeightGradient weight, int depth) {
        return (weight.input().getRowDim() + Lanes.STRIP - 1) / Lanes.STRIP * Lanes.stripLength(depth);
    }

    /** Copies depth columns of the right operands into strips. */
    private void packStrips(List<WeightGradient> weights, int k, int depth) {
        int floats = 0;
        for (WeightGradient weight : weights) {
            floats += stripsLength(weight, depth);
        }
        if (strips.length < floats) {
            strips = new float[floats];
        }
        int into = 0;
        for (WeightGradient weight : weights) {
            int n = weight.input().getRowDim();
            Lanes.copyStrips(weight.input().data, (weight.first() + k) * n, n, strips, into, depth);
            into += stripsLength(weight, depth);
        }
    }

    /** The packed rows times the strips that begin at {@code from}, added to these rows of c. */
    private void multiplyStrips(int from, int depth, int fromRow, int toRow, R032Store c) {
        int columns = c.getColDim();
        for (int j = 0; j < columns; j += Lanes.STRIP_COLUMNS) {
            int inside = Math.min(Lanes.STRIP_COLUMNS, columns - j);
            for (int i = 0; i < inside; i++) {
                cAt[i] = (j + i) * c.getRowDim();
            }
            int strip = from + j / Lanes.STRIP * Lanes.stripLength(depth) + j % Lanes.STRIP;
            for (int row = fromRow; row < toRow; row += PANEL_ROWS) {
                int panel = rowPanel(row - fromRow);
                multiplyStrip(
                        panel, PackedPanels.panelRows(row, toRow), strip, depth, c.data, row, toRow - row, inside);
            }
        }
    }

    private void multiplyStrip(int panel, int height, int at, int depth, float[] c, int row, int rows, int columns) {
        if (rows >= height && columns == Lanes.STRIP_COLUMNS) {
            strip(panel, height, at, depth, c, cAt, row);
            return;
        }
        int inside = Math.min(height, rows);
        for (int i = 0; i < columns; i++) {
            System.arraycopy(c, cAt[i] + row, edge, edgeAt[i], inside);
        }
        strip(panel, height, at, depth, edge, edgeAt, 0);
        copyEdge(c, 0, row, inside, columns);
    }

    private void strip(int panel, int height, int at, int depth, float[] c, int[] cs, int row) {
        if (height == LOW_ROWS) {
            Lanes.strip2(rowPanels.data(), panel, strips, at, depth, c, cs, row);
        } else {
            Lanes.strip4(rowPanels.data(), panel, strips, at, depth, c, cs, row);
        }
    }

    /** Where the panel stands that begins so many rows behind the first of a weight gradient's. */
    private int rowPanel(int row) {
        return rowPanels.start() + row / PANEL_ROWS * PANEL_FLOATS;
    }

    /** Copies rows of depth columns into panels, and adds the columns to the sums on the way. */
    private void packRows(float[] a, int lda, int first, int depth, int fromRow, int toRow, float[] sums) {
        float[] panels = rowPanels.data();
        for (int row = fromRow; row < toRow; row += PANEL_ROWS) {
            int into = rowPanel(row - fromRow);
            int height = PackedPanels.panelRows(row, toRow);
            if (PackedPanels.TALL && toRow - row >= PANEL_ROWS) {
                Lanes.copyPanel4(a, first * lda + row, lda, panels, into, depth, sums, row);
            } else if (toRow - row >= LOW_ROWS && height == LOW_ROWS) {
                Lanes.copyPanel2(a, first * lda + row, lda, panels, into, depth, sums, row);
            } else {
                packEdge(a, first * lda + row, lda, into, depth, Math.min(height, toRow - row), sums, row);
            }
        }
    }

    private void packEdge(float[] a, int aAt, int lda, int into, int depth, int rows, float[] sums, int row) {
        PackedPanels.copyPanel(a, aAt, lda, rowPanels.data(), into, depth, rows);
        for (int p = 0; p < depth; p++) {
            for (int r = 0; r < rows; r++) {
                sums[row + r] += a[aAt + p * lda + r];
            }
        }
    }

    @Override
    CellArithmetic arithmetic(int columns) {
        return columns == 1 && scalarProducts > 0 ? scalars : super.arithmetic(columns);
    }

    @Override
    public void softmaxCrossEntropy(R032Store logits, Columns columns, int[] targets, float[] losses, float scale) {
        int size = logits.getRowDim();
        int padded = (size + WIDTH - 1) / WIDTH * WIDTH;
        float[] p = column(padded);
        for (int j = 0; j < columns.count(); j++) {
            int at = columns.at(j);
            System.arraycopy(logits.data, at * size, p, 0, size);
            Arrays.fill(p, size, padded, Float.NEGATIVE_INFINITY);
            float max = Lanes.max(p, padded);
            Lanes.expMinus(p, max, padded);
            float sum = sum(p, size);
            losses[at] = loss(sum, max, logits.data[at * size + targets[at]]);
            if (scale > 0) {
                scaled(p, scale / sum, logits.data, at * size, size);
                logits.data[at * size + targets[at]] -= scale;
            }
        }
    }

    @Override
    public void softmaxBands(R032Store scores, Columns columns, int first, int width) {
        int rows = scores.getRowDim();
        int padded = (width + WIDTH - 1) / WIDTH * WIDTH;
        float[] p = column(padded);
        for (int j = 0; j < columns.count(); j++) {
            int at = columns.at(j) * rows;
            int from = at + columns.at(j) - first;
            System.arraycopy(scores.data, from, p, 0, width);
            Arrays.fill(p, width, padded, Float.NEGATIVE_INFINITY);
            Lanes.expMinus(p, Lanes.max(p, padded), padded);
            Arrays.fill(scores.data, at, at + rows, 0f);
            scaled(p, 1f / sum(p, width), scores.data, from, width);
        }
    }

    /** Four sums, as in {@link #sumOfSquares}. */
    private static float sum(float[] x, int count) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 4 <= count; i += 4) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
        }
        for (; i < count; i++) {
            s0 += x[i];
        }
        return s0 + s1 + s2 + s3;
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
        Lanes.adam(value.data, gradient.data, m.data, v.data, from, to, step);
    }

    private float[] column(int size) {
        if (column.length < size) {
            column = new float[size];
        }
        return column;
    }
}
