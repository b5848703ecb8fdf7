package lstm.kernel;

import static lstm.kernel.Matrices.SIZES;
import static lstm.kernel.Matrices.random;
import static lstm.kernel.Matrices.randomTokens;
import static lstm.kernel.Matrices.third;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.ojalgo.matrix.store.R032Store;

/** Sums of rows, of columns by token and of squares, and their counterparts that spread columns out. */
@BothKernels
class SumsTest {

    private final Kernel kernel;

    SumsTest(KernelChoice.Request request) {
        kernel = KernelChoice.of(request).kernels().get();
    }

    @ParameterizedTest
    @MethodSource("places")
    void rowSumsAddTheFirstColumns(int i) {
        int m = SIZES.get(i);
        for (int count : SIZES) {
            assertRowSums(m, count, 0, m);
            assertRowSums(m, count, m / 3, m / 2 + 1);
        }
    }

    private void assertRowSums(int m, int count, int fromRow, int toRow) {
        R032Store a = random(m, count + 2);
        R032Store sums = random(m, 1);
        Expected expected = Control.rowSums(a, count, fromRow, toRow, sums);

        kernel.rowSums(a, count, fromRow, toRow, sums);

        expected.assertMatches(sums, "rows %d to %d of %d over %d columns".formatted(fromRow, toRow, m, count));
    }

    @ParameterizedTest
    @MethodSource("places")
    void fillingCopiesTheBiasIntoTheColumns(int i) {
        R032Store bias = random(SIZES.get(i), 1);
        R032Store c = random(SIZES.get(i), 41);
        Columns columns = new Columns(3, 4, 13, 3);
        Expected expected = Expected.unchanged(c);
        for (int j = 0; j < columns.count(); j++) {
            for (int row = 0; row < bias.data.length; row++) {
                expected.set(row, columns.at(j), bias.data[row], 0);
            }
        }

        kernel.fillColumns(bias, c, columns);

        expected.assertMatches(c, "%s of %d rows".formatted(columns, SIZES.get(i)));
    }

    @ParameterizedTest
    @MethodSource("places")
    void gatheringAddsTheTokensColumnToTheBias(int i) {
        int m = SIZES.get(i);
        for (int j = 0; j < SIZES.size(); j++) {
            int vocabulary = SIZES.get(j);
            int width = third(i, j);
            Columns columns = new Columns(1, width, width + 2, 3);
            R032Store c = random(m, columns.end() + 1);
            int[] tokens = randomTokens(c.getColDim(), vocabulary);
            Expected expected = Control.gatherColumns(random(m, vocabulary), random(m, 1), tokens, c, columns);

            kernel.gatherColumns(random(m, vocabulary), random(m, 1), tokens, c, columns);

            expected.assertMatches(c, "%s of %d rows, %d tokens".formatted(columns, m, vocabulary));
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void scatteringAddsUpTheColumnsOfEveryToken(int i) {
        int m = SIZES.get(i);
        for (int j = 0; j < SIZES.size(); j++) {
            int vocabulary = SIZES.get(j);
            int count = third(i, j);
            assertScatter(m, vocabulary, count, 0, m);
            assertScatter(m, vocabulary, count, m / 3, m / 2 + 1);
        }
    }

    private void assertScatter(int m, int vocabulary, int count, int fromRow, int toRow) {
        R032Store a = random(m, count + 1);
        R032Store c = random(m, vocabulary);
        int[] tokens = randomTokens(count + 1, vocabulary);
        Expected expected = Control.scatterColumns(a, tokens, count, fromRow, toRow, c);

        kernel.scatterColumns(a, tokens, count, fromRow, toRow, c);

        expected.assertMatches(
                c, "rows %d to %d of %d, %d of %d tokens".formatted(fromRow, toRow, m, count, vocabulary));
    }

    @ParameterizedTest
    @MethodSource("places")
    void productsByElementMayGoIntoTheirOwnOperand(int i) {
        Columns columns = new Columns(2, 5, 11, 3);
        R032Store c = random(SIZES.get(i), 33);
        Expected expected = Expected.unchanged(c);
        R032Store b = random(SIZES.get(i), 33, 3);
        for (int j = 0; j < columns.count(); j++) {
            setProducts(expected, c, columns.at(j), b, columns.at(j));
        }

        kernel.multiplyElements(c, columns, b, c, columns);

        expected.assertMatches(c, "%s of %d rows".formatted(columns, SIZES.get(i)));
    }

    @ParameterizedTest
    @MethodSource("places")
    void productsByElementTakeTheirFirstOperandFromOtherColumns(int i) {
        Columns from = new Columns(4, 3, 8, 5);
        Columns into = new Columns(0, 5, 9, 3);
        R032Store a = random(SIZES.get(i), 41);
        R032Store b = random(SIZES.get(i), 25, 3);
        R032Store c = random(SIZES.get(i), 25);
        Expected expected = Expected.unchanged(c);
        for (int j = 0; j < into.count(); j++) {
            setProducts(expected, a, from.at(j), b, into.at(j));
        }

        kernel.multiplyElements(a, from, b, c, into);

        expected.assertMatches(c, "%s of %d rows".formatted(into, SIZES.get(i)));
    }

    private static void setProducts(Expected expected, R032Store a, int from, R032Store b, int into) {
        for (int row = 0; row < a.getRowDim(); row++) {
            expected.set(row, into, (float) (Matrices.at(a, row, from) * Matrices.at(b, row, into)), 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "5, 5", "0, 1", "3, 20", "0, 257", "13, 4096", "1, 10000"})
    void squaresAreSummedFromAnyElementToAnyOther(int from, int to) {
        R032Store a = random(100, 100);
        Sum sum = new Sum();
        for (int i = from; i < to; i++) {
            sum.add((double) a.data[i] * a.data[i]);
        }

        assertThat(kernel.sumOfSquares(a, from, to)).isCloseTo(sum.value(), Offset.offset(sum.tolerance()));
    }

    @Test
    void theSumOfSquaresOfAnythingWithNaNIsNaN() {
        R032Store a = random(100, 1);
        a.data[17] = Float.NaN;

        assertThat(kernel.sumOfSquares(a, 0, 100)).isNaN();
        assertThat(kernel.sumOfSquares(a, 17, 18)).isNaN();
    }

    static IntStream places() {
        return IntStream.range(0, SIZES.size());
    }
}
