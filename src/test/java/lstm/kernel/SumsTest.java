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

/** Sums with a bias, of columns by token and of squares; and products by element. */
@BothKernels
class SumsTest {

    private final Kernel kernel;

    SumsTest(KernelChoice.Request request) {
        kernel = KernelChoice.of(request).kernels().get();
    }

    @ParameterizedTest
    @MethodSource("places")
    void aBiasIsAddedToEveryColumnOfATable(int i) {
        int m = SIZES.get(i);
        for (int columns : SIZES) {
            R032Store w = random(m, columns);
            R032Store bias = random(m, 1, 3);
            R032Store table = random(m, columns, 5);
            Expected expected = Expected.unchanged(table);
            for (int j = 0; j < columns; j++) {
                for (int row = 0; row < m; row++) {
                    expected.set(row, j, w.data[j * m + row] + bias.data[row], 0);
                }
            }

            kernel.addToColumns(w, bias, table);

            expected.assertMatches(table, "%d x %d".formatted(m, columns));
            assertThat(w.data).isEqualTo(random(m, columns).data);
            assertThat(bias.data).isEqualTo(random(m, 1, 3).data);
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
        R032Store a = random(m, count);
        R032Store c = random(m, vocabulary);
        int[] tokens = randomTokens(count, vocabulary);
        Expected expected = Control.scatterColumns(a, tokens, fromRow, toRow, c);

        kernel.scatterColumns(a, tokens, fromRow, toRow, c);

        expected.assertMatches(
                c, "rows %d to %d of %d, %d of %d tokens".formatted(fromRow, toRow, m, count, vocabulary));
    }

    @ParameterizedTest
    @MethodSource("places")
    void aTransposedMatrixIsCopiedOrAdded(int i) {
        int m = SIZES.get(i);
        for (int n : SIZES) {
            R032Store a = random(n, m);
            R032Store copy = random(m, n, 3);
            R032Store sum = random(m, n, 3);
            Columns columns = Columns.range(n / 3, n / 2 + 1);
            Expected expectedCopy = Expected.unchanged(copy);
            Expected expectedSum = Expected.unchanged(sum);
            for (int j = 0; j < columns.count(); j++) {
                for (int row = 0; row < m; row++) {
                    float element = a.data[row * n + columns.at(j)];
                    expectedCopy.set(row, columns.at(j), element, 0);
                    expectedSum.set(row, columns.at(j), element + sum.data[columns.at(j) * m + row], 0);
                }
            }

            kernel.transpose(a, Addend.ZERO, copy, columns);
            kernel.transpose(a, Addend.OWN, sum, columns);

            expectedCopy.assertMatches(copy, "%d x %d".formatted(m, n));
            expectedSum.assertMatches(sum, "%d x %d".formatted(m, n));
        }
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
