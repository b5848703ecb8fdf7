package lstm.kernel;

import static lstm.kernel.Matrices.SIZES;
import static lstm.kernel.Matrices.random;
import static lstm.kernel.Matrices.third;
import static lstm.kernel.Matrices.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.ojalgo.matrix.store.R032Store;

@BothKernels
class ProductsTest {

    private final Kernel kernel;

    ProductsTest(KernelChoice.Request request) {
        kernel = KernelChoice.of(request).kernels().get();
    }

    @ParameterizedTest
    @MethodSource("places")
    void aProductOfAnyShapeIsAddedToItsResult(int i) {
        int m = SIZES.get(i);
        for (int j = 0; j < SIZES.size(); j++) {
            int k = SIZES.get(j);
            int n = third(i, j);

            assertMultiplyAdd(m, k, Columns.range(0, n), Columns.range(0, n));
        }
    }

    @ParameterizedTest
    @MethodSource("columnSets")
    void aProductTakesAndChangesTheColumnsItIsAskedForAndNoOthers(Columns bColumns, Columns cColumns) {
        assertMultiplyAdd(1, 1, bColumns, cColumns);
        assertMultiplyAdd(33, 17, bColumns, cColumns);
        assertMultiplyAdd(100, 257, bColumns, cColumns);
    }

    static Stream<Arguments> columnSets() {
        return Stream.of(
                Arguments.of(Columns.range(5, 1), Columns.range(0, 1)),
                Arguments.of(new Columns(2, 1, 3, 1), new Columns(7, 1, 9, 1)),
                Arguments.of(Columns.range(3, 13), Columns.range(0, 13)),
                Arguments.of(Columns.range(0, 12), new Columns(1, 3, 5, 4)),
                Arguments.of(new Columns(4, 4, 4, 3), Columns.range(2, 12)),
                Arguments.of(new Columns(1, 2, 7, 6), new Columns(0, 4, 9, 3)),
                Arguments.of(new Columns(3, 1, 5, 11), new Columns(2, 11, 11, 1)),
                Arguments.of(new Columns(6, 7, 13, 7), new Columns(6, 7, 13, 7)),
                Arguments.of(new Columns(0, 31, 64, 3), new Columns(33, 31, 64, 3)),
                Arguments.of(new Columns(0, 48, 49, 2), new Columns(0, 1, 2, 96)));
    }

    private void assertMultiplyAdd(int m, int k, Columns bColumns, Columns cColumns) {
        R032Store a = random(m, k);
        R032Store b = random(k, bColumns.end() + 2);
        R032Store c = random(m, cColumns.end() + 2);
        Expected expected = Control.multiplyAdd(a, b, bColumns, c, cColumns);

        kernel.multiplyAdd(packed(a), b, bColumns, c, cColumns);

        expected.assertMatches(c, "%d x %d times %s into %s".formatted(m, k, bColumns, cColumns));
    }

    private PackedMatrix packed(R032Store a) {
        PackedMatrix packed = kernel.newPacked(a.getRowDim(), a.getColDim());
        kernel.pack(a, packed);
        return packed;
    }

    @ParameterizedTest
    @MethodSource("places")
    void aMatrixPackedTransposedIsItsTranspose(int i) {
        int m = SIZES.get(i);
        for (int k : SIZES) {
            R032Store a = random(m, k);
            R032Store transpose = zeros(k, m);
            for (int j = 0; j < a.data.length; j++) {
                transpose.data[j % m * k + j / m] = a.data[j];
            }
            PackedMatrix packed = kernel.newPacked(k, m);
            R032Store expected = random(k, 2);
            R032Store found = random(k, 2);

            kernel.packTransposed(a, packed);
            kernel.multiplyAdd(packed, random(m, 2), Columns.range(0, 2), found, Columns.range(0, 2));

            kernel.multiplyAdd(packed(transpose), random(m, 2), Columns.range(0, 2), expected, Columns.range(0, 2));
            assertThat(found.data).isEqualTo(expected.data);
        }
    }

    @Test
    void packingAgainReplacesWhatWasPacked() {
        PackedMatrix packed = packed(random(33, 17, 5));
        R032Store found = zeros(33, 3);
        kernel.pack(random(33, 17), packed);

        kernel.multiplyAdd(packed, random(17, 3), Columns.range(0, 3), found, Columns.range(0, 3));

        Control.multiplyAdd(random(33, 17), random(17, 3), Columns.range(0, 3), zeros(33, 3), Columns.range(0, 3))
                .assertMatches(found, "packed again");
    }

    @ParameterizedTest
    @MethodSource("places")
    void aWeightGradientIsTheSumOfOuterProducts(int i) {
        int m = SIZES.get(i);
        for (int j = 0; j < SIZES.size(); j++) {
            assertMultiplyTransposed(m, SIZES.get(j), third(i, j), 0, 0, m);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "3, 0, 16", "1, 16, 32", "5, 1, 32", "13, 31, 33", "0, 99, 100", "257, 7, 93"})
    void aWeightGradientTakesTheColumnsAndWritesTheRowsItIsAskedFor(int bFirst, int fromRow, int toRow) {
        assertMultiplyTransposed(100, 1, 2, bFirst, fromRow, toRow);
        assertMultiplyTransposed(100, 13, 100, bFirst, fromRow, toRow);
        assertMultiplyTransposed(100, 65, 513, bFirst, fromRow, toRow);
    }

    private void assertMultiplyTransposed(int m, int n, int count, int bFirst, int fromRow, int toRow) {
        R032Store a = random(m, count + 1);
        R032Store b = random(n, bFirst + count + 1);
        R032Store c = random(m, n);
        Expected expected = Control.multiplyTransposed(a, b, bFirst, count, fromRow, toRow, c);

        kernel.multiplyTransposed(a, b, bFirst, count, fromRow, toRow, c);

        expected.assertMatches(
                c, "%d x %d over %d columns from %d, rows %d to %d".formatted(m, n, count, bFirst, fromRow, toRow));
    }

    static IntStream places() {
        return IntStream.range(0, SIZES.size());
    }
}
