package lstm.kernel;

import static lstm.kernel.Matrices.at;
import static lstm.kernel.Matrices.copy;
import static lstm.kernel.Matrices.random;
import static lstm.kernel.Matrices.zeros;
import static lstm.kernel.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.ojalgo.matrix.store.R032Store;

/** What attention needs beside products of whole weights: parts of matrices, softmaxes of bands, and gates. */
@BothKernels
class AttentionTest {

    private static final Columns COLUMNS = new Columns(1, 2, 5, 3);
    private static final int COUNT = COLUMNS.end() + 2;

    @SuppressWarnings("unused") // read by FieldSource
    static final Iterable<Integer> SIZES = Matrices.SIZES;

    private final Kernel kernel;

    AttentionTest(KernelChoice.Request request) {
        kernel = KernelChoice.of(request).kernels().get();
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void everyColumnHasTheSoftmaxOfItsBand(int width) {
        int first = 1;
        R032Store scores = random(COUNT - 1 - first + width, COUNT, 20);
        Expected expected = Expected.unchanged(scores);
        for (int j = 0; j < COLUMNS.count(); j++) {
            int column = COLUMNS.at(j);
            expectSoftmax(scores, column, column - first, width, expected);
        }

        kernel.softmaxBands(scores, COLUMNS, first, width);

        expected.assertMatches(scores, "softmax of %d".formatted(width));
    }

    private static void expectSoftmax(R032Store scores, int column, int from, int width, Expected expected) {
        double max = Double.NEGATIVE_INFINITY;
        for (int r = from; r < from + width; r++) {
            max = Math.max(max, at(scores, r, column));
        }
        double sum = 0;
        for (int r = from; r < from + width; r++) {
            sum += Math.exp(at(scores, r, column) - max);
        }
        // As in a loss: the exponent, at most 40 in size, is rounded, so are exp itself and the additions.
        double relative = 2 * ((width + 40) * Sum.ROUNDING + ActivationAccuracyTest.TOLERANCE);
        for (int r = 0; r < scores.getRowDim(); r++) {
            boolean inside = r >= from && r < from + width;
            double p = inside ? Math.exp(at(scores, r, column) - max) / sum : 0;
            expected.set(r, column, p, relative * p);
        }
    }

    @Test
    void hugeScoresGiveFiniteSoftmaxesAndOneThatIsNotANumberShows() {
        R032Store scores = Matrices.column(-1e30f, 1e30f, 0, Float.NaN);
        R032Store poisoned = copy(scores);

        kernel.softmaxBands(scores, Columns.range(0, 1), 0, 3);
        kernel.softmaxBands(poisoned, Columns.range(0, 1), 0, 4);

        assertThat(scores.data).containsExactly(0, 1, 0, 0);
        assertThat(poisoned.data).containsOnly(Float.NaN);
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void theGradientOfASoftmaxIsThatOfItsDefinition(int width) {
        int first = 1;
        int rows = COUNT - 1 - first + width;
        R032Store p = random(rows, COUNT);
        R032Store d = random(rows, COUNT, 3);
        Expected expected = Expected.unchanged(d);
        for (int j = 0; j < COLUMNS.count(); j++) {
            expectSoftmaxGradient(p, d, COLUMNS.at(j), COLUMNS.at(j) - first, width, expected);
        }

        kernel.softmaxGradient(p, d, COLUMNS, first, width);

        expected.assertMatches(d, "gradient of %d".formatted(width));
        assertThat(p.data).isEqualTo(random(rows, COUNT).data);
    }

    private static void expectSoftmaxGradient(
            R032Store p, R032Store d, int column, int from, int width, Expected expected) {
        Sum mean = new Sum();
        for (int r = from; r < from + width; r++) {
            mean.add(at(p, r, column) * at(d, r, column));
        }
        for (int r = 0; r < p.getRowDim(); r++) {
            boolean inside = r >= from && r < from + width;
            double weight = inside ? at(p, r, column) : 0;
            double difference = at(d, r, column) - mean.value();
            double tolerance = mean.tolerance() + 2 * Sum.ROUNDING * Math.abs(difference);
            expected.set(r, column, weight * difference, Math.abs(weight) * tolerance);
        }
    }

    /** So that a training may go on with its memory in another place. */
    @ParameterizedTest
    @FieldSource("SIZES")
    void theBitsOfASoftmaxAndItsGradientAreTheSameWhereverItsBandStands(int width) {
        float[][] found = new float[4][];
        for (int place = 0; place < found.length; place++) {
            R032Store scores = zeros(width + found.length, 1);
            R032Store d = zeros(width + found.length, 1);
            System.arraycopy(random(width, 1, 5).data, 0, scores.data, place, width);
            System.arraycopy(random(width, 1, 2).data, 0, d.data, place, width);
            kernel.softmaxBands(scores, Columns.range(0, 1), -place, width);
            kernel.softmaxGradient(scores, d, Columns.range(0, 1), -place, width);
            found[place] = Arrays.copyOfRange(d.data, place, place + width);
            assertSameBits(found[place], found[0], "gradient of %d rows from row %d on".formatted(width, place));
        }
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void whatAGateLetsThroughIsAddedAndItsGradientGoesBack(int rows) {
        R032Store gates = random(rows, COUNT, 5);
        R032Store x = random(rows, COUNT, 3);
        R032Store c = random(rows, COUNT);
        Expected expectedGates = Expected.unchanged(gates);
        Expected expectedSum = Expected.unchanged(c);
        for (int j = 0; j < COLUMNS.count(); j++) {
            for (int r = 0; r < rows; r++) {
                int column = COLUMNS.at(j);
                double gate = 1 / (1 + Math.exp(-at(gates, r, column)));
                expectedGates.set(r, column, gate, ActivationAccuracyTest.TOLERANCE * gate);
                double through = gate * at(x, r, column);
                double sum = at(c, r, column) + through;
                double relative = ActivationAccuracyTest.TOLERANCE + Sum.ROUNDING;
                expectedSum.set(r, column, sum, relative * Math.abs(through) + Sum.ROUNDING * Math.abs(sum));
            }
        }

        kernel.addGated(gates, x, c, COLUMNS);

        expectedGates.assertMatches(gates, "gates of %d rows".formatted(rows));
        expectedSum.assertMatches(c, "sum of %d rows".formatted(rows));
        assertThat(x.data).isEqualTo(random(rows, COUNT, 3).data);
        assertGradient(gates, x, c);
    }

    private void assertGradient(R032Store gates, R032Store x, R032Store dC) {
        Expected dGates = Expected.unchanged(gates);
        Expected dX = Expected.unchanged(x);
        R032Store before = copy(dC);
        for (int j = 0; j < COLUMNS.count(); j++) {
            for (int r = 0; r < dC.getRowDim(); r++) {
                int column = COLUMNS.at(j);
                double gate = at(gates, r, column);
                double ofX = at(dC, r, column) * gate;
                double ofGate = ofX * at(x, r, column) * (1 - gate);
                dX.set(r, column, ofX, Sum.ROUNDING * Math.abs(ofX));
                // Four operations.
                dGates.set(r, column, ofGate, 5 * Sum.ROUNDING * Math.abs(ofGate));
            }
        }

        kernel.addGatedGradient(gates, x, dC, COLUMNS);

        dGates.assertMatches(gates, "gradient by the gates");
        dX.assertMatches(x, "gradient by what goes through");
        assertThat(dC.data).isEqualTo(before.data);
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void columnsAreCopiedAndAdded(int rows) {
        Columns from = Columns.range(3, COLUMNS.count());
        R032Store a = random(rows, COUNT, 3);
        R032Store c = random(rows, COUNT);
        R032Store copy = random(rows, COUNT);
        Expected expected = Expected.unchanged(c);
        Expected expectedCopy = Expected.unchanged(copy);
        for (int j = 0; j < COLUMNS.count(); j++) {
            for (int r = 0; r < rows; r++) {
                float sum = (float) (at(c, r, COLUMNS.at(j)) + at(a, r, from.at(j)));
                expected.set(r, COLUMNS.at(j), sum, 0);
                expectedCopy.set(r, COLUMNS.at(j), at(a, r, from.at(j)), 0);
            }
        }

        kernel.addColumns(a, from, c, COLUMNS);
        kernel.copyColumns(a, from, copy, COLUMNS);

        expected.assertMatches(c, "sum of %d rows".formatted(rows));
        expectedCopy.assertMatches(copy, "%d rows".formatted(rows));
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void columnsAreDividedByTheirLengths(int rows) {
        Columns from = Columns.range(3, COLUMNS.count());
        R032Store a = random(rows, COUNT, 3);
        R032Store c = random(rows, COUNT);
        Expected expected = Expected.unchanged(c);
        for (int j = 0; j < COLUMNS.count(); j++) {
            Sum squares = squares(a, from.at(j));
            double length = Math.sqrt(Kernel.LEAST_SQUARE + squares.value());
            // Half of the sum's relative error, and roundings of the length, its inverse, the factor and the product.
            double relative = squares.tolerance() / squares.value() / 2 + 5 * Sum.ROUNDING;
            for (int r = 0; r < rows; r++) {
                double element = 7 * at(a, r, from.at(j)) / length;
                expected.set(r, COLUMNS.at(j), element, relative * Math.abs(element));
            }
        }

        kernel.normalizeColumns(a, from, 7, c, COLUMNS);

        expected.assertMatches(c, "%d rows of length 7".formatted(rows));
        assertThat(a.data).isEqualTo(random(rows, COUNT, 3).data);
    }

    private static Sum squares(R032Store a, int column) {
        Sum squares = new Sum();
        for (int r = 0; r < a.getRowDim(); r++) {
            squares.add(at(a, r, column) * at(a, r, column));
        }
        return squares;
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void theGradientOfALengthIsTakenOut(int rows) {
        Columns from = Columns.range(3, COLUMNS.count());
        R032Store a = random(rows, COUNT, 3);
        R032Store d = random(rows, COUNT);
        Expected expected = Expected.unchanged(d);
        for (int j = 0; j < COLUMNS.count(); j++) {
            expectGradient(a, from.at(j), d, COLUMNS.at(j), expected);
        }

        kernel.normalizeGradient(a, from, 7, d, COLUMNS);

        expected.assertMatches(d, "%d rows of length 7".formatted(rows));
    }

    private static void expectGradient(R032Store a, int from, R032Store d, int into, Expected expected) {
        Sum squares = squares(a, from);
        double square = Kernel.LEAST_SQUARE + squares.value();
        Sum along = new Sum();
        for (int r = 0; r < a.getRowDim(); r++) {
            along.add(at(a, r, from) * at(d, r, into));
        }
        double relative = squares.tolerance() / squares.value() + 8 * Sum.ROUNDING;
        for (int r = 0; r < a.getRowDim(); r++) {
            double share = along.value() / square * at(a, r, from);
            double shareError = along.tolerance() / square * Math.abs(at(a, r, from)) + relative * Math.abs(share);
            double factor = 7 / Math.sqrt(square);
            double gradient = factor * (at(d, r, into) - share);
            expected.set(r, into, gradient, factor * shareError + relative * Math.abs(gradient));
        }
    }

    @Test
    void columnsOfZerosStayZerosAndPassTheirGradientOn() {
        R032Store zeros = zeros(5, 1);
        R032Store c = random(5, 1);
        R032Store d = random(5, 1);
        R032Store before = copy(d);

        kernel.normalizeColumns(zeros, Columns.range(0, 1), 2, c, Columns.range(0, 1));
        kernel.normalizeGradient(zeros, Columns.range(0, 1), 2, d, Columns.range(0, 1));

        assertThat(c.data).containsOnly(0);
        for (int r = 0; r < 5; r++) {
            // One over the root of LEAST_SQUARE.
            assertThat(d.data[r]).isCloseTo(2000 * before.data[r], Offset.offset(1e-3f));
        }
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void someColumnsOfAMatrixArePackedAndTransposed(int count) {
        int rows = 19;
        int first = 3;
        R032Store whole = random(rows, count + 5);
        R032Store part = zeros(rows, count);
        System.arraycopy(whole.data, first * rows, part.data, 0, part.data.length);

        assertSameBits(product(whole, first, count), productOfWhole(part), "%d columns".formatted(count));
        assertSameBits(
                transposedProduct(whole, first, count),
                transposedProductOfWhole(part),
                "%d columns transposed".formatted(count));
    }

    /** Packed in two parts, the second one first. */
    private float[] product(R032Store a, int first, int count) {
        PackedMatrix packed = kernel.newPacked(a.getRowDim(), count);
        int half = count / 2;
        kernel.pack(a, Columns.range(first + half, count - half), packed, half);
        if (half > 0) {
            kernel.pack(a, Columns.range(first, half), packed, 0);
        }
        return product(packed);
    }

    private float[] transposedProduct(R032Store a, int first, int count) {
        PackedMatrix packed = kernel.newPacked(count, a.getRowDim());
        int half = count / 2;
        kernel.packTransposed(a, Columns.range(first + half, count - half), packed, half);
        if (half > 0) {
            kernel.packTransposed(a, Columns.range(first, half), packed, 0);
        }
        return product(packed);
    }

    private float[] productOfWhole(R032Store a) {
        PackedMatrix packed = kernel.newPacked(a.getRowDim(), a.getColDim());
        kernel.pack(a, packed);
        return product(packed);
    }

    private float[] transposedProductOfWhole(R032Store a) {
        PackedMatrix packed = kernel.newPacked(a.getColDim(), a.getRowDim());
        kernel.packTransposed(a, packed);
        return product(packed);
    }

    private float[] product(PackedMatrix packed) {
        R032Store c = zeros(packed.rows(), 2);
        Columns both = Columns.range(0, 2);
        kernel.multiply(packed, random(packed.columns(), 2), both, Addend.ZERO, c, both);
        assertThat(Arrays.equals(c.data, new float[c.data.length])).isFalse();
        return c.data;
    }
}
