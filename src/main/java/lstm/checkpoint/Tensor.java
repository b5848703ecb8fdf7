package lstm.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;
import org.ojalgo.matrix.store.R032Store;

/**
 * An immutable array of numbers as a safetensors file holds it: a type, a shape and the elements, row-major and
 * little-endian. The conversions to and from {@link R032Store} turn row-major into its column-major and back.
 */
public final class Tensor {

    /** Elements on a side of the square tiles of a transposition: a row of a tile is one cache line of floats. */
    private static final int TILE = 16;

    private final DType dtype;
    private final int[] shape;
    private final ByteBuffer data;

    private Tensor(DType dtype, int[] shape, ByteBuffer data) {
        long expected = Math.multiplyExact(elements(shape), dtype.bytes());
        if (data.remaining() != expected) {
            throw new IllegalArgumentException(
                    dtype + Arrays.toString(shape) + " takes " + expected + " bytes, not " + data.remaining());
        }
        this.dtype = dtype;
        this.shape = shape.clone();
        this.data = data.asReadOnlyBuffer();
    }

    /** A tensor of any type from its little-endian bytes, row-major; they are copied. */
    public static Tensor of(DType dtype, int[] shape, byte[] bytes) {
        return new Tensor(dtype, shape, ByteBuffer.wrap(bytes.clone()));
    }

    /** A tensor that looks into a buffer which nobody changes any more. */
    static Tensor view(DType dtype, int[] shape, ByteBuffer data) {
        return new Tensor(dtype, shape, data);
    }

    /** F32 [rows, columns] from a matrix. */
    public static Tensor matrix(R032Store matrix) {
        int rows = matrix.getRowDim();
        int columns = matrix.getColDim();
        ByteBuffer bytes = allocate(DType.F32, rows, columns);
        FloatBuffer rowMajor = bytes.asFloatBuffer();
        float[] columnMajor = matrix.data;
        forEachTile(rows, columns, (fromRow, toRow, fromColumn, toColumn) -> {
            for (int row = fromRow; row < toRow; row++) {
                for (int column = fromColumn; column < toColumn; column++) {
                    rowMajor.put(row * columns + column, columnMajor[column * rows + row]);
                }
            }
        });
        return new Tensor(DType.F32, new int[] {rows, columns}, bytes);
    }

    /** F32 [n] from a column, n x 1. */
    public static Tensor vector(R032Store column) {
        if (column.getColDim() != 1) {
            throw new IllegalArgumentException("expected one column, found " + column.getColDim());
        }
        ByteBuffer bytes = allocate(DType.F32, column.getRowDim());
        bytes.asFloatBuffer().put(column.data);
        return new Tensor(DType.F32, new int[] {column.getRowDim()}, bytes);
    }

    /** I64 [n]. */
    public static Tensor longs(long... values) {
        ByteBuffer bytes = allocate(DType.I64, values.length);
        bytes.asLongBuffer().put(values);
        return new Tensor(DType.I64, new int[] {values.length}, bytes);
    }

    /**
     * F64 [rows, columns] from the elements, row-major.
     *
     * @throws IllegalArgumentException if they do not fill the last row
     */
    public static Tensor doubles(int columns, double... values) {
        int rows = values.length / columns;
        ByteBuffer bytes = allocate(DType.F64, values.length);
        bytes.asDoubleBuffer().put(values);
        return new Tensor(DType.F64, new int[] {rows, columns}, bytes);
    }

    public DType dtype() {
        return dtype;
    }

    /** The sizes of the dimensions, the outermost first; none for a single number. */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * A tensor of floating-point numbers as a new matrix: [rows, columns] as it is, [n] as a column n x 1. F64 is
     * rounded to float.
     *
     * @throws IllegalStateException if it has another type or other dimensions
     */
    public R032Store toStore() {
        if (shape.length != 1 && shape.length != 2) {
            throw new IllegalStateException(this + " is neither a vector nor a matrix");
        }
        int rows = shape[0];
        int columns = shape.length == 1 ? 1 : shape[1];
        FloatAt rowMajor = floats();
        R032Store store = R032Store.FACTORY.make(rows, columns);
        float[] columnMajor = store.data;
        forEachTile(rows, columns, (fromRow, toRow, fromColumn, toColumn) -> {
            for (int column = fromColumn; column < toColumn; column++) {
                for (int row = fromRow; row < toRow; row++) {
                    columnMajor[column * rows + row] = rowMajor.at(row * columns + column);
                }
            }
        });
        return store;
    }

    /**
     * The elements of a tensor of integers or of truth values (0 and 1), row-major.
     *
     * @throws IllegalStateException if it has another type
     */
    public long[] toLongs() {
        long[] values = new long[Math.toIntExact(elements(shape))];
        Arrays.setAll(values, integers());
        return values;
    }

    /**
     * The elements of a tensor of type F64, row-major.
     *
     * @throws IllegalStateException if it has another type
     */
    public double[] toDoubles() {
        if (dtype != DType.F64) {
            throw new IllegalStateException(this + " does not hold numbers of double precision");
        }
        double[] values = new double[Math.toIntExact(elements(shape))];
        data.duplicate().order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
        return values;
    }

    /** Whether it holds floating-point numbers that are all finite as floats. */
    public boolean isFinite() {
        return dtype.isFloat() && notFinite() == 0;
    }

    /**
     * The first of the floating-point numbers that is infinite as a float, or NaN; 0 where none is.
     *
     * @throws IllegalStateException if it has another type
     */
    float notFinite() {
        FloatAt rowMajor = floats();
        long elements = elements(shape);
        for (int i = 0; i < elements; i++) {
            float value = rowMajor.at(i);
            if (!Float.isFinite(value)) {
                return value;
            }
        }
        return 0;
    }

    /** The little-endian bytes, row-major, from position 0 to the limit; read-only. */
    public ByteBuffer bytes() {
        return data.duplicate();
    }

    /** The number of elements of a shape, which is 1 where there are no dimensions. */
    static long elements(int[] shape) {
        long product = 1;
        for (int size : shape) {
            product = Math.multiplyExact(product, size);
        }
        return product;
    }

    private static ByteBuffer allocate(DType dtype, int... shape) {
        int bytes = Math.toIntExact(Math.multiplyExact(elements(shape), dtype.bytes()));
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void forEachTile(int rows, int columns, TileAction action) {
        if (rows == 0 || columns == 0) {
            // The other one may be so large that the loop's counter would overflow and never end.
            return;
        }
        for (int column = 0; column < columns; column += TILE) {
            for (int row = 0; row < rows; row += TILE) {
                action.accept(row, Math.min(row + TILE, rows), column, Math.min(column + TILE, columns));
            }
        }
    }

    private FloatAt floats() {
        ByteBuffer bytes = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer floats = bytes.asFloatBuffer();
        DoubleBuffer doubles = bytes.asDoubleBuffer();
        ShortBuffer halves = bytes.asShortBuffer();
        return switch (dtype) {
            case F64 -> i -> (float) doubles.get(i);
            case F32 -> floats::get;
            case F16 -> i -> float16(halves.get(i));
            case BF16 -> i -> Float.intBitsToFloat(halves.get(i) << 16);
            default -> throw new IllegalStateException(this + " does not hold floating-point numbers");
        };
    }

    private IntToLongFunction integers() {
        ByteBuffer bytes = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        LongBuffer longs = bytes.asLongBuffer();
        IntBuffer ints = bytes.asIntBuffer();
        ShortBuffer shorts = bytes.asShortBuffer();
        return switch (dtype) {
            case I64 -> longs::get;
            case I32 -> ints::get;
            case I16 -> shorts::get;
            case I8 -> bytes::get;
            case U8, BOOL -> i -> Byte.toUnsignedInt(bytes.get(i));
            default -> throw new IllegalStateException(this + " does not hold integers");
        };
    }

    /** IEEE 754 binary16; the JDK has {@code Float.float16ToFloat} from 20 on only. */
    private static float float16(short bits) {
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude = switch (exponent) {
            case 0 -> fraction * 0x1p-24f;
            case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
        };
        return bits < 0 ? -magnitude : magnitude;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tensor that
                && dtype == that.dtype
                && Arrays.equals(shape, that.shape)
                && data.equals(that.data);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * dtype.hashCode() + Arrays.hashCode(shape)) + data.hashCode();
    }

    /** Type and shape, as in {@code F32[2, 3]}. */
    @Override
    public String toString() {
        return dtype + Arrays.toString(shape);
    }

    @FunctionalInterface
    private interface FloatAt {
        float at(int index);
    }

    @FunctionalInterface
    private interface TileAction {
        void accept(int fromRow, int toRow, int fromColumn, int toColumn);
    }
}
