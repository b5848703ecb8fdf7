package lstm.kernel;

import static lstm.kernel.Matrices.SIZES;
import static lstm.kernel.Matrices.random;
import static lstm.kernel.Matrices.randomTokens;
import static lstm.kernel.Matrices.third;
import static lstm.kernel.Matrices.zeros;
import static lstm.kernel.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ojalgo.matrix.store.R032Store;

/** Products of a packed matrix with columns, added to every kind of addend. */
@BothKernels
class ProductsTest {

    private static final int VOCABULARY = 5;

    private final Kernel kernel;

    ProductsTest(KernelChoice.Request request) {
        kernel = KernelChoice.of(request).kernels().get();
    }

    @ParameterizedTest
    @MethodSource("places")
    void aProductOfAnyShapeIsAddedToAnyAddend(int i) {
        int m = SIZES.get(i);
        for (int j = 0; j < SIZES.size(); j++) {
            int k = SIZES.get(j);
            int n = third(i, j);

            assertMultiply(m, k, Columns.range(0, n), Columns.range(0, n));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 33, 64, 97})
    void anyNumberOfColumnsIsCoveredByTiles(int m) {
        for (int n = 1; n <= 66; n++) {
            assertMultiply(m, 3, Columns.range(1, n), Columns.range(2, n));
        }
    }

    /** Columns pass by in groups, of any size up to some hundreds. */
    @Test
    void aProductMayHaveMoreColumnsThanAGroup() {
        assertMultiply(33, 3, Columns.range(2, 487), Columns.range(0, 487));
        assertMultiply(65, 1, new Columns(1, 7, 9, 163), new Columns(0, 163, 170, 7));
    }

    /** Blocks of the depth are summed into the result: the addend may come in with the first one only. */
    @ParameterizedTest
    @ValueSource(ints = {511, 512, 513, 1023, 1024, 1025, 1543, 2049})
    void aProductMayBeDeeperThanABlock(int k) {
        assertMultiply(1, k, Columns.range(0, 1), Columns.range(3, 1));
        assertMultiply(70, k, Columns.range(2, 1), Columns.range(0, 1));
        assertMultiply(33, k, Columns.range(0, 2), Columns.range(0, 2));
        assertMultiply(97, k, new Columns(0, 6, 7, 3), new Columns(1, 3, 5, 6));
        assertMultiply(5, k, Columns.range(0, 131), Columns.range(1, 131));
    }

    @ParameterizedTest
    @MethodSource("columnSets")
    void aProductTakesAndChangesTheColumnsItIsAskedForAndNoOthers(Columns bColumns, Columns cColumns) {
        assertMultiply(1, 1, bColumns, cColumns);
        assertMultiply(33, 17, bColumns, cColumns);
        assertMultiply(100, 257, bColumns, cColumns);
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

    private void assertMultiply(int m, int k, Columns bColumns, Columns cColumns) {
        R032Store a = random(m, k);
        R032Store b = random(k, bColumns.end() + 2);
        PackedMatrix packed = packed(a);
        for (Addend addend : addends(m, cColumns.end())) {
            R032Store c = random(m, cColumns.end() + 2);
            Expected expected = Control.multiply(a, b, bColumns, addend, c, cColumns);

            kernel.multiply(packed, b, bColumns, addend, c, cColumns);

            expected.assertMatches(
                    c, "%s + %d x %d times %s into %s".formatted(kind(addend), m, k, bColumns, cColumns));
        }
        assertThat(b.data).isEqualTo(random(k, bColumns.end() + 2).data);
    }

    /** One of every kind, for a result of m rows. */
    private static List<Addend> addends(int m, int columns) {
        Addend gathered = new Addend.Gathered(random(m, VOCABULARY, 3), randomTokens(columns, VOCABULARY));
        return List.of(Addend.ZERO, Addend.OWN, new Addend.Column(random(m, 1, 3)), gathered);
    }

    private static String kind(Addend addend) {
        return addend.getClass().getSimpleName();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 13, 600})
    void whatStoodInTheResultMattersOnlyWhereItIsTheAddend(int n) {
        PackedMatrix packed = packed(random(70, 1100));
        for (Addend addend : addends(70, n)) {
            R032Store c = zeros(70, n);
            Arrays.fill(c.data, Float.NaN);

            kernel.multiply(packed, random(1100, n), Columns.range(0, n), addend, c, Columns.range(0, n));

            for (float element : c.data) {
                assertThat(Float.isNaN(element)).as(kind(addend)).isEqualTo(addend instanceof Addend.Own);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 13})
    void theAddendStaysAsItWas(int n) {
        R032Store bias = random(70, 1);
        R032Store table = random(70, VOCABULARY);
        int[] tokens = randomTokens(n, VOCABULARY);
        PackedMatrix packed = packed(random(70, 1100));
        Columns columns = Columns.range(0, n);

        kernel.multiply(packed, random(1100, n), columns, new Addend.Column(bias), zeros(70, n), columns);
        kernel.multiply(packed, random(1100, n), columns, new Addend.Gathered(table, tokens), zeros(70, n), columns);

        assertThat(bias.data).isEqualTo(random(70, 1).data);
        assertThat(table.data).isEqualTo(random(70, VOCABULARY).data);
        assertThat(tokens).isEqualTo(randomTokens(n, VOCABULARY));
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
            kernel.packTransposed(a, packed);

            assertSameBits(
                    product(packed, random(m, 2)).data,
                    product(packed(transpose), random(m, 2)).data,
                    "%d x %d transposed".formatted(m, k));
        }
    }

    @ParameterizedTest
    @CsvSource({"70, 1100", "1100, 70", "130, 512", "5, 700"})
    void aMatrixMayBePackedInParts(int m, int k) {
        R032Store a = random(m, k);
        PackedMatrix whole = packed(a);
        PackedMatrix parts = kernel.newPacked(m, k);
        int[] ends = {0, k / 7, k / 2 + 1, k};
        for (int i : new int[] {1, 2, 0}) {
            kernel.pack(a, Columns.range(ends[i], ends[i + 1] - ends[i]), parts, ends[i]);
        }
        assertSameBits(product(parts, random(k, 3)).data, product(whole, random(k, 3)).data, "parts");

        PackedMatrix transposed = kernel.newPacked(k, m);
        kernel.packTransposed(a, transposed);
        PackedMatrix transposedParts = kernel.newPacked(k, m);
        for (int i : new int[] {1, 2, 0}) {
            kernel.packTransposed(a, Columns.range(ends[i], ends[i + 1] - ends[i]), transposedParts, ends[i]);
        }
        assertSameBits(
                product(transposedParts, random(m, 3)).data, product(transposed, random(m, 3)).data, "transposed");
    }

    @Test
    void packingAgainReplacesWhatWasPacked() {
        PackedMatrix packed = packed(random(33, 17, 5));
        kernel.pack(random(33, 17), packed);

        R032Store found = product(packed, random(17, 3));

        Columns all = Columns.range(0, 3);
        Control.multiply(random(33, 17), random(17, 3), all, Addend.ZERO, zeros(33, 3), all)
                .assertMatches(found, "packed again");
    }

    private R032Store product(PackedMatrix packed, R032Store b) {
        R032Store c = zeros(packed.rows(), b.getColDim());
        Columns all = Columns.range(0, b.getColDim());
        kernel.multiply(packed, b, all, Addend.ZERO, c, all);
        return c;
    }

    static IntStream places() {
        return IntStream.range(0, SIZES.size());
    }
}
