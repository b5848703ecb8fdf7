package lstm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.ojalgo.matrix.store.R032Store;

class TensorTest {

    @Test
    void aMatrixIsWrittenRowByRow() {
        R032Store matrix = R032Store.FACTORY.make(2, 3);
        System.arraycopy(new float[] {1, 4, 2, 5, 3, 6}, 0, matrix.data, 0, 6);

        assertThat(Tensor.matrix(matrix))
                .isEqualTo(Tensor.of(DType.F32, new int[] {2, 3}, HandMade.floats(1, 2, 3, 4, 5, 6)));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 17", "17, 1", "15, 16", "16, 16", "33, 31", "128, 512", "0, 3", "3, 0", "0, 0"})
    void aMatrixSurvivesTheRoundTrip(int rows, int columns) {
        R032Store matrix = R032Store.FACTORY.make(rows, columns);
        Random random = new Random(rows * 1000L + columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = random.nextFloat();
        }

        Tensor tensor = Tensor.matrix(matrix);
        R032Store back = tensor.toStore();

        assertThat(tensor.shape()).containsExactly(rows, columns);
        assertThat(back.data).isEqualTo(matrix.data);
        assertThat(back.getRowDim()).isEqualTo(rows);
        assertThat(back.getColDim()).isEqualTo(columns);
    }

    @Test
    void aVectorHasOneDimensionAndComesBackAsAColumn() {
        R032Store column = R032Store.FACTORY.make(3, 1);
        System.arraycopy(new float[] {1, 2, 3}, 0, column.data, 0, 3);

        Tensor tensor = Tensor.vector(column);

        assertThat(tensor).isEqualTo(Tensor.of(DType.F32, new int[] {3}, HandMade.floats(1, 2, 3)));
        assertThat(tensor.toStore().data).containsExactly(1, 2, 3);
        assertThat(tensor.toStore().getColDim()).isEqualTo(1);
    }

    @Test
    void aMatrixIsNotTakenForAVector() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensor.vector(R032Store.FACTORY.make(3, 2)))
                .withMessageContaining("one column, found 2");
    }

    @Test
    void longsSurviveTheRoundTrip() {
        long[] values = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE};

        assertThat(Tensor.longs(values).toLongs()).isEqualTo(values);
        assertThat(Tensor.longs(values).shape()).containsExactly(4);
        assertThat(Tensor.longs().toLongs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "F64, 000000000000f0bf, -1",
        "F64, ffffffffffffef7f, Infinity",
        "F32, 000080bf, -1",
        "F16, 00bc, -1",
        "F16, 5535, 0.33325195",
        "F16, ff7b, 65504",
        "F16, 0100, 5.9604645E-8",
        "F16, ff03, 6.097555E-5",
        "F16, 007c, Infinity",
        "F16, 00fc, -Infinity",
        "F16, 017e, NaN",
        "BF16, 80bf, -1",
        "BF16, 493f, 0.78515625",
        "BF16, 807f, Infinity",
    })
    void everyFloatingPointTypeIsReadAsFloat(DType dtype, String hex, float expected) {
        assertThat(Tensor.of(dtype, new int[] {1}, bytes(hex)).toStore().data).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "I64, feffffffffffffff, -2",
        "I32, feffffff, -2",
        "I16, feff, -2",
        "I8, fe, -2",
        "U8, fe, 254",
        "BOOL, 01, 1",
    })
    void everyIntegerTypeIsReadAsLong(DType dtype, String hex, long expected) {
        assertThat(Tensor.of(dtype, new int[] {1}, bytes(hex)).toLongs()).containsExactly(expected);
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void everyTypeIsEitherFloatingPointOrInteger(DType dtype) {
        Tensor tensor = Tensor.of(dtype, new int[] {1}, new byte[dtype.bytes()]);

        if (dtype.name().contains("F")) {
            assertThat(tensor.toStore().data).containsExactly(0);
            assertThatIllegalStateException().isThrownBy(tensor::toLongs).withMessageContaining(dtype + "[1]");
        } else {
            assertThat(tensor.toLongs()).containsExactly(0);
            assertThatIllegalStateException().isThrownBy(tensor::toStore).withMessageContaining(dtype + "[1]");
        }
    }

    @Test
    void onlyOneAndTwoDimensionsMakeAStore() {
        Tensor number = Tensor.of(DType.F32, new int[0], new byte[4]);
        Tensor cube = Tensor.of(DType.F32, new int[] {1, 1, 1}, new byte[4]);

        assertThatIllegalStateException().isThrownBy(number::toStore).withMessageContaining("F32[]");
        assertThatIllegalStateException().isThrownBy(cube::toStore).withMessageContaining("F32[1, 1, 1]");
    }

    @Test
    void anEmptyMatrixMayBeAsWideAsItLikes() {
        Tensor wide = Tensor.of(DType.F32, new int[] {0, Integer.MAX_VALUE}, new byte[0]);

        assertThat(wide.toStore().data).isEmpty();
    }

    @Test
    void theBytesMustFillTheShape() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensor.of(DType.F32, new int[] {2, 3}, new byte[23]))
                .withMessage("F32[2, 3] takes 24 bytes, not 23");
    }

    @Test
    void aTensorDoesNotChangeWithTheArraysItWasMadeFrom() {
        int[] shape = {1};
        byte[] bytes = {7};
        Tensor tensor = Tensor.of(DType.U8, shape, bytes);

        shape[0] = 2;
        bytes[0] = 8;
        tensor.shape()[0] = 3;

        assertThat(tensor).isEqualTo(Tensor.of(DType.U8, new int[] {1}, new byte[] {7}));
        assertThat(tensor).hasSameHashCodeAs(Tensor.of(DType.U8, new int[] {1}, new byte[] {7}));
    }

    @Test
    void doublesAreARowAfterTheOther() {
        Tensor tensor = Tensor.doubles(3, 1, 2, 3, 4, 5, Math.PI);

        assertThat(tensor.dtype()).isEqualTo(DType.F64);
        assertThat(tensor.shape()).containsExactly(2, 3);
        assertThat(tensor.toDoubles()).containsExactly(1, 2, 3, 4, 5, Math.PI);
    }

    @Test
    void onlyDoublesAreReadAsDoubles() {
        Tensor other = Tensor.of(DType.I64, new int[] {1}, new byte[8]);
        assertThatThrownBy(other::toDoubles)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("double precision");
    }

    @Test
    void tensorsDifferByTypeShapeAndElements() {
        Tensor tensor = Tensor.of(DType.U8, new int[] {2, 1}, new byte[] {1, 2});

        assertThat(tensor)
                .isNotEqualTo(Tensor.of(DType.I8, new int[] {2, 1}, new byte[] {1, 2}))
                .isNotEqualTo(Tensor.of(DType.U8, new int[] {1, 2}, new byte[] {1, 2}))
                .isNotEqualTo(Tensor.of(DType.U8, new int[] {2, 1}, new byte[] {1, 3}));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
