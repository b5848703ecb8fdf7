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
    private static final AdamStep STEP = new AdamStep(1, 1, 1, 1, 1, 1);
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
    @MethodSource({"products", "columnsAndTokens", "steps", "elements"})
    void aMistakeIsRefusedBeforeTheKernelIsReached(String operation, String message, Consumer<Kernel> call) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call.accept(kernel))
                .withMessage("kernel: " + message);
        assertThat(reached).isEmpty();
    }

    static Stream<Arguments> products() {
        R032Store square = zeros(4, 4);
        R032Store a = zeros(2, 4);
        R032Store b = zeros(3, 5);
        return Stream.of(
                refusal("newPacked", "a packed matrix is not empty", k -> k.newPacked(0, 1)),
                refusal("newPacked", "a packed matrix is not empty", k -> k.newPacked(1, 0)),
                refusal("pack", "expected a 3 x 2 matrix, found 2 x 3", k -> k.pack(zeros(2, 3), new Packed(3, 2))),
                refusal(
                        "packTransposed",
                        "expected a 2 x 3 matrix, found 3 x 2",
                        k -> k.packTransposed(zeros(3, 2), new Packed(3, 2))),
                refusal("multiplyAdd", "expected 3 rows, found 2", k -> multiplyAdd(k, zeros(2, 4), ALL, a, ALL)),
                refusal("multiplyAdd", "expected 2 rows, found 3", k -> multiplyAdd(k, b, ALL, zeros(3, 4), ALL)),
                refusal(
                        "multiplyAdd",
                        "Columns[first=2, width=4, stride=4, repeats=1] of a matrix with 5",
                        k -> multiplyAdd(k, b, FAR, a, ALL)),
                refusal(
                        "multiplyAdd",
                        "Columns[first=2, width=4, stride=4, repeats=1] of a matrix with 4",
                        k -> multiplyAdd(k, b, ALL, a, FAR)),
                refusal(
                        "multiplyAdd",
                        "as many columns of b as of c",
                        k -> multiplyAdd(k, b, Columns.range(0, 3), a, ALL)),
                refusal("multiplyAdd", ALIAS, k -> k.multiplyAdd(new Packed(4, 4), square, ALL, square, ALL)),
                refusal(
                        "multiplyTransposed",
                        "expected a 2 x 3 matrix, found 3 x 2",
                        k -> k.multiplyTransposed(a, b, 0, 4, 0, 2, zeros(3, 2))),
                refusal(
                        "multiplyTransposed",
                        "rows 1 to 3 of a matrix with 2",
                        k -> k.multiplyTransposed(a, b, 0, 4, 1, 3, zeros(2, 3))),
                refusal(
                        "multiplyTransposed",
                        "rows 1 to 1 of a matrix with 2",
                        k -> k.multiplyTransposed(a, b, 0, 4, 1, 1, zeros(2, 3))),
                refusal(
                        "multiplyTransposed",
                        "Columns[first=0, width=5, stride=5, repeats=1] of a matrix with 4",
                        k -> k.multiplyTransposed(a, b, 0, 5, 0, 2, zeros(2, 3))),
                refusal(
                        "multiplyTransposed",
                        "Columns[first=2, width=4, stride=4, repeats=1] of a matrix with 5",
                        k -> k.multiplyTransposed(a, b, 2, 4, 0, 2, zeros(2, 3))),
                refusal(
                        "multiplyTransposed",
                        ALIAS,
                        k -> k.multiplyTransposed(square, zeros(4, 4), 0, 4, 0, 4, square)));
    }

    private static void multiplyAdd(Kernel kernel, R032Store b, Columns bColumns, R032Store c, Columns cColumns) {
        kernel.multiplyAdd(new Packed(2, 3), b, bColumns, c, cColumns);
    }

    static Stream<Arguments> columnsAndTokens() {
        R032Store c = zeros(2, 4);
        R032Store bias = zeros(2, 1);
        R032Store w = zeros(2, 3);
        return Stream.of(
                refusal("rowSums", "expected a 2 x 1 matrix, found 1 x 2", k -> k.rowSums(c, 4, 0, 2, zeros(1, 2))),
                refusal("rowSums", "rows -1 to 2 of a matrix with 2", k -> k.rowSums(c, 4, -1, 2, bias)),
                refusal(
                        "rowSums",
                        "Columns[first=0, width=5, stride=5, repeats=1] of a matrix with 4",
                        k -> k.rowSums(c, 5, 0, 2, bias)),
                refusal("fillColumns", "expected a 2 x 1 matrix, found 3 x 1", k -> k.fillColumns(zeros(3, 1), c, ALL)),
                refusal(
                        "fillColumns",
                        "Columns[first=0, width=1, stride=2, repeats=3] of a matrix with 4",
                        k -> k.fillColumns(bias, c, BEYOND)),
                refusal("fillColumns", ALIAS, k -> k.fillColumns(bias, bias, Columns.range(0, 1))),
                refusal(
                        "gatherColumns",
                        "expected 2 rows, found 3",
                        k -> k.gatherColumns(zeros(3, 3), bias, TOKENS, c, ALL)),
                refusal(
                        "gatherColumns",
                        "token 3 of a vocabulary of 3",
                        k -> k.gatherColumns(w, bias, new int[] {0, 0, 0, 3}, c, ALL)),
                refusal(
                        "gatherColumns",
                        "expected a token for every column",
                        k -> k.gatherColumns(w, bias, new int[3], c, ALL)),
                refusal("gatherColumns", ALIAS, k -> k.gatherColumns(c, bias, TOKENS, c, ALL)),
                refusal(
                        "scatterColumns",
                        "token -1 of a vocabulary of 3",
                        k -> k.scatterColumns(c, new int[] {0, -1, 0, 0}, 4, 0, 2, w)),
                refusal(
                        "scatterColumns",
                        "rows 0 to 3 of a matrix with 2",
                        k -> k.scatterColumns(c, TOKENS, 4, 0, 3, w)),
                refusal("scatterColumns", ALIAS, k -> k.scatterColumns(c, TOKENS, 4, 0, 2, c)),
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
        R032Store states = zeros(3, 6);
        R032Store dHidden = zeros(3, 4);
        String oneStep = "one step of the streams at a time";
        return Stream.of(
                refusal(
                        "lstmForward",
                        "expected 12 rows, found 9",
                        k -> k.lstmForward(zeros(9, 4), states, zeros(3, 6), step, 2)),
                refusal(
                        "lstmForward",
                        "expected 3 rows, found 2",
                        k -> k.lstmForward(gates, zeros(2, 6), states, step, 2)),
                refusal(
                        "lstmForward",
                        "Columns[first=4, width=2, stride=2, repeats=1] of a matrix with 5",
                        k -> k.lstmForward(gates, states, zeros(3, 5), step, 2)),
                refusal("lstmForward", oneStep, k -> k.lstmForward(gates, states, zeros(3, 6), ALL, 2)),
                refusal("lstmForward", ALIAS, k -> k.lstmForward(gates, states, states, step, 2)),
                refusal(
                        "lstmBackward",
                        "expected a 3 x 2 matrix, found 3 x 4",
                        k -> k.lstmBackward(gates, states, dHidden, zeros(3, 4), step, 2)),
                refusal(
                        "lstmBackward",
                        "Columns[first=2, width=2, stride=2, repeats=1] of a matrix with 3",
                        k -> k.lstmBackward(gates, states, zeros(3, 3), zeros(3, 2), step, 2)),
                refusal("lstmBackward", oneStep, k -> k.lstmBackward(gates, states, dHidden, zeros(3, 2), ALL, 2)),
                refusal(
                        "lstmBackward",
                        ALIAS,
                        k -> k.lstmBackward(gates, zeros(3, 8), dHidden, dHidden, Columns.range(0, 4), 4)));
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
        kernel.multiplyAdd(new Packed(2, 3), zeros(3, 5), new Columns(0, 2, 3, 2), zeros(2, 4), ALL);
        kernel.multiplyTransposed(zeros(2, 4), zeros(3, 5), 1, 4, 0, 2, zeros(2, 3));
        kernel.lstmForward(zeros(12, 4), zeros(3, 6), zeros(3, 6), Columns.range(2, 2), 2);
        kernel.lstmBackward(zeros(12, 4), zeros(3, 6), zeros(3, 4), zeros(3, 2), Columns.range(2, 2), 2);
        kernel.sumOfSquares(zeros(2, 2), 4, 4);

        assertThat(reached)
                .containsExactly("multiplyAdd", "multiplyTransposed", "lstmForward", "lstmBackward", "sumOfSquares");
    }
}
