package lstm.kernel;

import java.util.function.Supplier;

/**
 * Which kernel works on this machine, and why.
 *
 * @param name the kernel's name
 * @param reason a clause for people, with what to do where the kernel is not the fast one
 * @param kernels makes one for each thread
 */
public record KernelChoice(String name, String reason, Supplier<Kernel> kernels) {

    /** What a user may ask for. */
    public enum Request {
        /** The vector kernel where it can work, else ojAlgo's. */
        AUTO,
        /** The kernel on the Vector API. */
        VECTOR,
        /** ojAlgo's matrix product and plain loops. */
        OJALGO
    }

    private static final int ROUNDS = 5;
    private static final int CALLS = 100;
    /** Interpreted, an instruction takes some ten nanoseconds; a big decimal takes several thousand. */
    private static final long SLOW_CALL_NANOS = 1000;

    private static final String MODULE = "jdk.incubator.vector";

    /**
     * The kernel for a request.
     *
     * @throws IllegalArgumentException where {@link Request#VECTOR} is asked for and cannot work
     */
    public static KernelChoice of(Request request) {
        if (request == Request.OJALGO) {
            return ojAlgo("as asked");
        }
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            String reason = "the module " + MODULE + " is not loaded; start Java with --add-modules " + MODULE;
            return unavailable(request, reason);
        }
        int bits = Lanes.bits();
        if (bits < 128) {
            return unavailable(request, "this processor's vectors have " + bits + " bits, and 128 are needed");
        }
        if (!fusesMultiplyAndAdd()) {
            return unavailable(request, "this processor, or this JVM's options, leave out the fused multiply-add");
        }
        return new KernelChoice("vector", bits + "-bit vectors", () -> new CheckedKernel(new VectorKernel()));
    }

    /**
     * Whether a fused multiply-add is an instruction. Where it is none, the JDK computes it with big decimals, a thousand
     * times slower; that is measured, since no public API tells, and asking the JVM for its flags would double its start.
     */
    private static boolean fusesMultiplyAndAdd() {
        long fastest = Long.MAX_VALUE;
        float sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long from = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                sum = Math.fma(sum, 0.5f, 1.1f);
            }
            fastest = Math.min(fastest, System.nanoTime() - from);
        }
        return sum > 0 && fastest < (long) CALLS * SLOW_CALL_NANOS;
    }

    private static KernelChoice unavailable(Request request, String reason) {
        if (request == Request.VECTOR) {
            throw new IllegalArgumentException("the vector kernel cannot work: " + reason);
        }
        return ojAlgo(reason);
    }

    private static KernelChoice ojAlgo(String reason) {
        return new KernelChoice("ojalgo", reason, () -> new CheckedKernel(new OjAlgoKernel()));
    }
}
