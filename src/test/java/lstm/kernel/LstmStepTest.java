package lstm.kernel;

import static lstm.kernel.Control.logistic;
import static lstm.kernel.Matrices.at;
import static lstm.kernel.Matrices.random;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.ojalgo.matrix.store.R032Store;

/** One step of an LSTM's gates, forward and backward, on a window of 3 steps x 5 streams. */
@BothKernels
class LstmStepTest {

    /** Relative error of an activation; {@link ActivationAccuracyTest} holds it. Far above the rounding of a product. */
    private static final double ACTIVATION = ActivationAccuracyTest.TOLERANCE;

    private static final int STREAMS = 5;
    private static final int STEPS = 3;
    private static final Columns COLUMNS = Columns.range(STREAMS + 1, 3);

    @SuppressWarnings("unused") // read by FieldSource
    static final Iterable<Integer> SIZES = Matrices.SIZES;

    private final Kernel kernel;

    LstmStepTest(KernelChoice.Request request) {
        kernel = KernelChoice.of(request).kernels().get();
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void forwardActivatesTheGatesAndWritesTheNextStates(int h) {
        R032Store gates = random(4 * h, STEPS * STREAMS, 8);
        R032Store cell = random(h, (STEPS + 1) * STREAMS, 2);
        R032Store hidden = random(h, (STEPS + 1) * STREAMS);
        Expected expectedGates = Expected.unchanged(gates);
        Expected expectedCell = Expected.unchanged(cell);
        Expected expectedHidden = Expected.unchanged(hidden);
        for (int j = 0; j < COLUMNS.count(); j++) {
            for (int r = 0; r < h; r++) {
                expectForward(r, COLUMNS.at(j), h, gates, expectedGates, expectedCell, expectedHidden);
            }
        }

        kernel.stepForward(new LstmStep(gates, cell, hidden), COLUMNS);

        expectedGates.assertMatches(gates, "gates of %d units".formatted(h));
        expectedCell.assertMatches(cell, "cell state of %d units".formatted(h));
        expectedHidden.assertMatches(hidden, "hidden state of %d units".formatted(h));
    }

    private static void expectForward(
            int r, int j, int h, R032Store before, Expected gates, Expected cell, Expected hidden) {
        double i = logistic(at(before, r, j));
        double f = logistic(at(before, h + r, j));
        double g = Math.tanh(at(before, 2 * h + r, j));
        double o = logistic(at(before, 3 * h + r, j));
        gates.set(r, j, i, i * ACTIVATION);
        gates.set(h + r, j, f, f * ACTIVATION);
        gates.set(2 * h + r, j, g, Math.abs(g) * ACTIVATION);
        gates.set(3 * h + r, j, o, o * ACTIVATION);

        double kept = f * cell.get(r, j);
        double next = kept + i * g;
        // Two activations in i g, and one more for all the rounding.
        double cellTolerance = 3 * ACTIVATION * (Math.abs(kept) + Math.abs(i * g));
        cell.set(r, j + STREAMS, next, cellTolerance);

        double t = Math.tanh(next);
        // tanh's slope is at most 1: the cell state's error passes through it and is not amplified.
        hidden.set(r, j + STREAMS, o * t, o * (3 * ACTIVATION * Math.abs(t) + cellTolerance));
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void backwardTurnsGatesIntoTheirGradientsAndCarriesTheCellsGradientBack(int h) {
        R032Store gates = random(4 * h, STEPS * STREAMS);
        R032Store cell = random(h, (STEPS + 1) * STREAMS, 2);
        R032Store dHidden = random(h, STEPS * STREAMS, 3);
        R032Store dCell = random(h, STREAMS);
        Expected expectedGates = Expected.unchanged(gates);
        Expected expectedCell = Expected.unchanged(dCell);
        for (int j = 0; j < COLUMNS.count(); j++) {
            for (int r = 0; r < h; r++) {
                expectBackward(r, COLUMNS.at(j), h, gates, cell, dHidden, expectedGates, expectedCell);
            }
        }
        List<R032Store> read = List.of(cell, dHidden);
        List<R032Store> before = read.stream().map(Matrices::copy).toList();

        R032Store hidden = Matrices.zeros(h, (STEPS + 1) * STREAMS);
        LstmStep step = new LstmStep(gates, cell, hidden);
        kernel.stepBackward(step, new StateGradients(dHidden, dCell), COLUMNS);

        expectedGates.assertMatches(gates, "gate gradients of %d units".formatted(h));
        expectedCell.assertMatches(dCell, "cell gradient of %d units".formatted(h));
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i).data).isEqualTo(before.get(i).data);
        }
    }

    /**
     * Gates that no activation could have given are as good here as any, and so is a cell state that they do not lead to: what
     * is tested is the arithmetic.
     */
    private static void expectBackward(
            int r, int j, int h, R032Store before, R032Store cell, R032Store dHidden, Expected gates, Expected dCell) {
        double i = at(before, r, j);
        double f = at(before, h + r, j);
        double g = at(before, 2 * h + r, j);
        double o = at(before, 3 * h + r, j);
        double previous = at(cell, r, j);
        double t = Math.tanh(at(cell, r, j + STREAMS));
        double dh = at(dHidden, r, j);
        double later = dCell.get(r, j % STREAMS);
        double d = later + dh * o * (1 - t * t);

        // Five roundings on the way to d, at most four more on the way to a gradient, and one for the denominator. The
        // differences 1 - t^2 and 1 - g^2 may cancel: the squares are off by half an ulp of 1 at most, and t^2 by twice
        // what t is.
        double tolerance =
                10 * Sum.ROUNDING * (Math.abs(later) + Math.abs(dh * o)) + 2 * ACTIVATION * t * t * Math.abs(dh * o);
        gates.set(r, j, d * g * i * (1 - i), tolerance * Math.abs(g * i * (1 - i)));
        gates.set(h + r, j, d * previous * f * (1 - f), tolerance * Math.abs(previous * f * (1 - f)));
        gates.set(2 * h + r, j, d * i * (1 - g * g), tolerance * Math.abs(i));
        gates.set(3 * h + r, j, dh * t * o * (1 - o), (5 * Sum.ROUNDING + ACTIVATION) * Math.abs(dh * t * o * (1 - o)));
        dCell.set(r, j % STREAMS, d * f, tolerance * Math.abs(f));
    }

    @Test
    void stepsOneAfterTheOtherCarryTheCellState() {
        R032Store gates = random(4, STEPS, 2);
        R032Store cell = random(1, STEPS + 1);
        R032Store hidden = random(1, STEPS + 1);
        Expected expected = Expected.unchanged(cell);
        double[] x = IntStream.range(0, gates.data.length)
                .mapToDouble(i -> gates.data[i])
                .toArray();
        for (int t = 0; t < STEPS; t++) {
            double kept = logistic(x[4 * t + 1]) * expected.get(0, t);
            double added = logistic(x[4 * t]) * Math.tanh(x[4 * t + 2]);
            double tolerance = expected.tolerance(0, t) + 3 * ACTIVATION * (Math.abs(kept) + Math.abs(added));
            expected.set(0, t + 1, kept + added, tolerance);
        }

        LstmStep step = new LstmStep(gates, cell, hidden);
        for (int t = 0; t < STEPS; t++) {
            kernel.stepForward(step, Columns.range(t, 1));
        }

        expected.assertMatches(cell, "cell state over %d steps".formatted(STEPS));
    }
}
