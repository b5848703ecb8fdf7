package lstm.model;

import static lstm.kernel.Matrices.random;
import static lstm.kernel.Matrices.zeros;
import static lstm.kernel.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import lstm.kernel.BothKernels;
import lstm.kernel.Columns;
import lstm.kernel.Kernel;
import lstm.kernel.KernelChoice;
import lstm.kernel.WeightGradient;
import lstm.kernel.Workers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ojalgo.matrix.store.R032Store;

/** However a gradient is cut, and whoever is done first, it is the sum of the same two halves. */
@BothKernels
class WeightGradientTaskTest {

    private static final int ROWS = 200;
    private static final int INPUTS = 19;
    private static final int SHIFT = 3;

    private final Kernel kernel;

    WeightGradientTaskTest(KernelChoice.Request request) {
        kernel = KernelChoice.of(request).kernels().get();
    }

    private record Gradients(R032Store weight, R032Store other, R032Store bias) {

        static Gradients ofNothing() {
            return new Gradients(nan(ROWS, INPUTS), nan(ROWS, 1), nan(ROWS, 1));
        }

        private static R032Store nan(int rows, int columns) {
            R032Store matrix = zeros(rows, columns);
            Arrays.fill(matrix.data, Float.NaN);
            return matrix;
        }

        List<WeightGradient> of(R032Store x, R032Store other) {
            return List.of(new WeightGradient(x, SHIFT, weight), new WeightGradient(other, 0, this.other));
        }

        void assertSame(Gradients expected, String description) {
            assertSameBits(weight.data, expected.weight.data, description);
            assertSameBits(other.data, expected.other.data, description);
            assertSameBits(bias.data, expected.bias.data, description);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 511, 512, 513, 1100})
    void everyCutAndEveryOrderGivesTheSumOfTheHalves(int count) {
        R032Store dY = random(ROWS, count);
        R032Store x = random(INPUTS, count + SHIFT);
        R032Store other = random(1, count);
        Gradients expected = expected(dY, x, other);

        for (int workers : new int[] {1, 2, 3, 4, 5, 9}) {
            for (int layer : new int[] {0, 1}) {
                Gradients found = Gradients.ofNothing();
                WeightGradientTask task = new WeightGradientTask(dY, found.of(x, other), found.bias);
                try (Workers team = new Workers(1, () -> kernel)) {
                    BackwardProgress progress = new BackwardProgress(team, 2, 1, 7);
                    List<Consumer<Kernel>> parts = new ArrayList<>(task.split(workers, progress, layer));
                    assertThat(parts)
                            .as("parts for %d workers in layer %d", workers, layer)
                            .hasSizeBetween(1, layer == 0 ? 3 * (workers + 1) : workers + 1);
                    for (int pass = 0; pass < 3; pass++) {
                        begin(progress, layer);
                        parts.forEach(part -> part.accept(kernel));

                        found.assertSame(expected, "%d workers, layer %d, pass %d".formatted(workers, layer, pass));
                        Collections.reverse(parts);
                    }
                }
            }
        }
    }

    /** A pass in which the only shard has left the layer. */
    private static void begin(BackwardProgress progress, int layer) {
        progress.begin();
        IntStream.rangeClosed(1, 7).map(i -> 8 - i).forEach(progress.steps(layer));
        progress.leave(layer);
    }

    private Gradients expected(R032Store dY, R032Store x, R032Store other) {
        int count = dY.getColDim();
        int middle = count < 512 ? count : count / 2;
        Gradients sum = Gradients.ofNothing();
        kernel.weightGradients(dY, Columns.range(0, middle), sum.of(x, other), sum.bias, 0, ROWS);
        if (middle < count) {
            Gradients second = Gradients.ofNothing();
            Columns rest = Columns.range(middle, count - middle);
            kernel.weightGradients(dY, rest, second.of(x, other), second.bias, 0, ROWS);
            add(second.weight, sum.weight);
            add(second.other, sum.other);
            add(second.bias, sum.bias);
        }
        return sum;
    }

    private static void add(R032Store a, R032Store sum) {
        for (int i = 0; i < sum.data.length; i++) {
            sum.data[i] += a.data[i];
        }
    }

    /** A pass that was given up in the middle leaves nothing for the next one to trip over. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void whatAGivenUpPassLeftDoesNotMatter(int workers) {
        R032Store dY = random(ROWS, 600);
        R032Store x = random(INPUTS, 600 + SHIFT);
        R032Store other = random(1, 600);
        Gradients found = Gradients.ofNothing();
        WeightGradientTask task = new WeightGradientTask(dY, found.of(x, other), found.bias);
        try (Workers team = new Workers(1, () -> kernel)) {
            BackwardProgress progress = new BackwardProgress(team, 1, 1, 7);
            List<Consumer<Kernel>> parts = task.split(workers, progress, 0);
            begin(progress, 0);
            parts.get(0).accept(kernel);

            begin(progress, 0);
            parts.forEach(part -> part.accept(kernel));
        }

        found.assertSame(expected(dY, x, other), "after a pass that was given up");
    }
}
