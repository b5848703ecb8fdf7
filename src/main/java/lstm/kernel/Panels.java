package lstm.kernel;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * An array that tiles read vector by vector, from an index on with which, after a while, no vector straddles two cache lines.
 *
 * <p>A vector in two lines is two reads: on an Intel Xeon with vectors of 512 bits products ran at 0.94 of their speed with
 * panels from the L1 cache, at 0.82 with panels from L2. Java aligns an array to 8 bytes, does not tell where it stands, and may
 * move it at any time, so the clock has to tell, again and again.
 */
final class Panels {

    /** Floats between two indices that can begin a line. */
    private static final int STEP = Long.BYTES / Float.BYTES;
    /** Vectors that are timed: they stay in the L1 cache meanwhile. */
    private static final int TIMED = 256;

    private static final int REPEATS = 2;
    /** The least of so many times counts, beside other processes. */
    private static final int ROUNDS = 10;
    /** Half the reads take more than half the time, with the calls and the clock. With 0.8 fewer of the right indices were found. */
    private static final double FASTER = 0.88;
    /** Before it there is no search: code is not compiled yet, and whoever is done by then has no use for one. */
    private static final long FIRST_NANOS = 1_000_000_000;
    /** Between two searches, at first, and where the last ones have found nothing. A search takes some 0.05 ms. */
    private static final long SHORTEST_REST_NANOS = 100_000_000;

    private static final long LONGEST_REST_NANOS = 6_400_000_000L;

    private final LongSupplier clock;
    private final float[] sums = new float[8 * Lanes.WIDTH];
    private final long[] least = new long[Lanes.WIDTH / STEP];
    private final float[] data;
    private int start;
    private boolean begun;
    private boolean turned;
    private long next;
    private long rest = SHORTEST_REST_NANOS;

    /** Room for so many floats. */
    Panels(int floats, LongSupplier clock) {
        data = new float[Math.addExact(floats, Lanes.WIDTH)];
        this.clock = clock;
    }

    float[] data() {
        return data;
    }

    /** The index of the first float. */
    int start() {
        return start;
    }

    /**
     * Whether to begin with the last panel: every other time, with what the caches still hold of the time before. Threads may share it:
     * any answer is right.
     */
    boolean turn() {
        turned = !turned;
        return turned;
    }

    /** Now and then looks for a better start, before all is written anew: what was there is lost. */
    void align() {
        if (data.length < (TIMED + 1) * Lanes.WIDTH) {
            return; // it is in the caches anyway
        }
        long now = clock.getAsLong();
        if (!begun) {
            begun = true;
            next = now + FIRST_NANOS;
        }
        if (now - next < 0) {
            return;
        }
        int fastest = fastest();
        rest = fastest == start ? Math.min(2 * rest, LONGEST_REST_NANOS) : SHORTEST_REST_NANOS;
        next = now + rest;
        start = fastest;
    }

    /** The index from which on vectors are read fastest: the present one, unless another one is much better. */
    private int fastest() {
        Arrays.fill(least, Long.MAX_VALUE);
        for (int i = 0; i < ROUNDS; i++) {
            for (int j = 0; j < least.length; j++) {
                least[j] = Math.min(least[j], time(j * STEP));
            }
        }
        int best = start / STEP;
        for (int j = 0; j < least.length; j++) {
            if (least[j] < FASTER * least[start / STEP] && least[j] < least[best]) {
                best = j;
            }
        }
        return best * STEP;
    }

    private long time(int at) {
        long from = clock.getAsLong();
        for (int i = 0; i < REPEATS; i++) {
            Lanes.sums8(data, at, TIMED, sums);
        }
        return clock.getAsLong() - from;
    }
}
