package lstm.bench;

import com.google.gson.Gson;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * What the machine's own matrix product does: OpenBLAS on the largest product of a training, 4H x H times H x (B*T).
 *
 * <p>Arguments: HIDDEN LAYERS BATCH SEQ SECONDS THREADS
 */
public final class Sgemm {

    private static final double NANOS = 1e9;

    private Sgemm() {}

    /** Measures, and prints a line of JSON. */
    public static void main(String[] args) {
        Shape shape = Shape.parse(args, 0);
        openblas.blas_set_num_threads(Integer.parseInt(args[5]));
        int m = 4 * shape.hidden();
        int k = shape.hidden();
        int n = shape.batch() * shape.steps();
        FloatPointer a = filled((long) m * k);
        FloatPointer b = filled((long) k * n);
        FloatPointer c = filled((long) m * n);
        double best = 0;
        long from = System.nanoTime();
        while (System.nanoTime() - from < Double.parseDouble(args[4]) * NANOS) {
            long start = System.nanoTime();
            openblas.cblas_sgemm(
                    openblas.CblasColMajor,
                    openblas.CblasNoTrans,
                    openblas.CblasNoTrans,
                    m,
                    n,
                    k,
                    1,
                    a,
                    m,
                    b,
                    k,
                    0,
                    c,
                    m);
            best = Math.max(best, 2.0 * m * n * k / (System.nanoTime() - start));
        }
        System.out.println(new Gson().toJson(Map.of("gigaflops", best)));
    }

    private static FloatPointer filled(long size) {
        FloatPointer matrix = new FloatPointer(size);
        for (long i = 0; i < size; i++) {
            matrix.put(i, 0.5f);
        }
        return matrix;
    }
}
