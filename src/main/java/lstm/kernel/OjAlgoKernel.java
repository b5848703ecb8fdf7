package lstm.kernel;

import java.util.Arrays;
import java.util.List;
import org.ojalgo.matrix.store.R032Store;

/**
 * The reference kernel: ojAlgo's own matrix product and plain loops over the functions of {@link Math}.
 *
 * <p>It is the fallback where the Vector API is missing, and the control that {@link VectorKernel} is tested against.
 * ojAlgo picks its algorithm by shape, so products are made on blocks of one fixed size: an element's bits then do not
 * depend on how many columns or rows are asked for.
 */
final class OjAlgoKernel extends ColumnKernel {

    private static final int BLOCK = 16;
    /** Products of the common dimension that are summed at a time in a weight gradient. */
    private static final int DEPTH = 256;

    private R032Store right = matrix(1, 1);
    private R032Store product = matrix(1, 1);
    private R032Store left = matrix(1, 1);
    private R032Store transposed = matrix(1, 1);
    private R032Store block = matrix(1, 1);

    OjAlgoKernel() {
        super(new MathArithmetic());
    }

    private record Packed(R032Store matrix) implements PackedMatrix {
        @Override
        public int rows() {
            return matrix.getRowDim();
        }

        @Override
        public int columns() {
            return matrix.getColDim();
        }
    }

    @Override
    public String name() {
        return "ojalgo";
    }

    @Override
    public PackedMatrix newPacked(int rows, int columns) {
        return new Packed(matrix(rows, columns));
    }

    @Override
    public void pack(R032Store matrix, Columns columns, PackedMatrix packed, int at) {
        R032Store into = ((Packed) packed).matrix;
        int rows = into.getRowDim();
        System.arraycopy(matrix.data, columns.first() * rows, into.data, at * rows, columns.count() * rows);
    }

    @Override
    public void packTransposed(R032Store matrix, Columns columns, PackedMatrix packed, int at) {
        R032Store into = ((Packed) packed).matrix;
        int depth = into.getColDim();
        for (int i = 0; i < columns.count(); i++) {
            for (int k = 0; k < depth; k++) {
                into.data[k * into.getRowDim() + at + i] = matrix.data[columns.at(i) * depth + k];
            }
        }
    }

    @Override
    public void multiply(
            PackedMatrix packed, R032Store b, Columns bColumns, Addend addend, R032Store c, Columns cColumns) {
        R032Store a = ((Packed) packed).matrix;
        int rows = a.getRowDim();
        int depth = a.getColDim();
        right = sized(right, depth, BLOCK);
        product = sized(product, rows, BLOCK);
        for (int from = 0; from < bColumns.count(); from += BLOCK) {
            int count = Math.min(BLOCK, bColumns.count() - from);
            Arrays.fill(right.data, 0f);
            for (int j = 0; j < count; j++) {
                System.arraycopy(b.data, bColumns.at(from + j) * depth, right.data, j * depth, depth);
            }
            product.fillByMultiplying(a, right);
            for (int j = 0; j < count; j++) {
                int at = cColumns.at(from + j);
                begin(addend, c.data, at, rows);
                Scalars.add(product.data, j * rows, c.data, at * rows, rows);
            }
        }
    }

    @Override
    public void weightGradients(
            R032Store dY, Columns columns, List<WeightGradient> weights, R032Store dBias, int fromRow, int toRow) {
        Arrays.fill(dBias.data, fromRow, toRow, 0f);
        for (int j = columns.first(); j < columns.end(); j++) {
            Scalars.add(dY.data, j * dY.getRowDim() + fromRow, dBias.data, fromRow, toRow - fromRow);
        }
        for (WeightGradient weight : weights) {
            multiplyTransposed(dY, columns, weight, fromRow, toRow);
        }
    }

    private void multiplyTransposed(R032Store a, Columns columns, WeightGradient weight, int fromRow, int toRow) {
        R032Store b = weight.input();
        R032Store c = weight.gradient();
        int ldA = a.getRowDim();
        int n = b.getRowDim();
        left = sized(left, BLOCK, DEPTH);
        transposed = sized(transposed, DEPTH, n);
        block = sized(block, BLOCK, n);
        clearRows(c, fromRow, toRow);
        for (int k = columns.first(); k < columns.end(); k += DEPTH) {
            int depth = Math.min(DEPTH, columns.end() - k);
            transpose(b.data, (weight.first() + k) * n, depth, n);
            for (int row = fromRow; row < toRow; row += BLOCK) {
                int rows = Math.min(BLOCK, toRow - row);
                Arrays.fill(left.data, 0f);
                for (int p = 0; p < depth; p++) {
                    System.arraycopy(a.data, (k + p) * ldA + row, left.data, p * BLOCK, rows);
                }
                block.fillByMultiplying(left, transposed);
                for (int j = 0; j < n; j++) {
                    Scalars.add(block.data, j * BLOCK, c.data, j * ldA + row, rows);
                }
            }
        }
    }

    /** Copied rather than viewed: products of transposed views were measured ten times slower. */
    private void transpose(float[] b, int at, int depth, int n) {
        Arrays.fill(transposed.data, 0f);
        for (int p = 0; p < depth; p++) {
            for (int j = 0; j < n; j++) {
                transposed.data[j * DEPTH + p] = b[at + p * n + j];
            }
        }
    }

    @Override
    public void softmaxCrossEntropy(R032Store logits, Columns columns, int[] targets, float[] losses, float scale) {
        int size = logits.getRowDim();
        for (int j = 0; j < columns.count(); j++) {
            int at = columns.at(j) * size;
            int target = at + targets[columns.at(j)];
            float max = Float.NEGATIVE_INFINITY;
            for (int r = at; r < at + size; r++) {
                max = Math.max(max, logits.data[r]);
            }
            double sum = 0;
            for (int r = at; r < at + size; r++) {
                sum += Math.exp(logits.data[r] - max);
            }
            losses[columns.at(j)] = loss(sum, max, logits.data[target]);
            if (scale > 0) {
                for (int r = at; r < at + size; r++) {
                    logits.data[r] = (float) (scale * Math.exp(logits.data[r] - max) / sum);
                }
                logits.data[target] -= scale;
            }
        }
    }

    @Override
    public void softmaxBands(R032Store scores, Columns columns, int first, int width) {
        int rows = scores.getRowDim();
        for (int j = 0; j < columns.count(); j++) {
            int column = columns.at(j) * rows;
            int from = column + columns.at(j) - first;
            int to = from + width;
            float max = Float.NEGATIVE_INFINITY;
            for (int r = from; r < to; r++) {
                max = Math.max(max, scores.data[r]);
            }
            double sum = 0;
            for (int r = from; r < to; r++) {
                sum += Math.exp(scores.data[r] - max);
            }
            for (int r = from; r < to; r++) {
                scores.data[r] = (float) (Math.exp(scores.data[r] - max) / sum);
            }
            Arrays.fill(scores.data, column, from, 0f);
            Arrays.fill(scores.data, to, column + rows, 0f);
        }
    }

    @Override
    public double sumOfSquares(R032Store a, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) a.data[i] * a.data[i];
        }
        return sum;
    }

    @Override
    public void adam(R032Store value, R032Store gradient, R032Store m, R032Store v, int from, int to, AdamStep step) {
        for (int i = from; i < to; i++) {
            float g = gradient.data[i] * step.gradientScale();
            m.data[i] = step.beta1() * m.data[i] + (1 - step.beta1()) * g;
            v.data[i] = step.beta2() * v.data[i] + (1 - step.beta2()) * g * g;
            double root = Math.sqrt(v.data[i] * step.secondMomentScale());
            value.data[i] =
                    step.keep() * value.data[i] - (float) (step.stepSize() * m.data[i] / (root + step.epsilon()));
        }
    }

    private static R032Store sized(R032Store scratch, int rows, int columns) {
        return scratch.getRowDim() == rows && scratch.getColDim() == columns ? scratch : matrix(rows, columns);
    }

    private static R032Store matrix(int rows, int columns) {
        return R032Store.FACTORY.make(rows, columns);
    }
}
