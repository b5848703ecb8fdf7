package lstm.kernel;

import java.util.function.LongSupplier;

/**
 * An array that tiles read vector by vector, from an index on where, after a while, each vector fills a cache line.
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
    private static final int DUELS = 10;
    /** Half the reads take more than half the time, with calls and the clock. Of 0.8 and 0.88, this found more of the right places. */
    private static final double FASTER = 0.88;
    /** Calls of {@link #align} in which all indices are tried, in the last ones: the first are before the code is compiled. */
    private static final int PERIOD = 16;

    private final LongSupplier clock;
    private final float[] sums = new float[8 * Lanes.WIDTH];
    private float[] data = new float[0];
    private int start;
    private int calls;

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

    /** Looks for a better start, now and then, before all is written anew: what was there is lost. */
    void align() {
        calls = (calls + 1) % PERIOD;
        int other = STEP * (PERIOD - 1 - calls);
        if (other < Lanes.WIDTH && other != start && data.length >= (TIMED + 1) * Lanes.WIDTH && isFaster(other)) {
            start = other;
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
