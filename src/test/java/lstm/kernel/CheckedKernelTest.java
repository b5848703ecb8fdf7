package lstm.kernel;

import static lstm.kernel.Matrices.zeros;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ojalgo.matrix.store.R032Store;

/** What a kernel is protected from: each refusal is of a call that is right but for one mistake. */
class CheckedKernelTest {

    private static final Columns ALL = Columns.range(0, 4);
    private static final Columns BEYOND = new Columns(0, 1, 2, 3);
    private static final Columns FAR = Columns.range(2, 4);
    private static final int[] TOKENS = {0, 1, 2, 0};
    private static final AdamStep STEP = new AdamStep(1, 1, 1, 1, 1, 1, 1);
    private static final String ONE_STEP = "one step of the streams at a time";
    private static final String BEYOND_FOUR = "Columns[first=3, width=2, stride=2, repeats=1] of a matrix with 4";
    private static final Columns THREE = Columns.range(0, 3);
    private static final String BANDS = "bands inside of the columns";
    private static final String ALIAS = "a result may not be its own operand";

    private final List<String> reached = new ArrayList<>();
    private final Kernel kernel = new CheckedKernel(recorder());

    private Kernel recorder() {
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (proxy, method, arguments) -> {
                    reached.add(method.getName());
                    return method.getReturnType() == double.class ? 0.0 : null;
                });
    }

    private record Packed(int rows, int columns) implements PackedMatrix {}

    private static Arguments refusal(String operation, String message, Consumer<Kernel> call) {
        return Arguments.of(operation, message, call);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource({"packing", "products", "addends", "gradients", "columnsAndTokens", "steps", "attention", "elements"})
    void aMistakeIsRefusedBeforeTheKernelIsReached(String operation, String message, Consumer<Kernel> call) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call.accept(kernel))
                .withMessage("kernel: " + message);
        assertThat(reached).isEmpty();
    }

    static Stream<Arguments> packing() {
        return Stream.of(
                refusal("newPacked", "a packed matrix is not empty", k -> k.newPacked(0, 1)),
                refusal("newPacked", "a packed matrix is not empty", k -> k.newPacked(1, 0)),
                refusal("pack", "expected a 3 x 2 matrix, found 2 x 3", k -> k.pack(zeros(2, 3), new Packed(3, 2))),
                refusal("pack", "expected 3 rows, found 2", k -> k.pack(zeros(2, 3), THREE, new Packed(3, 3), 0)),
                refusal("pack", "a part of the packed matrix", k -> k.pack(zeros(3, 3), THREE, new Packed(3, 3), 1)),
                refusal("pack", "a part of the packed matrix", k -> k.pack(zeros(3, 3), THREE, new Packed(3, 9), -1)),
                refusal(
                        "pack",
                        "neighbouring columns to be packed",
                        k -> k.pack(zeros(3, 3), new Columns(0, 1, 2, 2), new Packed(3, 2), 0)),
                refusal(
                        "packTransposed",
                        "Columns[first=0, width=3, stride=3, repeats=1] of a matrix with 2",
                        k -> k.packTransposed(zeros(2, 2), THREE, new Packed(3, 2), 0)),
                refusal(
                        "packTransposed",
                        "a part of the packed matrix",
                        k -> k.packTransposed(zeros(2, 3), THREE, new Packed(4, 2), 2)),
                refusal(
                        "packTransposed",
                        "expected a 2 x 3 matrix, found 3 x 2",
                        k -> k.packTransposed(zeros(3, 2), new Packed(3, 2))));
    }

    static Stream<Arguments> products() {
        R032Store square = zeros(4, 4);
        R032Store b = zeros(3, 5);
        R032Store c = zeros(2, 4);
        return Stream.of(
                refusal("multiply", "expected 3 rows, found 2", k -> multiply(k, zeros(2, 4), ALL, c, ALL)),
                refusal("multiply", "expected 2 rows, found 3", k -> multiply(k, b, ALL, zeros(3, 4), ALL)),
                refusal(
                        "multiply",
                        "Columns[first=2, width=4, stride=4, repeats=1] of a matrix with 5",
                        k -> multiply(k, b, FAR, c, ALL)),
                refusal(
                        "multiply",
                        "Columns[first=2, width=4, stride=4, repeats=1] of a matrix with 4",
                        k -> multiply(k, b, ALL, c, FAR)),
                refusal("multiply", "as many columns of b as of c", k -> multiply(k, b, Columns.range(0, 3), c, ALL)),
                refusal("multiply", ALIAS, k -> k.multiply(new Packed(4, 4), square, ALL, Addend.OWN, square, ALL)));
    }

    private static void multiply(Kernel kernel, R032Store b, Columns bColumns, R032Store c, Columns cColumns) {
        kernel.multiply(new Packed(2, 3), b, bColumns, Addend.ZERO, c, cColumns);
    }

    static Stream<Arguments> addends() {
        R032Store c = zeros(2, 4);
        R032Store one = zeros(2, 1);
        R032Store table = zeros(2, 3);
        return Stream.of(
                refusal(
                        "multiply",
                        "expected a 2 x 1 matrix, found 3 x 1",
                        k -> multiply(k, new Addend.Column(zeros(3, 1)), c, ALL)),
                refusal(
                        "multiply",
                        "expected a 2 x 1 matrix, found 2 x 4",
                        k -> multiply(k, new Addend.Column(zeros(2, 4)), c, ALL)),
                refusal("multiply", ALIAS, k -> multiply(k, new Addend.Column(one), one, Columns.range(0, 1))),
                refusal(
                        "multiply",
                        "expected 2 rows, found 3",
                        k -> multiply(k, new Addend.Gathered(zeros(3, 3), TOKENS), c, ALL)),
                refusal(
                        "multiply",
                        "expected a token for every column",
                        k -> multiply(k, new Addend.Gathered(table, new int[3]), c, ALL)),
                // Tokens stand where c's columns stand, wherever b's may be.
                refusal(
                        "multiply",
                        "expected a token for every column",
                        k -> multiply(k, new Addend.Gathered(table, TOKENS), zeros(2, 6), FAR)),
                refusal(
                        "multiply",
                        "token 3 of a vocabulary of 3",
                        k -> multiply(k, new Addend.Gathered(table, new int[] {0, 0, 0, 3}), c, ALL)),
                refusal(
                        "multiply",
                        "token -1 of a vocabulary of 3",
                        k -> multiply(k, new Addend.Gathered(table, new int[] {-1, 0, 0, 0}), c, ALL)),
                refusal("multiply", ALIAS, k -> multiply(k, new Addend.Gathered(c, TOKENS), c, ALL)));
    }

    private static void multiply(Kernel kernel, Addend addend, R032Store c, Columns columns) {
        kernel.multiply(new Packed(2, 3), zeros(3, 4), Columns.range(0, columns.count()), addend, c, columns);
    }

    static Stream<Arguments> gradients() {
        R032Store dY = zeros(2, 4);
        R032Store bias = zeros(2, 1);
        R032Store square = zeros(4, 4);
        WeightGradient right = new WeightGradient(zeros(3, 4), 0, zeros(2, 3));
        return Stream.of(
                refusal(
                        "weightGradients",
                        "rows -1 to 2 of a matrix with 2",
                        k -> k.weightGradients(dY, ALL, List.of(), bias, -1, 2)),
                refusal(
                        "weightGradients",
                        "rows 1 to 3 of a matrix with 2",
                        k -> k.weightGradients(dY, ALL, List.of(), bias, 1, 3)),
                refusal(
                        "weightGradients",
                        "rows 1 to 1 of a matrix with 2",
                        k -> k.weightGradients(dY, ALL, List.of(), bias, 1, 1)),
                refusal(
                        "weightGradients",
                        "expected a 2 x 1 matrix, found 1 x 2",
                        k -> k.weightGradients(dY, ALL, List.of(), zeros(1, 2), 0, 2)),
                refusal(
                        "weightGradients",
                        "Columns[first=1, width=4, stride=4, repeats=1] of a matrix with 4",
                        k -> k.weightGradients(dY, Columns.range(1, 4), List.of(), bias, 0, 2)),
                refusal(
                        "weightGradients",
                        "neighbouring columns of dY",
                        k -> k.weightGradients(dY, new Columns(0, 1, 2, 2), List.of(), bias, 0, 2)),
                refusal(
                        "weightGradients",
                        ALIAS,
                        k -> k.weightGradients(bias, Columns.range(0, 1), List.of(), bias, 0, 2)),
                refusal(
                        "weightGradients",
                        "expected a 2 x 3 matrix, found 3 x 2",
                        k -> weightGradients(k, dY, bias, new WeightGradient(zeros(3, 4), 0, zeros(3, 2)))),
                refusal(
                        "weightGradients",
                        "expected a 2 x 3 matrix, found 2 x 4",
                        k -> weightGradients(k, dY, bias, right, new WeightGradient(zeros(3, 4), 0, zeros(2, 4)))),
                refusal(
                        "weightGradients",
                        "Columns[first=0, width=4, stride=4, repeats=1] of a matrix with 3",
                        k -> weightGradients(k, dY, bias, new WeightGradient(zeros(3, 3), 0, zeros(2, 3)))),
                refusal(
                        "weightGradients",
                        "Columns[first=2, width=4, stride=4, repeats=1] of a matrix with 5",
                        k -> weightGradients(k, dY, bias, right, new WeightGradient(zeros(3, 5), 2, zeros(2, 3)))),
                refusal(
                        "weightGradients",
                        ALIAS,
                        k -> weightGradients(k, dY, bias, new WeightGradient(zeros(4, 4), 0, dY))),
                refusal(
                        "weightGradients",
                        ALIAS,
                        k -> weightGradients(k, zeros(4, 4), zeros(4, 1), new WeightGradient(square, 0, square))),
                refusal(
                        "weightGradients",
                        ALIAS,
                        k -> weightGradients(k, dY, bias, right, new WeightGradient(zeros(1, 4), 0, bias))));
    }

    private static void weightGradients(Kernel kernel, R032Store dY, R032Store bias, WeightGradient... weights) {
        kernel.weightGradients(dY, ALL, List.of(weights), bias, 0, dY.getRowDim());
    }

    static Stream<Arguments> columnsAndTokens() {
        R032Store c = zeros(2, 4);
        R032Store bias = zeros(2, 1);
        R032Store w = zeros(2, 3);
        return Stream.of(
                refusal(
                        "addToColumns",
                        "expected a 2 x 1 matrix, found 3 x 1",
                        k -> k.addToColumns(w, zeros(3, 1), zeros(2, 3))),
                refusal("addToColumns", "expected a 2 x 3 matrix, found 2 x 4", k -> k.addToColumns(w, bias, c)),
                refusal(
                        "scatterColumns",
                        "expected 2 rows, found 3",
                        k -> k.scatterColumns(c, TOKENS, 0, 2, zeros(3, 3))),
                refusal(
                        "scatterColumns",
                        "token -1 of a vocabulary of 3",
                        k -> k.scatterColumns(c, new int[] {0, -1, 0, 0}, 0, 2, w)),
                refusal(
                        "scatterColumns",
                        "token 3 of a vocabulary of 3",
                        k -> k.scatterColumns(c, new int[] {0, 0, 0, 3}, 0, 2, w)),
                refusal(
                        "scatterColumns",
                        "expected a token for every column",
                        k -> k.scatterColumns(c, new int[3], 0, 2, w)),
                refusal("scatterColumns", "rows 0 to 3 of a matrix with 2", k -> k.scatterColumns(c, TOKENS, 0, 3, w)),
                refusal("scatterColumns", ALIAS, k -> k.scatterColumns(c, TOKENS, 0, 2, c)),
                refusal(
                        "softmaxCrossEntropy",
                        "Columns[first=0, width=1, stride=2, repeats=3] of a matrix with 4",
                        k -> k.softmaxCrossEntropy(zeros(3, 4), BEYOND, new int[5], new float[5], 1)),
                refusal(
                        "softmaxCrossEntropy",
                        "token 2 of a vocabulary of 2",
                        k -> k.softmaxCrossEntropy(c, ALL, TOKENS, new float[4], 1)),
                refusal(
                        "softmaxCrossEntropy",
                        "a loss for every column",
                        k -> k.softmaxCrossEntropy(zeros(3, 4), ALL, TOKENS, new float[3], 1)));
    }

    static Stream<Arguments> steps() {
        Columns step = Columns.range(2, 2);
        R032Store gates = zeros(12, 4);
        R032Store cell = zeros(3, 6);
        R032Store hidden = zeros(3, 6);
        R032Store dHidden = zeros(3, 4);
        R032Store dCarried = zeros(3, 2);
        LstmStep lstm = new LstmStep(gates, cell, hidden);
        StateGradients d = new StateGradients(dHidden, dCarried);
        Columns far = Columns.range(3, 2);
        return Stream.of(
                refusal("stepForward", ONE_STEP, k -> k.stepForward(lstm, ALL)),
                refusal("stepForward", ONE_STEP, k -> k.stepForward(lstm, new Columns(0, 1, 2, 2))),
                refusal("stepForward", BEYOND_FOUR, k -> k.stepForward(lstm, far)),
                refusal("stepBackward", ONE_STEP, k -> k.stepBackward(lstm, d, ALL)),
                refusal("stepBackward", BEYOND_FOUR, k -> k.stepBackward(lstm, d, far)),
                refusal(
                        "stepBackward",
                        "expected a 3 x 4 matrix, found 3 x 6",
                        k -> k.stepBackward(lstm, new StateGradients(zeros(3, 6), dCarried), step)),
                refusal(
                        "stepBackward",
                        "expected a 3 x 2 matrix, found 3 x 4",
                        k -> k.stepBackward(lstm, new StateGradients(dHidden, zeros(3, 4)), step)),
                refusal(
                        "fill",
                        "expected a 12 x 1 matrix, found 3 x 1",
                        k -> k.fill(new Addend.Column(zeros(3, 1)), gates, ALL)),
                refusal(
                        "fill",
                        "expected 12 rows, found 3",
                        k -> k.fill(new Addend.Gathered(zeros(3, 1), TOKENS), gates, ALL)),
                refusal("transpose", BEYOND_FOUR, k -> k.transpose(zeros(4, 12), Addend.ZERO, gates, far)),
                refusal("fill", BEYOND_FOUR, k -> k.fill(Addend.ZERO, gates, far)),
                refusal(
                        "diagonalGradient",
                        "rows 1 to 4 of a matrix with 3",
                        k -> k.diagonalGradient(new DiagonalGradient(gates, 3, hidden, 2, zeros(9, 1), 6), 1, 4)));
    }

    static Stream<Arguments> records() {
        R032Store gates = zeros(12, 4);
        R032Store cell = zeros(3, 6);
        R032Store hidden = zeros(3, 6);
        String blocks = "one block of columns more of hidden states than of gates";
        return Stream.of(
                wrong("expected 12 rows, found 9", () -> new LstmStep(zeros(9, 4), cell, hidden)),
                wrong(blocks, () -> new LstmStep(zeros(12, 6), cell, hidden)),
                wrong(blocks, () -> new LstmStep(zeros(12, 5), cell, zeros(3, 8))),
                wrong("expected a 3 x 6 matrix, found 3 x 4", () -> new LstmStep(gates, zeros(3, 4), hidden)),
                wrong(ALIAS, () -> new LstmStep(gates, hidden, hidden)),
                wrong(
                        "expected a 9 x 1 matrix, found 3 x 1",
                        () -> new PeepholeStep(new LstmStep(gates, cell, hidden), zeros(3, 1))),
                wrong("expected 9 rows, found 12", () -> new GruStep(gates, gates, hidden)),
                wrong("expected a 9 x 4 matrix, found 12 x 4", () -> new GruStep(gates, zeros(9, 4), hidden)),
                wrong("expected 3 rows, found 12", () -> new RnnStep(gates, hidden)),
                wrong(ALIAS, () -> new StateGradients(hidden, hidden)),
                wrong("expected 3 rows, found 2", () -> new StateGradients(hidden, zeros(2, 2))),
                wrong(
                        "rows 10 to 13 of a matrix with 12",
                        () -> new DiagonalGradient(gates, 10, hidden, 0, zeros(3, 1), 0)),
                wrong(
                        "Columns[first=3, width=4, stride=4, repeats=1] of a matrix with 6",
                        () -> new DiagonalGradient(gates, 0, hidden, 3, zeros(3, 1), 0)),
                wrong(
                        "expected a 3 x 1 matrix, found 3 x 2",
                        () -> new DiagonalGradient(gates, 0, hidden, 0, zeros(3, 2), 0)));
    }

    private static Arguments wrong(String message, Runnable create) {
        return Arguments.of(message, create);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void matricesThatDoNotFitAreRefused(String message, Runnable create) {
        assertThatIllegalArgumentException().isThrownBy(create::run).withMessageContaining(message);
    }

    static Stream<Arguments> attention() {
        R032Store p = zeros(6, 4);
        R032Store d = zeros(6, 4);
        R032Store x = zeros(6, 4);
        return Stream.of(
                refusal("softmaxBands", BEYOND_FOUR, k -> k.softmaxBands(p, Columns.range(3, 2), 3, 1)),
                refusal("softmaxBands", BANDS, k -> k.softmaxBands(p, ALL, 0, 0)),
                refusal("softmaxBands", BANDS, k -> k.softmaxBands(p, ALL, 0, 4)),
                refusal("softmaxBands", BANDS, k -> k.softmaxBands(p, ALL, 1, 1)),
                refusal(
                        "softmaxGradient",
                        "expected 6 rows, found 5",
                        k -> k.softmaxGradient(p, zeros(5, 4), ALL, 0, 3)),
                refusal("softmaxGradient", BEYOND_FOUR, k -> k.softmaxGradient(p, d, Columns.range(3, 2), 3, 1)),
                refusal("softmaxGradient", ALIAS, k -> k.softmaxGradient(p, p, ALL, 0, 3)),
                refusal("softmaxGradient", BANDS, k -> k.softmaxGradient(p, d, ALL, 0, 4)),
                refusal("copyColumns", ALIAS, k -> k.copyColumns(d, ALL, d, ALL)),
                refusal("addGated", "expected 6 rows, found 5", k -> k.addGated(zeros(5, 4), x, d, ALL)),
                refusal("addGated", ALIAS, k -> k.addGated(p, x, p, ALL)),
                refusal("addGatedGradient", ALIAS, k -> k.addGatedGradient(p, x, x, ALL)),
                refusal("addGatedGradient", BEYOND_FOUR, k -> k.addGatedGradient(p, x, d, Columns.range(3, 2))),
                refusal(
                        "addColumns",
                        "as many columns of a as of c",
                        k -> k.addColumns(x, Columns.range(0, 3), d, ALL)),
                refusal(
                        "normalizeColumns",
                        "as many columns of a as of c",
                        k -> k.normalizeColumns(x, Columns.range(0, 3), 1, d, ALL)),
                refusal("normalizeColumns", ALIAS, k -> k.normalizeColumns(d, ALL, 1, d, ALL)),
                refusal("normalizeGradient", ALIAS, k -> k.normalizeGradient(d, ALL, 1, d, ALL)),
                refusal(
                        "normalizeGradient",
                        "expected 6 rows, found 5",
                        k -> k.normalizeGradient(zeros(5, 4), ALL, 1, d, ALL)),
                refusal("addRows", ALIAS, k -> k.addRows(d, 0, 2, d)),
                refusal("addRows", "expected a 6 x 4 matrix, found 5 x 4", k -> k.addRows(zeros(5, 4), 0, 2, d)),
                refusal("addRows", "rows 3 to 7 of a matrix with 6", k -> k.addRows(x, 3, 7, d)),
                refusal("addColumns", ALIAS, k -> k.addColumns(d, ALL, d, ALL)),
                refusal("addColumns", "expected 6 rows, found 5", k -> k.addColumns(zeros(5, 4), ALL, d, ALL)));
    }

    static Stream<Arguments> elements() {
        R032Store c = zeros(2, 4);
        R032Store d = zeros(2, 4);
        Columns shifted = Columns.range(1, 3);
        return Stream.of(
                refusal(
                        "multiplyElements",
                        "expected 2 rows, found 3",
                        k -> k.multiplyElements(c, ALL, zeros(3, 4), d, ALL)),
                refusal(
                        "multiplyElements",
                        "as many columns of a as of c",
                        k -> k.multiplyElements(c, shifted, d, zeros(2, 4), ALL)),
                refusal(
                        "multiplyElements",
                        "c is a only where the columns are the same",
                        k -> k.multiplyElements(c, shifted, d, c, Columns.range(0, 3))),
                refusal("dropoutMask", "dropout from 0 to below 1", k -> k.dropoutMask(1, 1, c, ALL)),
                refusal("dropoutMask", "dropout from 0 to below 1", k -> k.dropoutMask(1, Float.NaN, c, ALL)),
                refusal(
                        "dropoutMask",
                        "Columns[first=2, width=4, stride=4, repeats=1] of a matrix with 4",
                        k -> k.dropoutMask(1, 0, c, FAR)),
                refusal("sumOfSquares", "elements 0 to 9 of 8", k -> k.sumOfSquares(c, 0, 9)),
                refusal("sumOfSquares", "elements 3 to 2 of 8", k -> k.sumOfSquares(c, 3, 2)),
                refusal(
                        "adam",
                        "expected a 2 x 4 matrix, found 4 x 2",
                        k -> k.adam(c, zeros(4, 2), d, zeros(2, 4), 0, 8, STEP)),
                refusal("adam", "elements -1 to 8 of 8", k -> k.adam(c, d, zeros(2, 4), zeros(2, 4), -1, 8, STEP)),
                refusal("adam", ALIAS, k -> k.adam(c, d, c, zeros(2, 4), 0, 8, STEP)));
    }

    @Test
    void whatIsRightReachesTheKernel() {
        Columns twice = new Columns(0, 2, 3, 2);
        R032Store x = zeros(3, 5);
        R032Store c = zeros(2, 4);
        kernel.multiply(new Packed(2, 3), x, twice, Addend.ZERO, c, ALL);
        kernel.multiply(new Packed(2, 3), x, twice, Addend.OWN, c, ALL);
        kernel.multiply(new Packed(2, 3), x, twice, new Addend.Column(zeros(2, 1)), c, ALL);
        // A token that is not asked for may be anything.
        int[] tokens = {9, 9, 0, 1, 2, 0};
        kernel.multiply(new Packed(2, 3), x, twice, new Addend.Gathered(zeros(2, 3), tokens), zeros(2, 6), FAR);
        kernel.weightGradients(c, ALL, List.of(), zeros(2, 1), 1, 2);
        WeightGradient weight = new WeightGradient(x, 1, zeros(2, 3));
        kernel.weightGradients(c, ALL, List.of(weight, new WeightGradient(x, 0, zeros(2, 3))), zeros(2, 1), 0, 2);
        kernel.addToColumns(zeros(2, 3), zeros(2, 1), zeros(2, 3));
        kernel.scatterColumns(c, TOKENS, 1, 2, zeros(2, 3));
        Columns step = Columns.range(2, 2);
        LstmStep lstm = new LstmStep(zeros(12, 4), zeros(3, 6), zeros(3, 6));
        kernel.fill(new Addend.Column(zeros(12, 1)), lstm.gates(), step);
        kernel.stepForward(lstm, step);
        kernel.stepBackward(lstm, new StateGradients(zeros(3, 4), zeros(3, 2)), step);
        kernel.diagonalGradient(new DiagonalGradient(lstm.gates(), 0, lstm.cell(), 2, zeros(3, 1), 0), 1, 3);
        kernel.pack(x, THREE, new Packed(3, 5), 2);
        kernel.packTransposed(x, THREE, new Packed(4, 3), 1);
        kernel.softmaxBands(zeros(6, 4), ALL, 0, 3);
        kernel.softmaxGradient(zeros(6, 4), zeros(6, 4), ALL, -1, 2);
        kernel.copyColumns(zeros(2, 6), FAR, c, ALL);
        kernel.addGated(zeros(2, 4), zeros(2, 4), c, ALL);
        kernel.addGatedGradient(zeros(2, 4), zeros(2, 4), c, ALL);
        kernel.addColumns(zeros(2, 6), FAR, c, ALL);
        kernel.addRows(zeros(2, 4), 1, 2, c);
        kernel.normalizeColumns(zeros(2, 6), FAR, 1, c, ALL);
        kernel.normalizeGradient(zeros(2, 6), FAR, 1, c, ALL);
        kernel.sumOfSquares(zeros(2, 2), 4, 4);

        assertThat(reached)
                .containsExactly(
                        "multiply",
                        "multiply",
                        "multiply",
                        "multiply",
                        "weightGradients",
                        "weightGradients",
                        "addToColumns",
                        "scatterColumns",
                        "fill",
                        "stepForward",
                        "stepBackward",
                        "diagonalGradient",
                        "pack",
                        "packTransposed",
                        "softmaxBands",
                        "softmaxGradient",
                        "copyColumns",
                        "addGated",
                        "addGatedGradient",
                        "addColumns",
                        "addRows",
                        "normalizeColumns",
                        "normalizeGradient",
                        "sumOfSquares");
    }
}
