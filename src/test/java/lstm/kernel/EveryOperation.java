package lstm.kernel;

import static lstm.kernel.Matrices.random;
import static lstm.kernel.Matrices.randomTokens;
import static lstm.kernel.Matrices.zeros;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.ojalgo.matrix.store.R032Store;

/** Every operation of a kernel, on small fixed operands, answering with a hash of all the bits it wrote. */
final class EveryOperation {

    private static final int H = 19;
    private static final int STREAMS = 13;
    private static final int STEPS = 3;
    private static final Columns ALL = Columns.range(0, STEPS * STREAMS);
    private static final Columns STEP = Columns.range(STREAMS, STREAMS);

    private static final R032Store WEIGHT = random(4 * H, H);
    private static final R032Store BIAS = random(4 * H, 1);
    private static final R032Store GATES = random(4 * H, STEPS * STREAMS, 3);
    private static final R032Store STATES = random(H, (STEPS + 1) * STREAMS);
    private static final R032Store OTHERS = random(H, STEPS * STREAMS, 2);
    private static final R032Store ROW = random(1, STEPS * STREAMS + 1);
    /** Deeper than the blocks of a product. */
    private static final R032Store DEEP = random(2, 1100);

    private static final R032Store DEEP_INPUT = random(1100, 7);
    private static final int[] TOKENS = randomTokens(STEPS * STREAMS, H);

    private EveryOperation() {}

    static Map<String, ToIntFunction<Kernel>> byName() {
        Map<String, ToIntFunction<Kernel>> all = new LinkedHashMap<>();
        all.put("multiply", kernel -> multiply(kernel, STEP));
        all.put("multiply and a step of one column", EveryOperation::oneColumn);
        all.put("multiply and other addends", EveryOperation::addends);
        all.put("multiply deep down", EveryOperation::deepProduct);
        all.put("weightGradients and addRows", EveryOperation::weightGradients);
        all.put("scatterColumns", EveryOperation::scatterColumns);
        all.put("addToColumns", EveryOperation::addToColumns);
        all.put("transpose", EveryOperation::transpose);
        all.put("fill", EveryOperation::fill);
        all.put("stepForward", kernel -> stepForward(kernel, STEP));
        all.put("stepBackward", EveryOperation::stepBackward);
        all.put("diagonalGradient", EveryOperation::diagonalGradient);
        all.put("attention", EveryOperation::attention);
        all.put("dropoutMask and multiplyElements", EveryOperation::dropout);
        all.put("softmaxCrossEntropy", EveryOperation::softmaxCrossEntropy);
        all.put("sumOfSquares", kernel -> Double.hashCode(kernel.sumOfSquares(GATES, 3, GATES.data.length)));
        all.put("adam", EveryOperation::adam);
        all.put("softmaxCrossEntropy at the ends of the float range", EveryOperation::extremeLogits);
        all.put("adam at the ends of the float range", EveryOperation::extremeAdam);
        all.put("cells at the ends of the float range", EveryOperation::extremeCells);
        return all;
    }

    /** Prints the hashes of the kernel that the argument names. */
    public static void main(String[] args) {
        Kernel kernel = kernel(KernelChoice.Request.valueOf(args[0]), 0);
        byName().forEach((name, operation) -> System.out.println(name + "=" + operation.applyAsInt(kernel)));
    }

    /** A kernel, if it is the vector kernel one that changes from scalars to vectors after so many multiplications. */
    static Kernel kernel(KernelChoice.Request request, long scalarProducts) {
        return request == KernelChoice.Request.VECTOR
                ? new VectorKernel(scalarProducts, System::nanoTime)
                : KernelChoice.of(request).kernels().get();
    }

    private static int oneColumn(Kernel kernel) {
        Columns one = Columns.range(STREAMS + 5, 1);
        return 31 * multiply(kernel, one) + stepForward(kernel, one);
    }

    private static int multiply(Kernel kernel, Columns columns) {
        R032Store c = Matrices.copy(GATES);
        kernel.multiply(packed(kernel, WEIGHT), STATES, columns, Addend.OWN, c, columns);
        PackedMatrix transposed = kernel.newPacked(H, 4 * H);
        kernel.packTransposed(WEIGHT, transposed);
        R032Store b = Matrices.copy(OTHERS);
        kernel.multiply(transposed, GATES, columns, Addend.OWN, b, columns);
        return hash(c, b);
    }

    private static PackedMatrix packed(Kernel kernel, R032Store matrix) {
        PackedMatrix packed = kernel.newPacked(matrix.getRowDim(), matrix.getColDim());
        kernel.pack(matrix, packed);
        return packed;
    }

    private static int addends(Kernel kernel) {
        Columns columns = Columns.range(STREAMS, 12);
        PackedMatrix weight = packed(kernel, WEIGHT);
        R032Store zero = zeros(4 * H, STEPS * STREAMS);
        R032Store bias = zeros(4 * H, STEPS * STREAMS);
        R032Store gathered = zeros(4 * H, STEPS * STREAMS);
        kernel.multiply(weight, STATES, columns, Addend.ZERO, zero, columns);
        kernel.multiply(weight, STATES, columns, new Addend.Column(BIAS), bias, columns);
        kernel.multiply(weight, STATES, columns, new Addend.Gathered(WEIGHT, TOKENS), gathered, columns);
        return hash(zero, bias, gathered);
    }

    private static int deepProduct(Kernel kernel) {
        R032Store c = zeros(2, 7);
        Columns columns = Columns.range(0, 7);
        kernel.multiply(packed(kernel, DEEP), DEEP_INPUT, columns, Addend.ZERO, c, columns);
        return hash(c);
    }

    private static int weightGradients(Kernel kernel) {
        R032Store weight = zeros(4 * H, H);
        R032Store other = zeros(4 * H, 1);
        R032Store bias = zeros(4 * H, 1);
        List<WeightGradient> weights =
                List.of(new WeightGradient(STATES, STREAMS, weight), new WeightGradient(ROW, 1, other));
        Columns columns = Columns.range(5, STEPS * STREAMS - 7);
        kernel.weightGradients(GATES, columns, weights, bias, 3, 70);
        kernel.addRows(WEIGHT, 1, 69, weight);
        return hash(weight, other, bias);
    }

    private static int scatterColumns(Kernel kernel) {
        R032Store scattered = zeros(4 * H, H);
        kernel.scatterColumns(GATES, TOKENS, 0, 4 * H, scattered);
        return hash(scattered);
    }

    private static int addToColumns(Kernel kernel) {
        R032Store table = zeros(4 * H, H);
        kernel.addToColumns(WEIGHT, BIAS, table);
        return hash(table);
    }

    private static int transpose(Kernel kernel) {
        R032Store c = zeros(H, 4 * H);
        kernel.transpose(WEIGHT, Addend.ZERO, c, Columns.range(0, 4 * H));
        kernel.transpose(WEIGHT, Addend.OWN, c, Columns.range(3, 5));
        return hash(c);
    }

    private static int fill(Kernel kernel) {
        R032Store c = Matrices.copy(GATES);
        kernel.fill(Addend.OWN, c, STEP);
        kernel.fill(new Addend.Gathered(WEIGHT, TOKENS), c, STEP);
        kernel.fill(new Addend.Column(BIAS), c, Columns.range(3, 2));
        kernel.fill(Addend.ZERO, c, Columns.range(7, 2));
        return hash(c);
    }

    private static int stepForward(Kernel kernel, Columns columns) {
        int hash = 0;
        for (Steps.Kind kind : Steps.Kind.values()) {
            Steps steps = Steps.random(kind, H, STEPS, STREAMS);
            kernel.stepForward(steps.step(), columns);
            hash = 31 * hash + hash(steps.matrices().toArray(R032Store[]::new));
        }
        return hash;
    }

    private static int stepBackward(Kernel kernel) {
        int hash = 0;
        for (Steps.Kind kind : Steps.Kind.values()) {
            Steps steps = Steps.random(kind, H, STEPS, STREAMS);
            kernel.stepBackward(steps.step(), steps.gradients(), STEP);
            hash = 31 * hash + hash(steps.matrices().toArray(R032Store[]::new));
        }
        return hash;
    }

    private static int diagonalGradient(Kernel kernel) {
        R032Store sums = zeros(2 * H, 1);
        kernel.diagonalGradient(new DiagonalGradient(GATES, H, STATES, STREAMS, sums, H), 0, H);
        return hash(sums);
    }

    private static int attention(Kernel kernel) {
        R032Store scores = Matrices.copy(GATES);
        R032Store d = Matrices.copy(GATES);
        kernel.softmaxBands(scores, STEP, STEP.first(), 4 * H - STREAMS);
        kernel.softmaxGradient(scores, d, STEP, STEP.first(), 4 * H - STREAMS);
        R032Store gates = Matrices.copy(OTHERS);
        R032Store x = random(H, STEPS * STREAMS, 3);
        R032Store sum = Matrices.copy(OTHERS);
        kernel.copyColumns(STATES, STEP, sum, Columns.range(2, STREAMS));
        kernel.addColumns(STATES, STEP, sum, Columns.range(1, STREAMS));
        kernel.addGated(gates, x, sum, STEP);
        R032Store opened = Matrices.copy(gates);
        kernel.addGatedGradient(opened, x, sum, STEP);
        R032Store unit = zeros(H, STEPS * STREAMS);
        kernel.normalizeColumns(x, STEP, 3, unit, STEP);
        kernel.normalizeGradient(STATES, STEP, 3, sum, STEP);
        R032Store part = zeros(STREAMS, 3);
        PackedMatrix packed = kernel.newPacked(STREAMS, H);
        kernel.packTransposed(STATES, Columns.range(5, STREAMS), packed, 0);
        kernel.packTransposed(STATES, Columns.range(1, 2), packed, 7);
        kernel.multiply(packed, OTHERS, Columns.range(1, 3), Addend.ZERO, part, Columns.range(0, 3));
        R032Store back = zeros(H, 3);
        PackedMatrix columns = kernel.newPacked(H, STREAMS);
        kernel.pack(STATES, Columns.range(5, STREAMS), columns, 0);
        kernel.pack(STATES, Columns.range(1, 2), columns, 7);
        kernel.multiply(columns, part, Columns.range(0, 3), Addend.ZERO, back, Columns.range(0, 3));
        return hash(scores, d, gates, opened, x, sum, unit, part, back);
    }

    private static int dropout(Kernel kernel) {
        R032Store mask = zeros(H, STEPS * STREAMS);
        R032Store dropped = zeros(H, STEPS * STREAMS);
        kernel.dropoutMask(7, 0.3f, mask, ALL);
        kernel.multiplyElements(OTHERS, ALL, mask, dropped, ALL);
        return hash(mask, dropped);
    }

    private static int softmaxCrossEntropy(Kernel kernel) {
        R032Store logits = Matrices.copy(OTHERS);
        R032Store losses = zeros(1, STEPS * STREAMS);
        kernel.softmaxCrossEntropy(logits, ALL, TOKENS, losses.data, 0.1f);
        return hash(logits, losses);
    }

    private static int adam(Kernel kernel) {
        R032Store value = Matrices.copy(OTHERS);
        R032Store m = Matrices.copy(OTHERS);
        R032Store v = zeros(H, STEPS * STREAMS);
        Arrays.fill(v.data, 0.1f);
        AdamStep step = new AdamStep(0.01f, 0.9f, 0.999f, 1.5f, 1e-8f, 0.5f, 0.999f);
        kernel.adam(value, OTHERS, m, v, 0, value.data.length, step);
        return hash(value, m, v);
    }

    private static int extremeLogits(Kernel kernel) {
        R032Store logits = Extremes.matrix(H, STEPS * STREAMS, 1);
        R032Store losses = zeros(1, STEPS * STREAMS);
        kernel.softmaxCrossEntropy(logits, ALL, TOKENS, losses.data, 0.1f);
        return hash(logits, losses);
    }

    private static int extremeAdam(Kernel kernel) {
        R032Store value = Extremes.matrix(H, STEPS * STREAMS, 2);
        R032Store m = zeros(H, STEPS * STREAMS);
        R032Store v = zeros(H, STEPS * STREAMS);
        AdamStep step = new AdamStep(1e7f, 0.9f, 0.999f, 1000f, 1e-8f, 1e-20f, 0);
        kernel.adam(value, Extremes.matrix(H, STEPS * STREAMS, 3), m, v, 0, value.data.length, step);
        return hash(value, m, v);
    }

    private static int extremeCells(Kernel kernel) {
        int hash = 0;
        for (Steps.Kind kind : Steps.Kind.values()) {
            Steps steps = Extremes.steps(kind, H, STEPS, STREAMS);
            kernel.stepForward(steps.step(), STEP);
            hash = 31 * hash + hash(steps.matrices().toArray(R032Store[]::new));
            kernel.stepBackward(steps.step(), steps.gradients(), STEP);
            hash = 31 * hash + hash(steps.matrices().toArray(R032Store[]::new));
        }
        return hash;
    }

    private static int hash(R032Store... results) {
        int hash = 0;
        for (R032Store result : results) {
            hash = 31 * hash + Arrays.hashCode(result.data);
        }
        return hash;
    }
}
