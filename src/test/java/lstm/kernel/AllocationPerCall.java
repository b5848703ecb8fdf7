package lstm.kernel;

import static lstm.kernel.Matrices.random;
import static lstm.kernel.Matrices.zeros;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ojalgo.matrix.store.R032Store;

/** What the vector kernel's loops allocate once they are compiled: an accumulator that is an object is allocated in every pass. */
final class AllocationPerCall {

    private static final int DEPTH = 20;
    private static final int CALLS = 1000;
    /** More than the few small objects of a call, less than a vector in every pass of the shortest loop. */
    static final int FEW_BYTES = 512;
    /** Far more calls than the optimizing compiler needs, where it compiles what can be compiled. */
    private static final int MOST_ROUNDS = 60;

    private final Kernel kernel = new VectorKernel(0, System::nanoTime);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocationPerCall() {}

    /** Prints the bytes of a call by operation, each once it allocates next to nothing or has had its time. */
    public static void main(String[] args) {
        AllocationPerCall allocation = new AllocationPerCall();
        allocation.operations().forEach((name, operation) -> System.out.println(name + "=" + allocation.of(operation)));
    }

    private Map<String, Runnable> operations() {
        Map<String, Runnable> all = new LinkedHashMap<>();
        for (int rows : new int[] {8, 64}) {
            for (int columns : new int[] {1, 4, 5}) {
                all.put("product of " + rows + " rows and " + columns + " columns", product(rows, columns));
            }
            all.put("gradient of " + rows + " rows", gradient(rows));
        }
        all.put("gradient of a single row", gradient(65));
        all.put("losses", losses());
        return all;
    }

    private Runnable product(int rows, int columns) {
        PackedMatrix a = kernel.newPacked(rows, DEPTH);
        kernel.pack(random(rows, DEPTH), a);
        R032Store b = random(DEPTH, columns);
        R032Store c = zeros(rows, columns);
        Columns all = Columns.range(0, columns);
        return () -> kernel.multiply(a, b, all, Addend.ZERO, c, all);
    }

    private Runnable gradient(int rows) {
        R032Store dY = random(rows, DEPTH);
        R032Store bias = zeros(rows, 1);
        List<WeightGradient> weights = List.of(new WeightGradient(random(12, DEPTH), 0, zeros(rows, 12)));
        Columns columns = Columns.range(0, DEPTH);
        return () -> kernel.weightGradients(dY, columns, weights, bias, 0, rows);
    }

    private Runnable losses() {
        R032Store logits = random(65, 2);
        Columns columns = Columns.range(0, 2);
        int[] targets = {3, 64};
        float[] losses = new float[2];
        return () -> kernel.softmaxCrossEntropy(logits, columns, targets, losses, 0f);
    }

    private long of(Runnable operation) {
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < MOST_ROUNDS && bytes >= FEW_BYTES; round++) {
            long from = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                operation.run();
            }
            bytes = (threads.getCurrentThreadAllocatedBytes() - from) / CALLS;
        }
        return bytes;
    }
}
