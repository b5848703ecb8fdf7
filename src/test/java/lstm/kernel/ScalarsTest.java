package lstm.kernel;

import static lstm.kernel.SameBits.assertSameBits;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ojalgo.matrix.store.R032Store;

/** A text may not change where vectors take over from scalars. */
class ScalarsTest {

    /** Every 4,099th float there is: of all magnitudes, infinite ones and NaNs among them. */
    private static float[] floats() {
        float[] x = new float[(int) ((1L << 32) / 4099)];
        for (int i = 0; i < x.length; i++) {
            x[i] = Float.intBitsToFloat(i * 4099);
        }
        x[0] = Float.POSITIVE_INFINITY;
        x[1] = Float.NEGATIVE_INFINITY;
        x[2] = -0f;
        return x;
    }

    private static float[] random(int count) {
        Random random = new Random(count);
        float[] x = new float[count];
        for (int i = 0; i < count; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }

    @Test
    void theLogisticFunction() {
        float[] expected = floats();
        Lanes.logistic(expected, 0, expected.length, new float[Lanes.WIDTH]);
        float[] actual = floats();
        Scalars.logistic(actual, 0, actual.length);

        assertSameBits(actual, expected, "logistic");
    }

    @Test
    void tanh() {
        float[] x = floats();
        float[] expected = new float[x.length];
        Lanes.tanh(x, 0, expected, 0, x.length, new float[Lanes.WIDTH]);
        float[] actual = new float[x.length];
        Scalars.tanh(x, 0, actual, 0, x.length);

        assertSameBits(actual, expected, "tanh");
    }

    @ParameterizedTest(name = "{0} units")
    @ValueSource(ints = {16, 33, 128})
    void theNextStateOfAStream(int h) {
        float[] gates = random(4 * h);
        float[] expected = random(3 * h);
        float[] actual = expected.clone();
        Lanes.nextCell(gates, 0, h, expected, 0, h, h);
        Lanes.multiply(gates, 3 * h, expected, h, expected, 2 * h, h);
        Scalars.nextCell(gates, 0, h, actual, 0, h, h);
        Scalars.multiply(gates, 3 * h, actual, h, actual, 2 * h, h);

        assertSameBits(actual, expected, "the cell state and a product with a gate");
    }

    @ParameterizedTest(name = "{0} units")
    @ValueSource(ints = {1, 15, 16, 33, 128})
    void everyCellForwardAndBackward(int h) {
        Columns step = Columns.range(3, 3);
        for (Steps.Kind kind : Steps.Kind.values()) {
            Steps expected = Steps.random(kind, h, 3, 3);
            Steps actual = Steps.random(kind, h, 3, 3);
            new VectorArithmetic().forward(expected.step(), step);
            new CellArithmetic().forward(actual.step(), step);
            assertSameMatrices(actual, expected, kind + " forward");
            new VectorArithmetic().backward(expected.step(), expected.gradients(), step);
            new CellArithmetic().backward(actual.step(), actual.gradients(), step);
            assertSameMatrices(actual, expected, kind + " backward");
        }
    }

    private static void assertSameMatrices(Steps actual, Steps expected, String description) {
        for (int i = 0; i < expected.matrices().size(); i++) {
            float[] values = actual.matrices().get(i).data;
            assertSameBits(values, expected.matrices().get(i).data, "matrix " + i + " of " + description);
        }
    }

    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = {1, 16, 17, 64, 65, 200})
    void theProductWithOneColumn(int rows) {
        int columns = 37;
        R032Store vectors = product(new VectorKernel(0, System::nanoTime), rows, columns);

        assertSameBits(product(new VectorKernel(), rows, columns).data, vectors.data, "scalars");
        assertSameBits(
                product(new VectorKernel(1, System::nanoTime), rows, columns).data,
                vectors.data,
                "scalars, then vectors");
    }

    private static R032Store product(Kernel kernel, int rows, int columns) {
        PackedMatrix packed = kernel.newPacked(rows, columns);
        kernel.pack(Matrices.random(rows, columns), packed);
        R032Store product = Matrices.random(rows, 1);
        Columns one = Columns.range(0, 1);
        kernel.multiply(packed, Matrices.random(columns, 1), one, Addend.OWN, product, one);
        return product;
    }
}
