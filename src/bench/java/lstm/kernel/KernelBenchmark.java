package lstm.kernel;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.ojalgo.matrix.store.R032Store;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The operations that a training of 2 x 128, B 50, T 50 spends its time in, on one thread, kernel beside kernel. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class KernelBenchmark {

    private static final int H = 128;
    private static final int B = 50;
    private static final int T = 50;
    private static final int V = 65;
    private static final Columns STEP = Columns.range(0, B);
    private static final Columns WINDOW = Columns.range(0, T * B);

    @Param({"VECTOR", "OJALGO"})
    private KernelChoice.Request request;

    private Kernel kernel;
    private PackedMatrix recurrent;
    private PackedMatrix output;
    private Addend outputBias;
    private R032Store hidden;
    private R032Store gates;
    private R032Store cell;
    private R032Store gradient;
    private R032Store biasGradient;
    private List<WeightGradient> weights;
    private R032Store logits;
    private int[] targets;
    private float[] losses;

    @Setup
    public void fill() {
        Random random = new Random(1);
        kernel = KernelChoice.of(request).kernels().get();
        recurrent = kernel.newPacked(4 * H, H);
        kernel.pack(filled(4 * H, H, random), recurrent);
        output = kernel.newPacked(V, H);
        kernel.pack(filled(V, H, random), output);
        outputBias = new Addend.Column(filled(V, 1, random));
        hidden = filled(H, (T + 1) * B, random);
        cell = filled(H, (T + 1) * B, random);
        gates = filled(4 * H, T * B, random);
        gradient = filled(4 * H, H, random);
        biasGradient = filled(4 * H, 1, random);
        weights = List.of(new WeightGradient(hidden, 0, gradient));
        logits = filled(V, T * B, random);
        targets = random.ints(T * B, 0, V).toArray();
        losses = new float[T * B];
    }

    private static R032Store filled(int rows, int columns, Random random) {
        R032Store matrix = R032Store.FACTORY.make(rows, columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = (float) random.nextGaussian();
        }
        return matrix;
    }

    /** 2 x 4H x H x B floating-point operations: one step's recurrent product. */
    @Benchmark
    public R032Store recurrentProduct() {
        kernel.multiply(recurrent, hidden, STEP, Addend.OWN, gates, STEP);
        return gates;
    }

    /** 2 x 4H x H floating-point operations: the same for one stream, as in sampling. */
    @Benchmark
    public R032Store recurrentProductOfOneStream() {
        Columns one = Columns.range(0, 1);
        kernel.multiply(recurrent, hidden, one, Addend.OWN, gates, one);
        return gates;
    }

    /** 2 x 4H x H x T x B floating-point operations: a window's weight gradient, with the bias's. */
    @Benchmark
    public R032Store weightGradient() {
        kernel.weightGradients(gates, WINDOW, weights, biasGradient, 0, 4 * H);
        return gradient;
    }

    /** 2 x V x H x T x B floating-point operations: a window's logits. */
    @Benchmark
    public R032Store outputProduct() {
        kernel.multiply(output, hidden, WINDOW, outputBias, logits, WINDOW);
        return logits;
    }

    /** 5 x H x B activations: one step's gates. */
    @Benchmark
    public R032Store gates() {
        kernel.stepForward(new LstmStep(gates, cell, hidden), STEP);
        return hidden;
    }

    /** V x T x B exponentials: a window's losses. */
    @Benchmark
    public float[] losses() {
        kernel.softmaxCrossEntropy(logits, WINDOW, targets, losses, 0f);
        return losses;
    }
}
