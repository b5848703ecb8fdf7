package lstm.kernel;

import static lstm.kernel.Control.logistic;
import static lstm.kernel.Matrices.at;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.ojalgo.matrix.store.R032Store;

/**
 * One step of the other cells, forward and backward, on a window of 3 steps x 5 streams; {@link LstmStepTest} is about the
 * LSTM's.
 */
@BothKernels
class CellStepTest {

    /** Relative error of an activation; {@link ActivationAccuracyTest} holds it. Far above the rounding of a product. */
    private static final double ACTIVATION = ActivationAccuracyTest.TOLERANCE;
    /** More roundings than lie between any operand and any result of a way back. */
    private static final double ROUNDINGS = 16 * Sum.ROUNDING;

    private static final int STREAMS = 5;
    private static final int STEPS = 3;
    private static final Columns COLUMNS = Columns.range(STREAMS + 1, 3);

    @SuppressWarnings("unused") // read by FieldSource
    static final Iterable<Integer> SIZES = Matrices.SIZES;

    private final Kernel kernel;

    CellStepTest(KernelChoice.Request request) {
        kernel = KernelChoice.of(request).kernels().get();
    }

    /** What a step's matrices held, and what they must hold. */
    private interface Expectation {
        void of(int r, int j);
    }

    private static void everywhere(int h, Expectation expectation) {
        for (int j = 0; j < COLUMNS.count(); j++) {
            for (int r = 0; r < h; r++) {
                expectation.of(r, COLUMNS.at(j));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void simpleForward(int h) {
        RnnStep s = (RnnStep) steps(Steps.Kind.RNN, h).step();
        Expected hidden = Expected.unchanged(s.hidden());
        everywhere(h, (r, j) -> {
            double y = Math.tanh(at(s.gates(), r, j));
            hidden.set(r, j + STREAMS, y, ACTIVATION * Math.abs(y));
        });

        kernel.stepForward(s, COLUMNS);

        hidden.assertMatches(s.hidden(), "hidden state of %d units".formatted(h));
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void simpleBackward(int h) {
        Steps steps = steps(Steps.Kind.RNN, h);
        R032Store before = steps.gradients().dHidden();
        RnnStep s = (RnnStep) steps.step();
        Expected gates = Expected.unchanged(s.gates());
        everywhere(h, (r, j) -> {
            double y = at(s.hidden(), r, j + STREAMS);
            gates.set(r, j, at(before, r, j) * (1 - y * y), ROUNDINGS * Math.abs(at(before, r, j)));
        });

        kernel.stepBackward(s, steps.gradients(), COLUMNS);

        gates.assertMatches(s.gates(), "gradients of %d units".formatted(h));
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void gatedForward(int h) {
        GruStep s = (GruStep) steps(Steps.Kind.GRU, h).step();
        Expected gates = Expected.unchanged(s.gates());
        Expected inputs = Expected.unchanged(s.inputs());
        Expected hidden = Expected.unchanged(s.hidden());
        everywhere(h, (i, j) -> {
            double reset = logistic(at(s.inputs(), i, j) + at(s.gates(), i, j));
            double update = logistic(at(s.inputs(), h + i, j) + at(s.gates(), h + i, j));
            double product = at(s.gates(), 2 * h + i, j);
            double n = Math.tanh(at(s.inputs(), 2 * h + i, j) + reset * product);
            double previous = at(s.hidden(), i, j);
            // A sum of two numbers below 5 is rounded before it is activated.
            double before = ACTIVATION + 5 * Sum.ROUNDING;
            double candidate = 2 * before * (1 + Math.abs(product));
            gates.set(i, j, reset, before);
            gates.set(h + i, j, update, before);
            inputs.set(2 * h + i, j, n, candidate);
            double tolerance = candidate + before * Math.abs(previous - n) + 2 * ROUNDINGS;
            hidden.set(i, j + STREAMS, (1 - update) * n + update * previous, tolerance);
        });

        kernel.stepForward(s, COLUMNS);

        gates.assertMatches(s.gates(), "gates of %d units".formatted(h));
        inputs.assertMatches(s.inputs(), "candidates of %d units".formatted(h));
        hidden.assertMatches(s.hidden(), "hidden state of %d units".formatted(h));
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void gatedBackward(int h) {
        Steps steps = steps(Steps.Kind.GRU, h);
        GruStep s = (GruStep) steps.step();
        Expected gates = Expected.unchanged(s.gates());
        Expected inputs = Expected.unchanged(s.inputs());
        Expected carried = Expected.unchanged(steps.gradients().dCarried());
        everywhere(h, (i, j) -> {
            double r = at(s.gates(), i, j);
            double z = at(s.gates(), h + i, j);
            double u = at(s.gates(), 2 * h + i, j);
            double n = at(s.inputs(), 2 * h + i, j);
            double previous = at(s.hidden(), i, j);
            double d = at(steps.gradients().dHidden(), i, j) + carried.get(i, j % STREAMS);
            double size = Math.abs(at(steps.gradients().dHidden(), i, j)) + Math.abs(carried.get(i, j % STREAMS));
            double dN = d * (1 - z) * (1 - n * n);
            // The differences cancel, so what they are made of bounds their error.
            double sizeN = size * (1 + Math.abs(z)) * (1 + n * n);
            double dZ = d * (previous - n) * z * (1 - z);
            double sizeZ = size * (Math.abs(previous) + Math.abs(n)) * Math.abs(z) * (1 + Math.abs(z));
            double dR = dN * u * r * (1 - r);
            double sizeR = sizeN * Math.abs(u * r) * (1 + Math.abs(r));
            inputs.set(i, j, dR, ROUNDINGS * sizeR);
            inputs.set(h + i, j, dZ, ROUNDINGS * sizeZ);
            inputs.set(2 * h + i, j, dN, ROUNDINGS * sizeN);
            gates.set(i, j, dR, ROUNDINGS * sizeR);
            gates.set(h + i, j, dZ, ROUNDINGS * sizeZ);
            gates.set(2 * h + i, j, dN * r, ROUNDINGS * sizeN * Math.abs(r));
            carried.set(i, j % STREAMS, d * z, ROUNDINGS * size * Math.abs(z));
        });

        kernel.stepBackward(s, steps.gradients(), COLUMNS);

        gates.assertMatches(s.gates(), "gradients by the product, of %d units".formatted(h));
        inputs.assertMatches(s.inputs(), "gradients by the input's part, of %d units".formatted(h));
        carried.assertMatches(steps.gradients().dCarried(), "gradient by the state of %d units".formatted(h));
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void peepholesForward(int h) {
        PeepholeStep s = (PeepholeStep) steps(Steps.Kind.PEEPHOLE, h).step();
        LstmStep lstm = s.lstm();
        Expected gates = Expected.unchanged(lstm.gates());
        Expected cell = Expected.unchanged(lstm.cell());
        Expected hidden = Expected.unchanged(lstm.hidden());
        // A sum of two numbers below 5 is rounded before it is activated.
        double gate = ACTIVATION + 5 * Sum.ROUNDING;
        everywhere(h, (r, j) -> {
            double c = at(lstm.cell(), r, j);
            double i = logistic(at(lstm.gates(), r, j) + at(s.weights(), r, 0) * c);
            double f = logistic(at(lstm.gates(), h + r, j) + at(s.weights(), h + r, 0) * c);
            double g = Math.tanh(at(lstm.gates(), 2 * h + r, j));
            double next = f * c + i * g;
            double o = logistic(at(lstm.gates(), 3 * h + r, j) + at(s.weights(), 2 * h + r, 0) * next);
            double ofCell = gate * (Math.abs(c) + 2) + ROUNDINGS;
            double ofOutput = gate + ofCell;
            gates.set(r, j, i, gate);
            gates.set(h + r, j, f, gate);
            gates.set(2 * h + r, j, g, ACTIVATION);
            gates.set(3 * h + r, j, o, ofOutput);
            cell.set(r, j + STREAMS, next, ofCell);
            hidden.set(r, j + STREAMS, o * Math.tanh(next), ofOutput + ofCell + ACTIVATION);
        });

        kernel.stepForward(s, COLUMNS);

        gates.assertMatches(lstm.gates(), "gates of %d units".formatted(h));
        cell.assertMatches(lstm.cell(), "cell state of %d units".formatted(h));
        hidden.assertMatches(lstm.hidden(), "hidden state of %d units".formatted(h));
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void peepholesBackward(int h) {
        Steps steps = steps(Steps.Kind.PEEPHOLE, h);
        PeepholeStep s = (PeepholeStep) steps.step();
        LstmStep lstm = s.lstm();
        Expected gates = Expected.unchanged(lstm.gates());
        Expected carried = Expected.unchanged(steps.gradients().dCarried());
        // That of the activation y, too: what is linear in y or y * y is off by it once or twice, and has y * y in its
        // size.
        double tolerance = ROUNDINGS + 2 * ACTIVATION;
        everywhere(h, (r, j) -> {
            double i = at(lstm.gates(), r, j);
            double f = at(lstm.gates(), h + r, j);
            double g = at(lstm.gates(), 2 * h + r, j);
            double o = at(lstm.gates(), 3 * h + r, j);
            double y = Math.tanh(at(lstm.cell(), r, j + STREAMS));
            double c = at(lstm.cell(), r, j);
            double dH = at(steps.gradients().dHidden(), r, j);
            double later = carried.get(r, j % STREAMS);
            double dO = dH * y * o * (1 - o);
            double sizeO = Math.abs(dH * y * o) * (1 + Math.abs(o));
            double d = later + dH * o * (1 - y * y) + at(s.weights(), 2 * h + r, 0) * dO;
            double size = Math.abs(later) + Math.abs(dH * o) * (1 + y * y) + sizeO;
            double dI = d * g * i * (1 - i);
            double sizeI = size * Math.abs(g * i) * (1 + Math.abs(i));
            double dF = d * c * f * (1 - f);
            double sizeF = size * Math.abs(c * f) * (1 + Math.abs(f));
            gates.set(r, j, dI, tolerance * sizeI);
            gates.set(h + r, j, dF, tolerance * sizeF);
            gates.set(2 * h + r, j, d * i * (1 - g * g), tolerance * size * Math.abs(i) * (1 + g * g));
            gates.set(3 * h + r, j, dO, tolerance * sizeO);
            double previous = d * f + at(s.weights(), r, 0) * dI + at(s.weights(), h + r, 0) * dF;
            carried.set(r, j % STREAMS, previous, tolerance * (size * Math.abs(f) + sizeI + sizeF));
        });

        kernel.stepBackward(s, steps.gradients(), COLUMNS);

        gates.assertMatches(lstm.gates(), "gate gradients of %d units".formatted(h));
        carried.assertMatches(steps.gradients().dCarried(), "gradient by the cell state of %d units".formatted(h));
    }

    @ParameterizedTest
    @FieldSource("SIZES")
    void diagonalGradients(int h) {
        R032Store dY = Matrices.random(3 * h, 11);
        R032Store x = Matrices.random(h, 13);
        R032Store sums = Matrices.random(2 * h, 1);
        Expected expected = Expected.unchanged(sums);
        for (int r = 0; r < h; r++) {
            Sum sum = new Sum();
            for (int j = 0; j < 11; j++) {
                sum.add(at(dY, 2 * h + r, j) * at(x, r, j + 2));
            }
            expected.set(h + r, 0, sum);
        }

        kernel.diagonalGradient(new DiagonalGradient(dY, 2 * h, x, 2, sums, h), 0, h);

        expected.assertMatches(sums, "gradient of %d weights".formatted(h));
    }

    private static Steps steps(Steps.Kind kind, int h) {
        return Steps.random(kind, h, STEPS, STREAMS);
    }
}
