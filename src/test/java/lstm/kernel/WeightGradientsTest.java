package lstm.kernel;

import static lstm.kernel.Matrices.SIZES;
import static lstm.kernel.Matrices.random;
import static lstm.kernel.Matrices.third;
import static lstm.kernel.Matrices.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ojalgo.matrix.store.R032Store;

/** The gradients of weights and of the bias beside them. */
@BothKernels
class WeightGradientsTest {

    private final Kernel kernel;

    WeightGradientsTest(KernelChoice.Request request) {
        kernel = KernelChoice.of(request).kernels().get();
    }

    @ParameterizedTest
    @MethodSource("places")
    void aWeightGradientIsTheSumOfOuterProducts(int i) {
        int m = SIZES.get(i);
        for (int j = 0; j < SIZES.size(); j++) {
            assertGradients(m, third(i, j), 0, m, weight(m, SIZES.get(j), third(i, j), 0));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "3, 0, 16", "1, 16, 32", "5, 1, 32", "13, 31, 33", "0, 99, 100", "257, 7, 93"})
    void aWeightGradientTakesTheColumnsAndWritesTheRowsItIsAskedFor(int first, int fromRow, int toRow) {
        assertGradients(100, 2, fromRow, toRow, weight(100, 1, 2, first));
        assertGradients(100, 100, fromRow, toRow, weight(100, 13, 100, first));
        assertGradients(100, 513, fromRow, toRow, weight(100, 65, 513, first));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "3, 0, 500", "1, 499, 1", "0, 1, 499", "5, 460, 900", "0, 700, 700"})
    void aWeightGradientMayBeOfSomeOfTheColumns(int first, int from, int count) {
        R032Store dY = random(37, 1400);
        WeightGradient one = weight(37, 33, from + count, first);
        WeightGradient two = weight(37, 1, 1400, 0);

        assertGradients(dY, Columns.range(from, count), 0, 37, one, two);
        assertGradients(dY, Columns.range(from, count), 5, 36, two);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 1", "7, 0, 7", "33, 5, 22", "100, 99, 100", "100, 3, 96", "257, 16, 257"})
    void rowsOfAGradientAreAddedToThoseOfAnother(int m, int fromRow, int toRow) {
        for (int n : SIZES) {
            R032Store a = random(m, n);
            R032Store c = zeros(m, n);
            for (int i = 0; i < c.data.length; i++) {
                c.data[i] = 0.37f * i;
            }

            kernel.addRows(a, fromRow, toRow, c);

            for (int i = 0; i < c.data.length; i++) {
                boolean within = i % m >= fromRow && i % m < toRow;
                float expected = within ? 0.37f * i + a.data[i] : 0.37f * i;
                assertThat(c.data[i]).as("row %d of column %d", i % m, i / m).isEqualTo(expected);
            }
        }
    }

    /** More rows than are packed at a time, from any of them on. */
    @ParameterizedTest
    @CsvSource({"0, 600", "1, 258", "63, 320", "300, 556", "17, 599"})
    void aWeightGradientMayHaveManyRows(int fromRow, int toRow) {
        assertGradients(600, 7, fromRow, toRow, weight(600, 3, 7, 1), weight(600, 31, 7, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 447, 448, 449, 895, 896, 897, 2049})
    void aWeightGradientMayHaveMoreColumnsThanABlock(int count) {
        assertGradients(1, count, 0, 1, weight(1, 1, count, 2));
        assertGradients(37, count, 0, 37, weight(37, 19, count, 0), weight(37, 33, count, 5));
        assertGradients(100, count, 7, 93, weight(100, 5, count, 0), weight(100, 91, count, 1));
    }

    @Test
    void asManyWeightsAsThereAreHaveTheirGradientsAtOnce() {
        for (int count : new int[] {1, 7, 50, 1100}) {
            WeightGradient one = weight(67, 16, count, 0);
            WeightGradient two = weight(67, 1, count, 9);
            WeightGradient three = weight(67, 65, count, 3);
            WeightGradient ofTheSameInput = new WeightGradient(three.input(), 0, random(67, 65));
            for (int fromRow : new int[] {0, 33}) {
                assertGradients(67, count, fromRow, 67);
                assertGradients(67, count, fromRow, 67, two);
                assertGradients(67, count, fromRow, 67, one, two);
                assertGradients(67, count, fromRow, 67, three, one, two);
                assertGradients(67, count, fromRow, 67, three, ofTheSameInput, one);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void theBiasGradientIsTheSumOfTheColumnsInAscendingOrder(int i) {
        int m = SIZES.get(i);
        for (int count : SIZES) {
            assertGradients(m, count, 0, m);
            assertGradients(m, count, m / 3, m / 2 + 1);
        }
    }

    /** Kernels write on memory that is new or was used for the last step: neither may show. */
    @ParameterizedTest
    @ValueSource(ints = {1, 50, 1100})
    void whatStoodInTheGradientsDoesNotMatter(int count) {
        WeightGradient weight = weight(70, 33, count, 1);
        R032Store dBias = zeros(70, 1);
        Arrays.fill(weight.gradient().data, Float.NaN);
        Arrays.fill(dBias.data, Float.NaN);

        kernel.weightGradients(random(70, count), Columns.range(0, count), List.of(weight), dBias, 3, 70);

        for (int row = 0; row < 70; row++) {
            assertThat(Float.isNaN(dBias.data[row])).as("bias %d", row).isEqualTo(row < 3);
            for (int j = 0; j < 33; j++) {
                assertThat(Float.isNaN(weight.gradient().data[j * 70 + row]))
                        .as("row %d of column %d", row, j)
                        .isEqualTo(row < 3);
            }
        }
    }

    /** A weight of m x n and inputs for dY of so many columns, with others before and behind them. */
    private static WeightGradient weight(int m, int n, int count, int first) {
        return new WeightGradient(random(n, first + count + 1), first, random(m, n));
    }

    private void assertGradients(int m, int count, int fromRow, int toRow, WeightGradient... weights) {
        assertGradients(random(m, count), Columns.range(0, count), fromRow, toRow, weights);
    }

    private void assertGradients(R032Store dY, Columns columns, int fromRow, int toRow, WeightGradient... weights) {
        int m = dY.getRowDim();
        R032Store dBias = random(m, 1);
        Expected expectedBias = Control.biasGradient(dY, columns, dBias, fromRow, toRow);
        List<Expected> expected = Arrays.stream(weights)
                .map(weight -> Control.weightGradient(dY, columns, weight, fromRow, toRow))
                .toList();

        kernel.weightGradients(dY, columns, List.of(weights), dBias, fromRow, toRow);

        String rows = "rows %d to %d of %d over %s".formatted(fromRow, toRow, m, columns);
        expectedBias.assertMatches(dBias, "bias, " + rows);
        for (int i = 0; i < weights.length; i++) {
            int n = weights[i].input().getRowDim();
            String weight = "weight %d of %d, %d columns from %d, ".formatted(i, weights.length, n, weights[i].first());
            expected.get(i).assertMatches(weights[i].gradient(), weight + rows);
            assertThat(weights[i].input().data)
                    .isEqualTo(random(n, weights[i].input().getColDim()).data);
        }
        assertThat(dY.data).isEqualTo(random(m, dY.getColDim()).data);
    }

    static IntStream places() {
        return IntStream.range(0, SIZES.size());
    }
}
