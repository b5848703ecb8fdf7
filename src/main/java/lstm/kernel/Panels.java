package lstm.kernel;

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
    private static final int DUELS = 10;
    /** Half the reads take more than half the time, with the calls and the clock. With 0.8 fewer of the right indices were found. */
    private static final double FASTER = 0.88;
    /** Calls of {@link #align} between two searches, at first, and where the last ones have found nothing. */
    private static final int SHORTEST_REST = 8;

    private static final int LONGEST_REST = 1024;

    private final LongSupplier clock;
    private final float[] sums = new float[8 * Lanes.WIDTH];
    private float[] data = new float[0];
    private int start;
    private int candidate;
    private int pause = SHORTEST_REST; // before code is compiled, its times tell nothing
    private int rest = SHORTEST_REST;

    Panels(LongSupplier clock) {
        this.clock = clock;
    }

    /** Makes room for so many floats; what was there may be lost. */
    void reserve(int floats) {
        int length = Math.addExact(floats, Lanes.WIDTH);
        if (data.length < length) {
            data = new float[length];
        }
    }

    float[] data() {
        return data;
    }

    /** The index of the first float. */
    int start() {
        return start;
    }

    /** Now and then tries another start, before all is written anew: what was there is lost. */
    void align() {
        if (data.length < (TIMED + 1) * Lanes.WIDTH) {
            return; // it is in the caches anyway
        }
        if (pause > 0) {
            pause--;
            return;
        }
        if (candidate != start && isFaster(candidate)) {
            start = candidate;
            rest = SHORTEST_REST;
        }
        candidate = (candidate + STEP) % Lanes.WIDTH;
        if (candidate == 0) {
            pause = rest;
            rest = Math.min(2 * rest, LONGEST_REST);
        }
    }

    private boolean isFaster(int other) {
        long held = Long.MAX_VALUE;
        long tried = Long.MAX_VALUE;
        for (int i = 0; i < DUELS; i++) {
            held = Math.min(held, time(start));
            tried = Math.min(tried, time(other));
        }
        return tried < FASTER * held;
    }

    private long time(int at) {
        long from = clock.getAsLong();
        for (int i = 0; i < REPEATS; i++) {
            Lanes.sums8(data, at, TIMED, sums);
        }
        return clock.getAsLong() - from;
    }
}
