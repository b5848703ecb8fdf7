package lstm.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector code of {@link VectorKernel}, on ranges of arrays: the one class that knows the Vector API.
 *
 * <p>exp and tanh are polynomials of our own: {@code lanewise(TANH)} and {@code reduceLanes(ADD)} would give other bits
 * before a method is compiled than after, and so break exact resumes. For x = n ln 2 + r, exp(x) = 2^n exp(r) (Cody and
 * Waite, 1980), the polynomial summed in pairs (Estrin, 1960): what takes the time is operations that wait for each other.
 * Limits are taken on integers, since a minimum of floats is six instructions.
 *
 * <p>What C2 makes of this code depends on how much of it C2 sees at once. Past some size it stops inlining, and a vector
 * that crosses a call is an object, at twenty times the price. So the polynomial is written out where it is used, and no
 * method that makes vectors is called from another, however small: with a helper of two loads, 20 of 82 trainings beside
 * another process ran at a fifteenth of their speed, and without it none of 82. {@link #logistic} and {@link #tanh} are kept
 * above 325 bytes of bytecode: C2 compiles methods of that size on their own (FreqInlineSize). Whether a method allocates,
 * once warm, tells.
 *
 * <p>Of a vector that a loop has summed C2 knows only what the source says, {@code FloatVector}, and it finds the class that a
 * method is called on by a profile that all callers in the JVM share. Where that does not hold, the vector is an object in every
 * pass of the loop: one in a hundred trainings ran at a fifteenth of its speed. So such a vector is only handed to methods, whose
 * casts tell C2 its class, and is {@link #EXACT} before one of its own is called.
 */
final class Lanes {

    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    /** The class of all the vectors here, which has no public name. */
    private static final Class<? extends FloatVector> EXACT =
            FloatVector.zero(LANES).getClass();
    /** Floats in a vector. */
    static final int WIDTH = LANES.length();
    /** Steps of the common dimension that a panel holds at the most. */
    static final int DEPTH = 512;
    /**
     * Floats from one band of a panel to the next: a constant, so that one register tells where all bands stand, and not a power
     * of two, by which they would share sets of the L1 cache.
     */
    static final int APART = DEPTH * WIDTH + WIDTH;
    /** Columns of b that {@link #strip4} takes. */
    static final int STRIP_COLUMNS = 6;
    /** Columns that stand side by side in a strip: as many as one vector, or a few, can copy. */
    static final int STRIP = 2 * STRIP_COLUMNS;

    static final float LOG2_E = 1.44269504f;
    static final float LN2 = 0.6931472f;
    /** exp(r) - 1 = r + E2 r^2 + ... + E6 r^6 for r in +-ln(2)/2: minimax, with a relative error of 1.4e-8. */
    static final float E2 = 0.5f;

    static final float E3 = 0.16666543f;
    static final float E4 = 0.0416672f;
    static final float E5 = 0.008366548f;
    static final float E6 = 0.0013882597f;
    /** Added to a float below 2^22, it rounds it to an integer, which then stands in the lowest bits. */
    static final float ROUNDER = 0x1.8p23f;
    /** exp of its negative, below the smallest normal float, comes out as 0. */
    static final float LEAST_EXPONENT = 88f;
    /** Twice an x whose tanh is 1. */
    static final float LARGEST_TANH = 20f;
    /** Added to the bits of a NaN without its sign, it makes them negative: the smaller of them and a limit is NaN still. */
    static final int BEYOND_INFINITY = Integer.MIN_VALUE - 0x7f800001;

    private Lanes() {}

    /** Bits of a vector register on this machine. */
    static int bits() {
        return LANES.vectorBitSize();
    }

    /**
     * c[rows, columns j to j+4] = from + a panel of 4 vectors of rows times these columns of b.
     *
     * <p>The vectors of c that are loaded and not used cost nothing: of a load without a use only the check of its range is
     * left. Made here, the stores need none behind the loop, where checks that may fail would keep the accumulators from staying
     * in registers (measured: 222 GFLOP/s instead of 248).
     *
     * <p>Straight-line on purpose: accumulators stay in registers only where no vector crosses a call or a branch. Five
     * columns of four vectors fit 32 registers beside the panel's vectors, and columns of two fit sixteen. Six would too, but then
     * C1 runs out of virtual registers, mostly, and leaves the method in the code of a tier that counts nothing, so that C2 never
     * takes it up: 37 of 45 trainings ran at a fifth of their speed.
     *
     * <p>An index is a counter times one factor: through two JDK 17 does not see that its check can leave the loop, and what checks
     * take was a register too many.
     *
     * @param a the row panel: 4 bands of k vectors, the first one at aAt, {@link #APART} floats apart
     * @param b element p of column i stands at bAt[i] + p: a step that the compiler does not know would leave checks in the loop,
     *     and with them, every other time, the accumulators in memory
     * @param from element r of what is added to column i stands at fromAt[i] + r; may be c
     * @param c element r of column i stands at cAt[i] + r
     */
    static void tile4x5(
            float[] a,
            int aAt,
            float[] b,
            int[] bAt,
            int k,
            float[] from,
            int[] fromAt,
            float[] c,
            int[] cAt,
            int j,
            int row) {
        int b0 = bAt[j];
        int b1 = bAt[j + 1];
        int b2 = bAt[j + 2];
        int b3 = bAt[j + 3];
        int b4 = bAt[j + 4];
        int c0 = cAt[j] + row;
        int c1 = cAt[j + 1] + row;
        int c2 = cAt[j + 2] + row;
        int c3 = cAt[j + 3] + row;
        int c4 = cAt[j + 4] + row;
        int f0 = fromAt[j] + row;
        int f1 = fromAt[j + 1] + row;
        int f2 = fromAt[j + 2] + row;
        int f3 = fromAt[j + 3] + row;
        int f4 = fromAt[j + 4] + row;
        FloatVector.fromArray(LANES, c, c0);
        FloatVector.fromArray(LANES, c, c0 + WIDTH);
        FloatVector.fromArray(LANES, c, c0 + 2 * WIDTH);
        FloatVector.fromArray(LANES, c, c0 + 3 * WIDTH);
        FloatVector.fromArray(LANES, c, c1);
        FloatVector.fromArray(LANES, c, c1 + WIDTH);
        FloatVector.fromArray(LANES, c, c1 + 2 * WIDTH);
        FloatVector.fromArray(LANES, c, c1 + 3 * WIDTH);
        FloatVector.fromArray(LANES, c, c2);
        FloatVector.fromArray(LANES, c, c2 + WIDTH);
        FloatVector.fromArray(LANES, c, c2 + 2 * WIDTH);
        FloatVector.fromArray(LANES, c, c2 + 3 * WIDTH);
        FloatVector.fromArray(LANES, c, c3);
        FloatVector.fromArray(LANES, c, c3 + WIDTH);
        FloatVector.fromArray(LANES, c, c3 + 2 * WIDTH);
        FloatVector.fromArray(LANES, c, c3 + 3 * WIDTH);
        FloatVector.fromArray(LANES, c, c4);
        FloatVector.fromArray(LANES, c, c4 + WIDTH);
        FloatVector.fromArray(LANES, c, c4 + 2 * WIDTH);
        FloatVector.fromArray(LANES, c, c4 + 3 * WIDTH);
        FloatVector p0 = FloatVector.fromArray(LANES, from, f0);
        FloatVector q0 = FloatVector.fromArray(LANES, from, f0 + WIDTH);
        FloatVector r0 = FloatVector.fromArray(LANES, from, f0 + 2 * WIDTH);
        FloatVector s0 = FloatVector.fromArray(LANES, from, f0 + 3 * WIDTH);
        FloatVector p1 = FloatVector.fromArray(LANES, from, f1);
        FloatVector q1 = FloatVector.fromArray(LANES, from, f1 + WIDTH);
        FloatVector r1 = FloatVector.fromArray(LANES, from, f1 + 2 * WIDTH);
        FloatVector s1 = FloatVector.fromArray(LANES, from, f1 + 3 * WIDTH);
        FloatVector p2 = FloatVector.fromArray(LANES, from, f2);
        FloatVector q2 = FloatVector.fromArray(LANES, from, f2 + WIDTH);
        FloatVector r2 = FloatVector.fromArray(LANES, from, f2 + 2 * WIDTH);
        FloatVector s2 = FloatVector.fromArray(LANES, from, f2 + 3 * WIDTH);
        FloatVector p3 = FloatVector.fromArray(LANES, from, f3);
        FloatVector q3 = FloatVector.fromArray(LANES, from, f3 + WIDTH);
        FloatVector r3 = FloatVector.fromArray(LANES, from, f3 + 2 * WIDTH);
        FloatVector s3 = FloatVector.fromArray(LANES, from, f3 + 3 * WIDTH);
        FloatVector p4 = FloatVector.fromArray(LANES, from, f4);
        FloatVector q4 = FloatVector.fromArray(LANES, from, f4 + WIDTH);
        FloatVector r4 = FloatVector.fromArray(LANES, from, f4 + 2 * WIDTH);
        FloatVector s4 = FloatVector.fromArray(LANES, from, f4 + 3 * WIDTH);
        for (int i = 0; i < k; i++) {
            FloatVector p = FloatVector.fromArray(LANES, a, aAt + i * WIDTH);
            FloatVector q = FloatVector.fromArray(LANES, a, aAt + i * WIDTH + APART);
            FloatVector r = FloatVector.fromArray(LANES, a, aAt + i * WIDTH + 2 * APART);
            FloatVector s = FloatVector.fromArray(LANES, a, aAt + i * WIDTH + 3 * APART);
            FloatVector w = FloatVector.broadcast(LANES, b[b0 + i]);
            p0 = p.fma(w, p0);
            q0 = q.fma(w, q0);
            r0 = r.fma(w, r0);
            s0 = s.fma(w, s0);
            w = FloatVector.broadcast(LANES, b[b1 + i]);
            p1 = p.fma(w, p1);
            q1 = q.fma(w, q1);
            r1 = r.fma(w, r1);
            s1 = s.fma(w, s1);
            w = FloatVector.broadcast(LANES, b[b2 + i]);
            p2 = p.fma(w, p2);
            q2 = q.fma(w, q2);
            r2 = r.fma(w, r2);
            s2 = s.fma(w, s2);
            w = FloatVector.broadcast(LANES, b[b3 + i]);
            p3 = p.fma(w, p3);
            q3 = q.fma(w, q3);
            r3 = r.fma(w, r3);
            s3 = s.fma(w, s3);
            w = FloatVector.broadcast(LANES, b[b4 + i]);
            p4 = p.fma(w, p4);
            q4 = q.fma(w, q4);
            r4 = r.fma(w, r4);
            s4 = s.fma(w, s4);
        }
        EXACT.cast(p0).intoArray(c, c0);
        EXACT.cast(q0).intoArray(c, c0 + WIDTH);
        EXACT.cast(r0).intoArray(c, c0 + 2 * WIDTH);
        EXACT.cast(s0).intoArray(c, c0 + 3 * WIDTH);
        EXACT.cast(p1).intoArray(c, c1);
        EXACT.cast(q1).intoArray(c, c1 + WIDTH);
        EXACT.cast(r1).intoArray(c, c1 + 2 * WIDTH);
        EXACT.cast(s1).intoArray(c, c1 + 3 * WIDTH);
        EXACT.cast(p2).intoArray(c, c2);
        EXACT.cast(q2).intoArray(c, c2 + WIDTH);
        EXACT.cast(r2).intoArray(c, c2 + 2 * WIDTH);
        EXACT.cast(s2).intoArray(c, c2 + 3 * WIDTH);
        EXACT.cast(p3).intoArray(c, c3);
        EXACT.cast(q3).intoArray(c, c3 + WIDTH);
        EXACT.cast(r3).intoArray(c, c3 + 2 * WIDTH);
        EXACT.cast(s3).intoArray(c, c3 + 3 * WIDTH);
        EXACT.cast(p4).intoArray(c, c4);
        EXACT.cast(q4).intoArray(c, c4 + WIDTH);
        EXACT.cast(r4).intoArray(c, c4 + 2 * WIDTH);
        EXACT.cast(s4).intoArray(c, c4 + 3 * WIDTH);
    }

    /** A tile of 4 vectors of rows and 4 columns; see {@link #tile4x5}. */
    static void tile4x4(
            float[] a,
            int aAt,
            float[] b,
            int[] bAt,
            int k,
            float[] from,
            int[] fromAt,
            float[] c,
            int[] cAt,
            int j,
            int row) {
        int b0 = bAt[j];
        int b1 = bAt[j + 1];
        int b2 = bAt[j + 2];
        int b3 = bAt[j + 3];
        int c0 = cAt[j] + row;
        int c1 = cAt[j + 1] + row;
        int c2 = cAt[j + 2] + row;
        int c3 = cAt[j + 3] + row;
        int f0 = fromAt[j] + row;
        int f1 = fromAt[j + 1] + row;
        int f2 = fromAt[j + 2] + row;
        int f3 = fromAt[j + 3] + row;
        FloatVector.fromArray(LANES, c, c0);
        FloatVector.fromArray(LANES, c, c0 + WIDTH);
        FloatVector.fromArray(LANES, c, c0 + 2 * WIDTH);
        FloatVector.fromArray(LANES, c, c0 + 3 * WIDTH);
        FloatVector.fromArray(LANES, c, c1);
        FloatVector.fromArray(LANES, c, c1 + WIDTH);
        FloatVector.fromArray(LANES, c, c1 + 2 * WIDTH);
        FloatVector.fromArray(LANES, c, c1 + 3 * WIDTH);
        FloatVector.fromArray(LANES, c, c2);
        FloatVector.fromArray(LANES, c, c2 + WIDTH);
        FloatVector.fromArray(LANES, c, c2 + 2 * WIDTH);
        FloatVector.fromArray(LANES, c, c2 + 3 * WIDTH);
        FloatVector.fromArray(LANES, c, c3);
        FloatVector.fromArray(LANES, c, c3 + WIDTH);
        FloatVector.fromArray(LANES, c, c3 + 2 * WIDTH);
        FloatVector.fromArray(LANES, c, c3 + 3 * WIDTH);
        FloatVector p0 = FloatVector.fromArray(LANES, from, f0);
        FloatVector q0 = FloatVector.fromArray(LANES, from, f0 + WIDTH);
        FloatVector r0 = FloatVector.fromArray(LANES, from, f0 + 2 * WIDTH);
        FloatVector s0 = FloatVector.fromArray(LANES, from, f0 + 3 * WIDTH);
        FloatVector p1 = FloatVector.fromArray(LANES, from, f1);
        FloatVector q1 = FloatVector.fromArray(LANES, from, f1 + WIDTH);
        FloatVector r1 = FloatVector.fromArray(LANES, from, f1 + 2 * WIDTH);
        FloatVector s1 = FloatVector.fromArray(LANES, from, f1 + 3 * WIDTH);
        FloatVector p2 = FloatVector.fromArray(LANES, from, f2);
        FloatVector q2 = FloatVector.fromArray(LANES, from, f2 + WIDTH);
        FloatVector r2 = FloatVector.fromArray(LANES, from, f2 + 2 * WIDTH);
        FloatVector s2 = FloatVector.fromArray(LANES, from, f2 + 3 * WIDTH);
        FloatVector p3 = FloatVector.fromArray(LANES, from, f3);
        FloatVector q3 = FloatVector.fromArray(LANES, from, f3 + WIDTH);
        FloatVector r3 = FloatVector.fromArray(LANES, from, f3 + 2 * WIDTH);
        FloatVector s3 = FloatVector.fromArray(LANES, from, f3 + 3 * WIDTH);
        for (int i = 0; i < k; i++) {
            FloatVector p = FloatVector.fromArray(LANES, a, aAt + i * WIDTH);
            FloatVector q = FloatVector.fromArray(LANES, a, aAt + i * WIDTH + APART);
            FloatVector r = FloatVector.fromArray(LANES, a, aAt + i * WIDTH + 2 * APART);
            FloatVector s = FloatVector.fromArray(LANES, a, aAt + i * WIDTH + 3 * APART);
            FloatVector w = FloatVector.broadcast(LANES, b[b0 + i]);
            p0 = p.fma(w, p0);
            q0 = q.fma(w, q0);
            r0 = r.fma(w, r0);
            s0 = s.fma(w, s0);
            w = FloatVector.broadcast(LANES, b[b1 + i]);
            p1 = p.fma(w, p1);
            q1 = q.fma(w, q1);
            r1 = r.fma(w, r1);
            s1 = s.fma(w, s1);
            w = FloatVector.broadcast(LANES, b[b2 + i]);
            p2 = p.fma(w, p2);
            q2 = q.fma(w, q2);
            r2 = r.fma(w, r2);
            s2 = s.fma(w, s2);
            w = FloatVector.broadcast(LANES, b[b3 + i]);
            p3 = p.fma(w, p3);
            q3 = q.fma(w, q3);
            r3 = r.fma(w, r3);
            s3 = s.fma(w, s3);
        }
        EXACT.cast(p0).intoArray(c, c0);
        EXACT.cast(q0).intoArray(c, c0 + WIDTH);
        EXACT.cast(r0).intoArray(c, c0 + 2 * WIDTH);
        EXACT.cast(s0).intoArray(c, c0 + 3 * WIDTH);
        EXACT.cast(p1).intoArray(c, c1);
        EXACT.cast(q1).intoArray(c, c1 + WIDTH);
        EXACT.cast(r1).intoArray(c, c1 + 2 * WIDTH);
        EXACT.cast(s1).intoArray(c, c1 + 3 * WIDTH);
        EXACT.cast(p2).intoArray(c, c2);
        EXACT.cast(q2).intoArray(c, c2 + WIDTH);
        EXACT.cast(r2).intoArray(c, c2 + 2 * WIDTH);
        EXACT.cast(s2).intoArray(c, c2 + 3 * WIDTH);
        EXACT.cast(p3).intoArray(c, c3);
        EXACT.cast(q3).intoArray(c, c3 + WIDTH);
        EXACT.cast(r3).intoArray(c, c3 + 2 * WIDTH);
        EXACT.cast(s3).intoArray(c, c3 + 3 * WIDTH);
    }

    /** A tile of 2 vectors of rows and 5 columns; see {@link #tile4x5}. */
    static void tile2x5(
            float[] a,
            int aAt,
            float[] b,
            int[] bAt,
            int k,
            float[] from,
            int[] fromAt,
            float[] c,
            int[] cAt,
            int j,
            int row) {
        int b0 = bAt[j];
        int b1 = bAt[j + 1];
        int b2 = bAt[j + 2];
        int b3 = bAt[j + 3];
        int b4 = bAt[j + 4];
        int c0 = cAt[j] + row;
        int c1 = cAt[j + 1] + row;
        int c2 = cAt[j + 2] + row;
        int c3 = cAt[j + 3] + row;
        int c4 = cAt[j + 4] + row;
        int f0 = fromAt[j] + row;
        int f1 = fromAt[j + 1] + row;
        int f2 = fromAt[j + 2] + row;
        int f3 = fromAt[j + 3] + row;
        int f4 = fromAt[j + 4] + row;
        FloatVector.fromArray(LANES, c, c0);
        FloatVector.fromArray(LANES, c, c0 + WIDTH);
        FloatVector.fromArray(LANES, c, c1);
        FloatVector.fromArray(LANES, c, c1 + WIDTH);
        FloatVector.fromArray(LANES, c, c2);
        FloatVector.fromArray(LANES, c, c2 + WIDTH);
        FloatVector.fromArray(LANES, c, c3);
        FloatVector.fromArray(LANES, c, c3 + WIDTH);
        FloatVector.fromArray(LANES, c, c4);
        FloatVector.fromArray(LANES, c, c4 + WIDTH);
        FloatVector p0 = FloatVector.fromArray(LANES, from, f0);
        FloatVector q0 = FloatVector.fromArray(LANES, from, f0 + WIDTH);
        FloatVector p1 = FloatVector.fromArray(LANES, from, f1);
        FloatVector q1 = FloatVector.fromArray(LANES, from, f1 + WIDTH);
        FloatVector p2 = FloatVector.fromArray(LANES, from, f2);
        FloatVector q2 = FloatVector.fromArray(LANES, from, f2 + WIDTH);
        FloatVector p3 = FloatVector.fromArray(LANES, from, f3);
        FloatVector q3 = FloatVector.fromArray(LANES, from, f3 + WIDTH);
        FloatVector p4 = FloatVector.fromArray(LANES, from, f4);
        FloatVector q4 = FloatVector.fromArray(LANES, from, f4 + WIDTH);
        for (int i = 0; i < k; i++) {
            FloatVector p = FloatVector.fromArray(LANES, a, aAt + i * WIDTH);
            FloatVector q = FloatVector.fromArray(LANES, a, aAt + i * WIDTH + APART);
            FloatVector w = FloatVector.broadcast(LANES, b[b0 + i]);
            p0 = p.fma(w, p0);
            q0 = q.fma(w, q0);
            w = FloatVector.broadcast(LANES, b[b1 + i]);
            p1 = p.fma(w, p1);
            q1 = q.fma(w, q1);
            w = FloatVector.broadcast(LANES, b[b2 + i]);
            p2 = p.fma(w, p2);
            q2 = q.fma(w, q2);
            w = FloatVector.broadcast(LANES, b[b3 + i]);
            p3 = p.fma(w, p3);
            q3 = q.fma(w, q3);
            w = FloatVector.broadcast(LANES, b[b4 + i]);
            p4 = p.fma(w, p4);
            q4 = q.fma(w, q4);
        }
        EXACT.cast(p0).intoArray(c, c0);
        EXACT.cast(q0).intoArray(c, c0 + WIDTH);
        EXACT.cast(p1).intoArray(c, c1);
        EXACT.cast(q1).intoArray(c, c1 + WIDTH);
        EXACT.cast(p2).intoArray(c, c2);
        EXACT.cast(q2).intoArray(c, c2 + WIDTH);
        EXACT.cast(p3).intoArray(c, c3);
        EXACT.cast(q3).intoArray(c, c3 + WIDTH);
        EXACT.cast(p4).intoArray(c, c4);
        EXACT.cast(q4).intoArray(c, c4 + WIDTH);
    }

    /** A tile of 2 vectors of rows and 4 columns; see {@link #tile4x5}. */
    static void tile2x4(
            float[] a,
            int aAt,
            float[] b,
            int[] bAt,
            int k,
            float[] from,
            int[] fromAt,
            float[] c,
            int[] cAt,
            int j,
            int row) {
        int b0 = bAt[j];
        int b1 = bAt[j + 1];
        int b2 = bAt[j + 2];
        int b3 = bAt[j + 3];
        int c0 = cAt[j] + row;
        int c1 = cAt[j + 1] + row;
        int c2 = cAt[j + 2] + row;
        int c3 = cAt[j + 3] + row;
        int f0 = fromAt[j] + row;
        int f1 = fromAt[j + 1] + row;
        int f2 = fromAt[j + 2] + row;
        int f3 = fromAt[j + 3] + row;
        FloatVector.fromArray(LANES, c, c0);
        FloatVector.fromArray(LANES, c, c0 + WIDTH);
        FloatVector.fromArray(LANES, c, c1);
        FloatVector.fromArray(LANES, c, c1 + WIDTH);
        FloatVector.fromArray(LANES, c, c2);
        FloatVector.fromArray(LANES, c, c2 + WIDTH);
        FloatVector.fromArray(LANES, c, c3);
        FloatVector.fromArray(LANES, c, c3 + WIDTH);
        FloatVector p0 = FloatVector.fromArray(LANES, from, f0);
        FloatVector q0 = FloatVector.fromArray(LANES, from, f0 + WIDTH);
        FloatVector p1 = FloatVector.fromArray(LANES, from, f1);
        FloatVector q1 = FloatVector.fromArray(LANES, from, f1 + WIDTH);
        FloatVector p2 = FloatVector.fromArray(LANES, from, f2);
        FloatVector q2 = FloatVector.fromArray(LANES, from, f2 + WIDTH);
        FloatVector p3 = FloatVector.fromArray(LANES, from, f3);
        FloatVector q3 = FloatVector.fromArray(LANES, from, f3 + WIDTH);
        for (int i = 0; i < k; i++) {
            FloatVector p = FloatVector.fromArray(LANES, a, aAt + i * WIDTH);
            FloatVector q = FloatVector.fromArray(LANES, a, aAt + i * WIDTH + APART);
            FloatVector w = FloatVector.broadcast(LANES, b[b0 + i]);
            p0 = p.fma(w, p0);
            q0 = q.fma(w, q0);
            w = FloatVector.broadcast(LANES, b[b1 + i]);
            p1 = p.fma(w, p1);
            q1 = q.fma(w, q1);
            w = FloatVector.broadcast(LANES, b[b2 + i]);
            p2 = p.fma(w, p2);
            q2 = q.fma(w, q2);
            w = FloatVector.broadcast(LANES, b[b3 + i]);
            p3 = p.fma(w, p3);
            q3 = q.fma(w, q3);
        }
        EXACT.cast(p0).intoArray(c, c0);
        EXACT.cast(q0).intoArray(c, c0 + WIDTH);
        EXACT.cast(p1).intoArray(c, c1);
        EXACT.cast(q1).intoArray(c, c1 + WIDTH);
        EXACT.cast(p2).intoArray(c, c2);
        EXACT.cast(q2).intoArray(c, c2 + WIDTH);
        EXACT.cast(p3).intoArray(c, c3);
        EXACT.cast(q3).intoArray(c, c3 + WIDTH);
    }

    /**
     * c[rows, 6 columns] += a panel of 4 vectors of rows times half a strip of b; see {@link #tile4x5}.
     *
     * @param b the strip: element p of column i stands at bAt + p * STRIP + i
     */
    static void strip4(float[] a, int aAt, float[] b, int bAt, int k, float[] c, int[] cAt, int row) {
        int c0 = cAt[0] + row;
        int c1 = cAt[1] + row;
        int c2 = cAt[2] + row;
        int c3 = cAt[3] + row;
        int c4 = cAt[4] + row;
        int c5 = cAt[5] + row;
        FloatVector p0 = FloatVector.fromArray(LANES, c, c0);
        FloatVector q0 = FloatVector.fromArray(LANES, c, c0 + WIDTH);
        FloatVector r0 = FloatVector.fromArray(LANES, c, c0 + 2 * WIDTH);
        FloatVector s0 = FloatVector.fromArray(LANES, c, c0 + 3 * WIDTH);
        FloatVector p1 = FloatVector.fromArray(LANES, c, c1);
        FloatVector q1 = FloatVector.fromArray(LANES, c, c1 + WIDTH);
        FloatVector r1 = FloatVector.fromArray(LANES, c, c1 + 2 * WIDTH);
        FloatVector s1 = FloatVector.fromArray(LANES, c, c1 + 3 * WIDTH);
        FloatVector p2 = FloatVector.fromArray(LANES, c, c2);
        FloatVector q2 = FloatVector.fromArray(LANES, c, c2 + WIDTH);
        FloatVector r2 = FloatVector.fromArray(LANES, c, c2 + 2 * WIDTH);
        FloatVector s2 = FloatVector.fromArray(LANES, c, c2 + 3 * WIDTH);
        FloatVector p3 = FloatVector.fromArray(LANES, c, c3);
        FloatVector q3 = FloatVector.fromArray(LANES, c, c3 + WIDTH);
        FloatVector r3 = FloatVector.fromArray(LANES, c, c3 + 2 * WIDTH);
        FloatVector s3 = FloatVector.fromArray(LANES, c, c3 + 3 * WIDTH);
        FloatVector p4 = FloatVector.fromArray(LANES, c, c4);
        FloatVector q4 = FloatVector.fromArray(LANES, c, c4 + WIDTH);
        FloatVector r4 = FloatVector.fromArray(LANES, c, c4 + 2 * WIDTH);
        FloatVector s4 = FloatVector.fromArray(LANES, c, c4 + 3 * WIDTH);
        FloatVector p5 = FloatVector.fromArray(LANES, c, c5);
        FloatVector q5 = FloatVector.fromArray(LANES, c, c5 + WIDTH);
        FloatVector r5 = FloatVector.fromArray(LANES, c, c5 + 2 * WIDTH);
        FloatVector s5 = FloatVector.fromArray(LANES, c, c5 + 3 * WIDTH);
        for (int i = 0; i < k; i++) {
            FloatVector p = FloatVector.fromArray(LANES, a, aAt + i * WIDTH);
            FloatVector q = FloatVector.fromArray(LANES, a, aAt + i * WIDTH + APART);
            FloatVector r = FloatVector.fromArray(LANES, a, aAt + i * WIDTH + 2 * APART);
            FloatVector s = FloatVector.fromArray(LANES, a, aAt + i * WIDTH + 3 * APART);
            FloatVector w = FloatVector.broadcast(LANES, b[bAt + i * STRIP]);
            p0 = p.fma(w, p0);
            q0 = q.fma(w, q0);
            r0 = r.fma(w, r0);
            s0 = s.fma(w, s0);
            w = FloatVector.broadcast(LANES, b[bAt + i * STRIP + 1]);
            p1 = p.fma(w, p1);
            q1 = q.fma(w, q1);
            r1 = r.fma(w, r1);
            s1 = s.fma(w, s1);
            w = FloatVector.broadcast(LANES, b[bAt + i * STRIP + 2]);
            p2 = p.fma(w, p2);
            q2 = q.fma(w, q2);
            r2 = r.fma(w, r2);
            s2 = s.fma(w, s2);
            w = FloatVector.broadcast(LANES, b[bAt + i * STRIP + 3]);
            p3 = p.fma(w, p3);
            q3 = q.fma(w, q3);
            r3 = r.fma(w, r3);
            s3 = s.fma(w, s3);
            w = FloatVector.broadcast(LANES, b[bAt + i * STRIP + 4]);
            p4 = p.fma(w, p4);
            q4 = q.fma(w, q4);
            r4 = r.fma(w, r4);
            s4 = s.fma(w, s4);
            w = FloatVector.broadcast(LANES, b[bAt + i * STRIP + 5]);
            p5 = p.fma(w, p5);
            q5 = q.fma(w, q5);
            r5 = r.fma(w, r5);
            s5 = s.fma(w, s5);
        }
        EXACT.cast(p0).intoArray(c, c0);
        EXACT.cast(q0).intoArray(c, c0 + WIDTH);
        EXACT.cast(r0).intoArray(c, c0 + 2 * WIDTH);
        EXACT.cast(s0).intoArray(c, c0 + 3 * WIDTH);
        EXACT.cast(p1).intoArray(c, c1);
        EXACT.cast(q1).intoArray(c, c1 + WIDTH);
        EXACT.cast(r1).intoArray(c, c1 + 2 * WIDTH);
        EXACT.cast(s1).intoArray(c, c1 + 3 * WIDTH);
        EXACT.cast(p2).intoArray(c, c2);
        EXACT.cast(q2).intoArray(c, c2 + WIDTH);
        EXACT.cast(r2).intoArray(c, c2 + 2 * WIDTH);
        EXACT.cast(s2).intoArray(c, c2 + 3 * WIDTH);
        EXACT.cast(p3).intoArray(c, c3);
        EXACT.cast(q3).intoArray(c, c3 + WIDTH);
        EXACT.cast(r3).intoArray(c, c3 + 2 * WIDTH);
        EXACT.cast(s3).intoArray(c, c3 + 3 * WIDTH);
        EXACT.cast(p4).intoArray(c, c4);
        EXACT.cast(q4).intoArray(c, c4 + WIDTH);
        EXACT.cast(r4).intoArray(c, c4 + 2 * WIDTH);
        EXACT.cast(s4).intoArray(c, c4 + 3 * WIDTH);
        EXACT.cast(p5).intoArray(c, c5);
        EXACT.cast(q5).intoArray(c, c5 + WIDTH);
        EXACT.cast(r5).intoArray(c, c5 + 2 * WIDTH);
        EXACT.cast(s5).intoArray(c, c5 + 3 * WIDTH);
    }

    /** The same for a panel of 2 vectors of rows. */
    static void strip2(float[] a, int aAt, float[] b, int bAt, int k, float[] c, int[] cAt, int row) {
        int c0 = cAt[0] + row;
        int c1 = cAt[1] + row;
        int c2 = cAt[2] + row;
        int c3 = cAt[3] + row;
        int c4 = cAt[4] + row;
        int c5 = cAt[5] + row;
        FloatVector p0 = FloatVector.fromArray(LANES, c, c0);
        FloatVector q0 = FloatVector.fromArray(LANES, c, c0 + WIDTH);
        FloatVector p1 = FloatVector.fromArray(LANES, c, c1);
        FloatVector q1 = FloatVector.fromArray(LANES, c, c1 + WIDTH);
        FloatVector p2 = FloatVector.fromArray(LANES, c, c2);
        FloatVector q2 = FloatVector.fromArray(LANES, c, c2 + WIDTH);
        FloatVector p3 = FloatVector.fromArray(LANES, c, c3);
        FloatVector q3 = FloatVector.fromArray(LANES, c, c3 + WIDTH);
        FloatVector p4 = FloatVector.fromArray(LANES, c, c4);
        FloatVector q4 = FloatVector.fromArray(LANES, c, c4 + WIDTH);
        FloatVector p5 = FloatVector.fromArray(LANES, c, c5);
        FloatVector q5 = FloatVector.fromArray(LANES, c, c5 + WIDTH);
        for (int i = 0; i < k; i++) {
            FloatVector p = FloatVector.fromArray(LANES, a, aAt + i * WIDTH);
            FloatVector q = FloatVector.fromArray(LANES, a, aAt + i * WIDTH + APART);
            FloatVector w = FloatVector.broadcast(LANES, b[bAt + i * STRIP]);
            p0 = p.fma(w, p0);
            q0 = q.fma(w, q0);
            w = FloatVector.broadcast(LANES, b[bAt + i * STRIP + 1]);
            p1 = p.fma(w, p1);
            q1 = q.fma(w, q1);
            w = FloatVector.broadcast(LANES, b[bAt + i * STRIP + 2]);
            p2 = p.fma(w, p2);
            q2 = q.fma(w, q2);
            w = FloatVector.broadcast(LANES, b[bAt + i * STRIP + 3]);
            p3 = p.fma(w, p3);
            q3 = q.fma(w, q3);
            w = FloatVector.broadcast(LANES, b[bAt + i * STRIP + 4]);
            p4 = p.fma(w, p4);
            q4 = q.fma(w, q4);
            w = FloatVector.broadcast(LANES, b[bAt + i * STRIP + 5]);
            p5 = p.fma(w, p5);
            q5 = q.fma(w, q5);
        }
        EXACT.cast(p0).intoArray(c, c0);
        EXACT.cast(q0).intoArray(c, c0 + WIDTH);
        EXACT.cast(p1).intoArray(c, c1);
        EXACT.cast(q1).intoArray(c, c1 + WIDTH);
        EXACT.cast(p2).intoArray(c, c2);
        EXACT.cast(q2).intoArray(c, c2 + WIDTH);
        EXACT.cast(p3).intoArray(c, c3);
        EXACT.cast(q3).intoArray(c, c3 + WIDTH);
        EXACT.cast(p4).intoArray(c, c4);
        EXACT.cast(q4).intoArray(c, c4 + WIDTH);
        EXACT.cast(p5).intoArray(c, c5);
        EXACT.cast(q5).intoArray(c, c5 + WIDTH);
    }

    /**
     * c[0..STRIP) += one row of a times a strip of b: {@code k} elements that stand lda apart.
     *
     * @param c with room for whole vectors
     */
    static void stripRow(float[] a, int aAt, int lda, float[] b, int bAt, int k, float[] c) {
        for (int i = 0; i < STRIP; i += WIDTH) {
            FloatVector sum = FloatVector.fromArray(LANES, c, i);
            for (int p = 0; p < k; p++) {
                FloatVector x = FloatVector.fromArray(LANES, b, bAt + i + p * STRIP);
                sum = x.fma(FloatVector.broadcast(LANES, a[aAt + p * lda]), sum);
            }
            EXACT.cast(sum).intoArray(c, i);
        }
    }

    /** Floats from one strip to the next: not a power of two, whose multiples would share a few sets of the L1 cache. */
    static int stripLength(int depth) {
        return depth * STRIP + 16;
    }

    /** Copies columns of n floats each into strips, column by column: each strip takes STRIP floats, the last one the rest. */
    static void copyStrips(float[] a, int aAt, int n, float[] strips, int at, int depth) {
        int length = stripLength(depth);
        int last = a.length - 16;
        for (int p = 0; p < depth; p++) {
            int from = aAt + p * n;
            int to = at + p * STRIP;
            int j = 0;
            for (; j < n && from + j <= last; j += STRIP) {
                // The last vector reaches into the next column's place, or into the gap between two strips.
                for (int i = 0; i < STRIP; i += WIDTH) {
                    FloatVector.fromArray(LANES, a, from + j + i).intoArray(strips, to + i);
                }
                to += length;
            }
            for (; j < n; j += STRIP) {
                System.arraycopy(a, from + j, strips, to, Math.min(STRIP, n - j));
                to += length;
            }
        }
    }

    /** y[4 vectors] += a panel of 4 vectors of rows times one column of b. */
    static void column4(float[] a, int aAt, float[] b, int bAt, int k, float[] y, int yAt) {
        FloatVector y0 = FloatVector.fromArray(LANES, y, yAt);
        FloatVector y1 = FloatVector.fromArray(LANES, y, yAt + WIDTH);
        FloatVector y2 = FloatVector.fromArray(LANES, y, yAt + 2 * WIDTH);
        FloatVector y3 = FloatVector.fromArray(LANES, y, yAt + 3 * WIDTH);
        for (int p = 0; p < k; p++) {
            int at = aAt + p * WIDTH;
            FloatVector w = FloatVector.broadcast(LANES, b[bAt + p]);
            y0 = FloatVector.fromArray(LANES, a, at).fma(w, y0);
            y1 = FloatVector.fromArray(LANES, a, at + APART).fma(w, y1);
            y2 = FloatVector.fromArray(LANES, a, at + 2 * APART).fma(w, y2);
            y3 = FloatVector.fromArray(LANES, a, at + 3 * APART).fma(w, y3);
        }
        EXACT.cast(y0).intoArray(y, yAt);
        EXACT.cast(y1).intoArray(y, yAt + WIDTH);
        EXACT.cast(y2).intoArray(y, yAt + 2 * WIDTH);
        EXACT.cast(y3).intoArray(y, yAt + 3 * WIDTH);
    }

    /** The same for a panel of 2 vectors. */
    static void column2(float[] a, int aAt, float[] b, int bAt, int k, float[] y, int yAt) {
        FloatVector y0 = FloatVector.fromArray(LANES, y, yAt);
        FloatVector y1 = FloatVector.fromArray(LANES, y, yAt + WIDTH);
        for (int p = 0; p < k; p++) {
            int at = aAt + p * WIDTH;
            FloatVector w = FloatVector.broadcast(LANES, b[bAt + p]);
            y0 = FloatVector.fromArray(LANES, a, at).fma(w, y0);
            y1 = FloatVector.fromArray(LANES, a, at + APART).fma(w, y1);
        }
        EXACT.cast(y0).intoArray(y, yAt);
        EXACT.cast(y1).intoArray(y, yAt + WIDTH);
    }

    /** Copies 4 vectors of rows of {@code depth} columns, which stand lda apart, into the bands of a panel, and adds them to sums. */
    static void copyPanel4(float[] a, int aAt, int lda, float[] into, int at, int depth, float[] sums, int row) {
        FloatVector s0 = FloatVector.fromArray(LANES, sums, row);
        FloatVector s1 = FloatVector.fromArray(LANES, sums, row + WIDTH);
        FloatVector s2 = FloatVector.fromArray(LANES, sums, row + 2 * WIDTH);
        FloatVector s3 = FloatVector.fromArray(LANES, sums, row + 3 * WIDTH);
        for (int p = 0; p < depth; p++) {
            int from = aAt + p * lda;
            int to = at + p * WIDTH;
            FloatVector x0 = FloatVector.fromArray(LANES, a, from);
            FloatVector x1 = FloatVector.fromArray(LANES, a, from + WIDTH);
            FloatVector x2 = FloatVector.fromArray(LANES, a, from + 2 * WIDTH);
            FloatVector x3 = FloatVector.fromArray(LANES, a, from + 3 * WIDTH);
            x0.intoArray(into, to);
            x1.intoArray(into, to + APART);
            x2.intoArray(into, to + 2 * APART);
            x3.intoArray(into, to + 3 * APART);
            s0 = x0.add(s0);
            s1 = x1.add(s1);
            s2 = x2.add(s2);
            s3 = x3.add(s3);
        }
        EXACT.cast(s0).intoArray(sums, row);
        EXACT.cast(s1).intoArray(sums, row + WIDTH);
        EXACT.cast(s2).intoArray(sums, row + 2 * WIDTH);
        EXACT.cast(s3).intoArray(sums, row + 3 * WIDTH);
    }

    /** The same for 2 vectors of rows. */
    static void copyPanel2(float[] a, int aAt, int lda, float[] into, int at, int depth, float[] sums, int row) {
        FloatVector s0 = FloatVector.fromArray(LANES, sums, row);
        FloatVector s1 = FloatVector.fromArray(LANES, sums, row + WIDTH);
        for (int p = 0; p < depth; p++) {
            int from = aAt + p * lda;
            int to = at + p * WIDTH;
            FloatVector x0 = FloatVector.fromArray(LANES, a, from);
            FloatVector x1 = FloatVector.fromArray(LANES, a, from + WIDTH);
            x0.intoArray(into, to);
            x1.intoArray(into, to + APART);
            s0 = x0.add(s0);
            s1 = x1.add(s1);
        }
        EXACT.cast(s0).intoArray(sums, row);
        EXACT.cast(s1).intoArray(sums, row + WIDTH);
    }

    /** Vector i of sums = the sum of every eighth of so many vectors of x, from the i-th on: little but loads, two at a time. */
    static void sums8(float[] x, int at, int vectors, float[] sums) {
        FloatVector s0 = FloatVector.fromArray(LANES, x, at);
        FloatVector s1 = FloatVector.fromArray(LANES, x, at + WIDTH);
        FloatVector s2 = FloatVector.fromArray(LANES, x, at + 2 * WIDTH);
        FloatVector s3 = FloatVector.fromArray(LANES, x, at + 3 * WIDTH);
        FloatVector s4 = FloatVector.fromArray(LANES, x, at + 4 * WIDTH);
        FloatVector s5 = FloatVector.fromArray(LANES, x, at + 5 * WIDTH);
        FloatVector s6 = FloatVector.fromArray(LANES, x, at + 6 * WIDTH);
        FloatVector s7 = FloatVector.fromArray(LANES, x, at + 7 * WIDTH);
        for (int i = 8; i < vectors; i += 8) {
            int from = at + i * WIDTH;
            s0 = FloatVector.fromArray(LANES, x, from).add(s0);
            s1 = FloatVector.fromArray(LANES, x, from + WIDTH).add(s1);
            s2 = FloatVector.fromArray(LANES, x, from + 2 * WIDTH).add(s2);
            s3 = FloatVector.fromArray(LANES, x, from + 3 * WIDTH).add(s3);
            s4 = FloatVector.fromArray(LANES, x, from + 4 * WIDTH).add(s4);
            s5 = FloatVector.fromArray(LANES, x, from + 5 * WIDTH).add(s5);
            s6 = FloatVector.fromArray(LANES, x, from + 6 * WIDTH).add(s6);
            s7 = FloatVector.fromArray(LANES, x, from + 7 * WIDTH).add(s7);
        }
        EXACT.cast(s0).intoArray(sums, 0);
        EXACT.cast(s1).intoArray(sums, WIDTH);
        EXACT.cast(s2).intoArray(sums, 2 * WIDTH);
        EXACT.cast(s3).intoArray(sums, 3 * WIDTH);
        EXACT.cast(s4).intoArray(sums, 4 * WIDTH);
        EXACT.cast(s5).intoArray(sums, 5 * WIDTH);
        EXACT.cast(s6).intoArray(sums, 6 * WIDTH);
        EXACT.cast(s7).intoArray(sums, 7 * WIDTH);
    }

    /** into[start..start+count) += a[at..at+count). */
    static void add(float[] a, int at, float[] into, int start, int count) {
        int i = 0;
        for (; i <= count - WIDTH; i += WIDTH) {
            FloatVector sum = FloatVector.fromArray(LANES, into, start + i);
            sum.add(FloatVector.fromArray(LANES, a, at + i)).intoArray(into, start + i);
        }
        Scalars.add(a, at + i, into, start + i, count - i);
    }

    /** x[at..at+count) = 1 / (1 + exp(-x)), as 1 or exp(x) divided by 1 + exp(-|x|): small ones keep their digits. */
    static void logistic(float[] x, int at, int count, float[] tail) {
        int whole = at + count - count % WIDTH;
        for (int i = at; i < whole; i += WIDTH) {
            FloatVector y = FloatVector.fromArray(LANES, x, i);
            IntVector bits = y.reinterpretAsInts().and(0x7fffffff).add(BEYOND_INFINITY);
            bits = bits.min(Float.floatToRawIntBits(LEAST_EXPONENT) + BEYOND_INFINITY);
            FloatVector m = bits.sub(BEYOND_INFINITY + Integer.MIN_VALUE).reinterpretAsFloats();
            FloatVector rounded = m.fma(FloatVector.broadcast(LANES, LOG2_E), FloatVector.broadcast(LANES, ROUNDER));
            FloatVector r = rounded.sub(ROUNDER).fma(FloatVector.broadcast(LANES, -LN2), m);
            FloatVector r2 = r.mul(r);
            FloatVector low = r.fma(FloatVector.broadcast(LANES, E3), FloatVector.broadcast(LANES, E2));
            FloatVector high = r.fma(FloatVector.broadcast(LANES, E5), FloatVector.broadcast(LANES, E4));
            high = r2.fma(FloatVector.broadcast(LANES, E6), high);
            FloatVector p = r2.fma(r2.fma(high, low), r);
            IntVector exponent = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
            FloatVector power = exponent.add(0x3f800000).reinterpretAsFloats();
            FloatVector e = p.fma(power, power);
            IntVector negative = y.reinterpretAsInts().lanewise(VectorOperators.ASHR, 31);
            IntVector one = IntVector.broadcast(INTS, 0x3f800000);
            IntVector above =
                    e.reinterpretAsInts().lanewise(VectorOperators.XOR, one).and(negative);
            above.lanewise(VectorOperators.XOR, one)
                    .reinterpretAsFloats()
                    .div(e.add(1f))
                    .intoArray(x, i);
        }
        int rest = at + count - whole;
        if (rest > 0) {
            System.arraycopy(x, whole, tail, 0, rest);
            logistic(tail, 0, WIDTH, tail);
            System.arraycopy(tail, 0, x, whole, rest);
        }
    }

    /** into[start..start+count) = tanh(x) = -e / (e + 2) with e = exp(-2|x|) - 1, and the sign of x. */
    static void tanh(float[] x, int at, float[] into, int start, int count, float[] tail) {
        int whole = count - count % WIDTH;
        for (int i = 0; i < whole; i += WIDTH) {
            FloatVector y = FloatVector.fromArray(LANES, x, at + i);
            FloatVector twice = y.add(y);
            IntVector bits = twice.reinterpretAsInts().and(0x7fffffff).add(BEYOND_INFINITY);
            bits = bits.min(Float.floatToRawIntBits(LARGEST_TANH) + BEYOND_INFINITY);
            FloatVector m = bits.sub(BEYOND_INFINITY + Integer.MIN_VALUE).reinterpretAsFloats();
            FloatVector rounded = m.fma(FloatVector.broadcast(LANES, LOG2_E), FloatVector.broadcast(LANES, ROUNDER));
            FloatVector r = rounded.sub(ROUNDER).fma(FloatVector.broadcast(LANES, -LN2), m);
            FloatVector r2 = r.mul(r);
            FloatVector low = r.fma(FloatVector.broadcast(LANES, E3), FloatVector.broadcast(LANES, E2));
            FloatVector high = r.fma(FloatVector.broadcast(LANES, E5), FloatVector.broadcast(LANES, E4));
            high = r2.fma(FloatVector.broadcast(LANES, E6), high);
            FloatVector p = r2.fma(r2.fma(high, low), r);
            IntVector exponent = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
            FloatVector power = exponent.add(0x3f800000).reinterpretAsFloats();
            FloatVector e = p.fma(power, power.sub(1f));
            IntVector magnitude = e.div(e.add(2f)).reinterpretAsInts().and(0x7fffffff);
            magnitude
                    .or(y.reinterpretAsInts().and(0x80000000))
                    .reinterpretAsFloats()
                    .intoArray(into, start + i);
        }
        int rest = count - whole;
        if (rest > 0) {
            System.arraycopy(x, at + whole, tail, 0, rest);
            tanh(tail, 0, tail, 0, WIDTH, tail);
            System.arraycopy(tail, 0, into, start + whole, rest);
        }
    }

    /** x[0..count) = exp(x - max), for a max that none is above. */
    static void expMinus(float[] x, float max, int count) {
        for (int i = 0; i < count; i += WIDTH) {
            FloatVector y = FloatVector.fromArray(LANES, x, i).sub(max);
            IntVector bits = y.reinterpretAsInts().and(0x7fffffff).add(BEYOND_INFINITY);
            bits = bits.min(Float.floatToRawIntBits(LEAST_EXPONENT) + BEYOND_INFINITY);
            FloatVector m = bits.sub(BEYOND_INFINITY + Integer.MIN_VALUE).reinterpretAsFloats();
            FloatVector rounded = m.fma(FloatVector.broadcast(LANES, LOG2_E), FloatVector.broadcast(LANES, ROUNDER));
            FloatVector r = rounded.sub(ROUNDER).fma(FloatVector.broadcast(LANES, -LN2), m);
            FloatVector r2 = r.mul(r);
            FloatVector low = r.fma(FloatVector.broadcast(LANES, E3), FloatVector.broadcast(LANES, E2));
            FloatVector high = r.fma(FloatVector.broadcast(LANES, E5), FloatVector.broadcast(LANES, E4));
            high = r2.fma(FloatVector.broadcast(LANES, E6), high);
            FloatVector p = r2.fma(r2.fma(high, low), r);
            IntVector exponent = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
            FloatVector power = exponent.add(0x3f800000).reinterpretAsFloats();
            p.fma(power, power).intoArray(x, i);
        }
    }

    /** c[next..) = f * c[previous..) + i * g; the gates i f g o stand {@code h} apart. */
    static void nextCell(float[] gates, int gate, int h, float[] cell, int previous, int next, int count) {
        int r = 0;
        for (; r <= count - WIDTH; r += WIDTH) {
            FloatVector kept = FloatVector.fromArray(LANES, gates, gate + h + r);
            kept = kept.mul(FloatVector.fromArray(LANES, cell, previous + r));
            FloatVector added = FloatVector.fromArray(LANES, gates, gate + r);
            added = added.mul(FloatVector.fromArray(LANES, gates, gate + 2 * h + r));
            kept.add(added).intoArray(cell, next + r);
        }
        Scalars.nextCell(gates, gate + r, h, cell, previous + r, next + r, count - r);
    }

    /** c[cAt..cAt+count) = a * b. */
    static void multiply(float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int count) {
        int i = 0;
        for (; i <= count - WIDTH; i += WIDTH) {
            FloatVector x = FloatVector.fromArray(LANES, a, aAt + i);
            x.mul(FloatVector.fromArray(LANES, b, bAt + i)).intoArray(c, cAt + i);
        }
        Scalars.multiply(a, aAt + i, b, bAt + i, c, cAt + i, count - i);
    }

    /** c[cAt..cAt+count) += a * b. */
    static void addProduct(float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int count) {
        int i = 0;
        for (; i <= count - WIDTH; i += WIDTH) {
            FloatVector x = FloatVector.fromArray(LANES, a, aAt + i).mul(FloatVector.fromArray(LANES, b, bAt + i));
            FloatVector.fromArray(LANES, c, cAt + i).add(x).intoArray(c, cAt + i);
        }
        Scalars.addProduct(a, aAt + i, b, bAt + i, c, cAt + i, count - i);
    }

    /** hidden[next..) = n + z * (hidden[previous..) - n). */
    static void blend(float[] z, int zAt, float[] n, int nAt, float[] hidden, int previous, int next, int count) {
        int i = 0;
        for (; i <= count - WIDTH; i += WIDTH) {
            FloatVector x = FloatVector.fromArray(LANES, n, nAt + i);
            FloatVector change =
                    FloatVector.fromArray(LANES, hidden, previous + i).sub(x);
            x.add(FloatVector.fromArray(LANES, z, zAt + i).mul(change)).intoArray(hidden, next + i);
        }
        Scalars.blend(z, zAt + i, n, nAt + i, hidden, previous + i, next + i, count - i);
    }

    /**
     * The gradient of {@link LstmStep} in one column: i, f, g and o become their gradients before activation, dCell that by the
     * previous cell state.
     *
     * @param at the column's place in cell (where the previous cell state stands) and dHidden
     */
    static void lstmBackward(
            float[] gates,
            int gate,
            int h,
            float[] cell,
            float[] tanhCell,
            float[] dHidden,
            int at,
            float[] dCell,
            int dc,
            int count) {
        int r = 0;
        for (; r <= count - WIDTH; r += WIDTH) {
            FloatVector i = FloatVector.fromArray(LANES, gates, gate + r);
            FloatVector f = FloatVector.fromArray(LANES, gates, gate + h + r);
            FloatVector g = FloatVector.fromArray(LANES, gates, gate + 2 * h + r);
            FloatVector o = FloatVector.fromArray(LANES, gates, gate + 3 * h + r);
            FloatVector y = FloatVector.fromArray(LANES, tanhCell, r);
            FloatVector dY = FloatVector.fromArray(LANES, dHidden, at + r);
            FloatVector one = FloatVector.broadcast(LANES, 1f);
            FloatVector d =
                    FloatVector.fromArray(LANES, dCell, dc + r).add(dY.mul(o).mul(one.sub(y.mul(y))));
            dY.mul(y).mul(o).mul(one.sub(o)).intoArray(gates, gate + 3 * h + r);
            d.mul(g).mul(i).mul(one.sub(i)).intoArray(gates, gate + r);
            d.mul(FloatVector.fromArray(LANES, cell, at + r))
                    .mul(f)
                    .mul(one.sub(f))
                    .intoArray(gates, gate + h + r);
            d.mul(i).mul(one.sub(g.mul(g))).intoArray(gates, gate + 2 * h + r);
            d.mul(f).intoArray(dCell, dc + r);
        }
        Scalars.lstmBackward(gates, gate + r, h, cell, tanhCell, r, dHidden, at + r, dCell, dc + r, count - r);
    }

    /** The gradient of {@link PeepholeStep} in one column; the weights of i, f and o stand h apart. */
    static void peepholeBackward(
            float[] gates,
            int gate,
            int h,
            float[] weights,
            float[] cell,
            float[] tanhCell,
            float[] dHidden,
            int at,
            float[] dCell,
            int dc,
            int count) {
        int r = 0;
        for (; r <= count - WIDTH; r += WIDTH) {
            FloatVector i = FloatVector.fromArray(LANES, gates, gate + r);
            FloatVector f = FloatVector.fromArray(LANES, gates, gate + h + r);
            FloatVector g = FloatVector.fromArray(LANES, gates, gate + 2 * h + r);
            FloatVector o = FloatVector.fromArray(LANES, gates, gate + 3 * h + r);
            FloatVector y = FloatVector.fromArray(LANES, tanhCell, r);
            FloatVector dY = FloatVector.fromArray(LANES, dHidden, at + r);
            FloatVector one = FloatVector.broadcast(LANES, 1f);
            FloatVector dO = dY.mul(y).mul(o).mul(one.sub(o));
            FloatVector d = FloatVector.fromArray(LANES, dCell, dc + r)
                    .add(dY.mul(o).mul(one.sub(y.mul(y))))
                    .add(FloatVector.fromArray(LANES, weights, 2 * h + r).mul(dO));
            FloatVector dI = d.mul(g).mul(i).mul(one.sub(i));
            FloatVector dF =
                    d.mul(FloatVector.fromArray(LANES, cell, at + r)).mul(f).mul(one.sub(f));
            dO.intoArray(gates, gate + 3 * h + r);
            dI.intoArray(gates, gate + r);
            dF.intoArray(gates, gate + h + r);
            d.mul(i).mul(one.sub(g.mul(g))).intoArray(gates, gate + 2 * h + r);
            d.mul(f)
                    .add(FloatVector.fromArray(LANES, weights, r).mul(dI))
                    .add(FloatVector.fromArray(LANES, weights, h + r).mul(dF))
                    .intoArray(dCell, dc + r);
        }
        Scalars.peepholeBackward(
                gates, gate + r, h, weights, r, cell, tanhCell, dHidden, at + r, dCell, dc + r, count - r);
    }

    /**
     * The gradient of {@link GruStep} in one column: inputs and gates become their gradients, dCarried that by the previous
     * hidden state.
     *
     * @param at the column's place in hidden (where the previous hidden state stands) and dHidden
     */
    static void gruBackward(
            float[] inputs,
            float[] gates,
            int gate,
            int h,
            float[] hidden,
            float[] dHidden,
            int at,
            float[] dCarried,
            int dc,
            int count) {
        int i = 0;
        for (; i <= count - WIDTH; i += WIDTH) {
            FloatVector r = FloatVector.fromArray(LANES, gates, gate + i);
            FloatVector z = FloatVector.fromArray(LANES, gates, gate + h + i);
            FloatVector u = FloatVector.fromArray(LANES, gates, gate + 2 * h + i);
            FloatVector n = FloatVector.fromArray(LANES, inputs, gate + 2 * h + i);
            FloatVector one = FloatVector.broadcast(LANES, 1f);
            FloatVector d =
                    FloatVector.fromArray(LANES, dHidden, at + i).add(FloatVector.fromArray(LANES, dCarried, dc + i));
            FloatVector dN = d.mul(one.sub(z)).mul(one.sub(n.mul(n)));
            FloatVector change = FloatVector.fromArray(LANES, hidden, at + i).sub(n);
            FloatVector dZ = d.mul(change).mul(z).mul(one.sub(z));
            FloatVector dR = dN.mul(u).mul(r).mul(one.sub(r));
            dR.intoArray(inputs, gate + i);
            dZ.intoArray(inputs, gate + h + i);
            dN.intoArray(inputs, gate + 2 * h + i);
            dR.intoArray(gates, gate + i);
            dZ.intoArray(gates, gate + h + i);
            dN.mul(r).intoArray(gates, gate + 2 * h + i);
            d.mul(z).intoArray(dCarried, dc + i);
        }
        Scalars.gruBackward(inputs, gates, gate + i, h, hidden, dHidden, at + i, dCarried, dc + i, count - i);
    }

    /** The gradient of {@link RnnStep} in one column, whose place in gates and dHidden is the same. */
    static void rnnBackward(float[] hidden, int at, float[] dHidden, float[] gates, int gate, int count) {
        int i = 0;
        for (; i <= count - WIDTH; i += WIDTH) {
            FloatVector y = FloatVector.fromArray(LANES, hidden, at + i);
            FloatVector slope = FloatVector.broadcast(LANES, 1f).sub(y.mul(y));
            FloatVector.fromArray(LANES, dHidden, gate + i).mul(slope).intoArray(gates, gate + i);
        }
        Scalars.rnnBackward(hidden, at + i, dHidden, gates, gate + i, count - i);
    }

    /** The largest of x[0..count). */
    static float max(float[] x, int count) {
        FloatVector max = FloatVector.fromArray(LANES, x, 0);
        for (int i = WIDTH; i < count; i += WIDTH) {
            max = FloatVector.fromArray(LANES, x, i).max(max);
        }
        return EXACT.cast(max).reduceLanes(VectorOperators.MAX);
    }

    /** One step of Adam on the elements from..to. */
    static void adam(float[] value, float[] gradient, float[] m, float[] v, int from, int to, AdamStep step) {
        float keep1 = step.beta1();
        float keep2 = step.beta2();
        float scale = step.gradientScale();
        float secondScale = step.secondMomentScale();
        float epsilon = step.epsilon();
        float stepSize = step.stepSize();
        float keep = step.keep();
        int i = from;
        for (; i <= to - WIDTH; i += WIDTH) {
            FloatVector g = FloatVector.fromArray(LANES, gradient, i).mul(scale);
            FloatVector first = FloatVector.fromArray(LANES, m, i).mul(keep1).add(g.mul(1 - keep1));
            FloatVector second = FloatVector.fromArray(LANES, v, i)
                    .mul(keep2)
                    .add(g.mul(1 - keep2).mul(g));
            first.intoArray(m, i);
            second.intoArray(v, i);
            FloatVector root =
                    second.mul(secondScale).lanewise(VectorOperators.SQRT).add(epsilon);
            FloatVector.fromArray(LANES, value, i)
                    .mul(keep)
                    .sub(first.mul(stepSize).div(root))
                    .intoArray(value, i);
        }
        for (; i < to; i++) {
            float g = gradient[i] * scale;
            m[i] = keep1 * m[i] + (1 - keep1) * g;
            v[i] = keep2 * v[i] + (1 - keep2) * g * g;
            value[i] = value[i] * keep - stepSize * m[i] / ((float) Math.sqrt(v[i] * secondScale) + epsilon);
        }
    }
}
