package lstm.kernel;

/**
 * The arithmetic of {@link Lanes} on columns, float by float, with the same bits: for what is left of a column behind its last
 * whole vector, and for the first seconds of a program that reads one stream.
 *
 * <p>Until C2 has compiled vector code, which takes it some tenths of a second, every vector is an object and every operation
 * a call. These loops are fast from the start, so that a short text is written before vectors would have been worth it.
 */
final class Scalars {

    /** Columns that {@link #row} takes: so many sums need not wait for their own last addition. */
    static final int ROW_COLUMNS = 8;

    private Scalars() {}

    /**
     * sums += a row times 8 columns of b.
     *
     * @param a the row, of k elements
     * @param b element p of column i stands at bAt[i] + p
     */
    static void row(float[] a, float[] b, int[] bAt, int k, float[] sums) {
        int b0 = bAt[0];
        int b1 = bAt[1];
        int b2 = bAt[2];
        int b3 = bAt[3];
        int b4 = bAt[4];
        int b5 = bAt[5];
        int b6 = bAt[6];
        int b7 = bAt[7];
        float s0 = sums[0];
        float s1 = sums[1];
        float s2 = sums[2];
        float s3 = sums[3];
        float s4 = sums[4];
        float s5 = sums[5];
        float s6 = sums[6];
        float s7 = sums[7];
        for (int p = 0; p < k; p++) {
            float w = a[p];
            s0 = Math.fma(w, b[b0 + p], s0);
            s1 = Math.fma(w, b[b1 + p], s1);
            s2 = Math.fma(w, b[b2 + p], s2);
            s3 = Math.fma(w, b[b3 + p], s3);
            s4 = Math.fma(w, b[b4 + p], s4);
            s5 = Math.fma(w, b[b5 + p], s5);
            s6 = Math.fma(w, b[b6 + p], s6);
            s7 = Math.fma(w, b[b7 + p], s7);
        }
        sums[0] = s0;
        sums[1] = s1;
        sums[2] = s2;
        sums[3] = s3;
        sums[4] = s4;
        sums[5] = s5;
        sums[6] = s6;
        sums[7] = s7;
    }

    /** y[yAt..yAt+height) += a panel of so many rows times k elements of b. */
    static void column(float[] a, int aAt, int height, float[] b, int bAt, int k, float[] y, int yAt) {
        for (int p = 0; p < k; p++) {
            addScaled(a, aAt + p * height, b[bAt + p], y, yAt, height);
        }
    }

    private static void addScaled(float[] a, int aAt, float factor, float[] y, int yAt, int count) {
        for (int r = 0; r < count; r++) {
            y[yAt + r] = Math.fma(a[aAt + r], factor, y[yAt + r]);
        }
    }

    /** As {@link Lanes#logistic}. */
    static void logistic(float[] x, int at, int count) {
        for (int i = at; i < at + count; i++) {
            float m = minusMagnitude(x[i], Lanes.LEAST_EXPONENT);
            float power = power(m);
            float e = Math.fma(expMinusOne(m), power, power);
            x[i] = (Float.floatToRawIntBits(x[i]) < 0 ? e : 1f) / (e + 1f);
        }
    }

    /** As {@link Lanes#tanh}. */
    static void tanh(float[] x, int at, float[] into, int start, int count) {
        for (int i = 0; i < count; i++) {
            float y = x[at + i];
            float m = minusMagnitude(y + y, Lanes.LARGEST_TANH);
            float power = power(m);
            float e = Math.fma(expMinusOne(m), power, power - 1f);
            int magnitude = Float.floatToRawIntBits(e / (e + 2f)) & 0x7fffffff;
            into[start + i] = Float.intBitsToFloat(magnitude | (Float.floatToRawIntBits(y) & 0x80000000));
        }
    }

    /** -|x|, but not below -limit; NaN where x is. */
    private static float minusMagnitude(float x, float limit) {
        int bits = (Float.floatToRawIntBits(x) & 0x7fffffff) + Lanes.BEYOND_INFINITY;
        bits = Math.min(bits, Float.floatToRawIntBits(limit) + Lanes.BEYOND_INFINITY);
        return Float.intBitsToFloat(bits - (Lanes.BEYOND_INFINITY + Integer.MIN_VALUE));
    }

    /** x / ln 2 in the lowest bits, rounded to an integer. */
    private static float rounded(float x) {
        return Math.fma(x, Lanes.LOG2_E, Lanes.ROUNDER);
    }

    /** 2^n, where x = n ln 2 + r. */
    private static float power(float x) {
        return Float.intBitsToFloat((Float.floatToRawIntBits(rounded(x)) << 23) + 0x3f800000);
    }

    /** exp(r) - 1, where x = n ln 2 + r. */
    private static float expMinusOne(float x) {
        float r = Math.fma(rounded(x) - Lanes.ROUNDER, -Lanes.LN2, x);
        float r2 = r * r;
        float low = Math.fma(r, Lanes.E3, Lanes.E2);
        float high = Math.fma(r2, Lanes.E6, Math.fma(r, Lanes.E5, Lanes.E4));
        return Math.fma(r2, Math.fma(r2, high, low), r);
    }

    /** As {@link Lanes#nextCell}. */
    static void nextCell(float[] gates, int gate, int h, float[] cell, int previous, int next, int count) {
        for (int r = 0; r < count; r++) {
            float kept = gates[gate + h + r] * cell[previous + r];
            cell[next + r] = kept + gates[gate + r] * gates[gate + 2 * h + r];
        }
    }

    /** As {@link Lanes#multiply}. */
    static void multiply(float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int count) {
        for (int i = 0; i < count; i++) {
            c[cAt + i] = a[aAt + i] * b[bAt + i];
        }
    }

    /** As {@link Lanes#add}. */
    static void add(float[] a, int at, float[] into, int start, int count) {
        for (int i = 0; i < count; i++) {
            into[start + i] += a[at + i];
        }
    }

    /** As {@link Lanes#addProduct}. */
    static void addProduct(float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int count) {
        for (int i = 0; i < count; i++) {
            c[cAt + i] += a[aAt + i] * b[bAt + i];
        }
    }

    /** As {@link Lanes#blend}. */
    static void blend(float[] z, int zAt, float[] n, int nAt, float[] hidden, int previous, int next, int count) {
        for (int i = 0; i < count; i++) {
            hidden[next + i] = n[nAt + i] + z[zAt + i] * (hidden[previous + i] - n[nAt + i]);
        }
    }

    /** As {@link Lanes#lstmBackward}, from the unit on whose tanhCell stands at {@code unit}. */
    static void lstmBackward(
            float[] gates,
            int gate,
            int h,
            float[] cell,
            float[] tanhCell,
            int unit,
            float[] dHidden,
            int at,
            float[] dCell,
            int dc,
            int count) {
        for (int r = 0; r < count; r++) {
            float i = gates[gate + r];
            float f = gates[gate + h + r];
            float g = gates[gate + 2 * h + r];
            float o = gates[gate + 3 * h + r];
            float y = tanhCell[unit + r];
            float dY = dHidden[at + r];
            float d = dCell[dc + r] + dY * o * (1f - y * y);
            gates[gate + 3 * h + r] = dY * y * o * (1f - o);
            gates[gate + r] = d * g * i * (1f - i);
            gates[gate + h + r] = d * cell[at + r] * f * (1f - f);
            gates[gate + 2 * h + r] = d * i * (1f - g * g);
            dCell[dc + r] = d * f;
        }
    }

    /** As {@link Lanes#peepholeBackward}, from the unit on whose weights, h apart, and tanhCell stand at {@code unit}. */
    static void peepholeBackward(
            float[] gates,
            int gate,
            int h,
            float[] weights,
            int unit,
            float[] cell,
            float[] tanhCell,
            float[] dHidden,
            int at,
            float[] dCell,
            int dc,
            int count) {
        for (int r = 0; r < count; r++) {
            float i = gates[gate + r];
            float f = gates[gate + h + r];
            float g = gates[gate + 2 * h + r];
            float o = gates[gate + 3 * h + r];
            float y = tanhCell[unit + r];
            float dY = dHidden[at + r];
            float dO = dY * y * o * (1f - o);
            float d = dCell[dc + r] + dY * o * (1f - y * y) + weights[unit + 2 * h + r] * dO;
            float dI = d * g * i * (1f - i);
            float dF = d * cell[at + r] * f * (1f - f);
            gates[gate + 3 * h + r] = dO;
            gates[gate + r] = dI;
            gates[gate + h + r] = dF;
            gates[gate + 2 * h + r] = d * i * (1f - g * g);
            dCell[dc + r] = d * f + weights[unit + r] * dI + weights[unit + h + r] * dF;
        }
    }

    /** As {@link Lanes#gruBackward}. */
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
        for (int i = 0; i < count; i++) {
            float r = gates[gate + i];
            float z = gates[gate + h + i];
            float u = gates[gate + 2 * h + i];
            float n = inputs[gate + 2 * h + i];
            float d = dHidden[at + i] + dCarried[dc + i];
            float dN = d * (1f - z) * (1f - n * n);
            float dZ = d * (hidden[at + i] - n) * z * (1f - z);
            float dR = dN * u * r * (1f - r);
            inputs[gate + i] = dR;
            inputs[gate + h + i] = dZ;
            inputs[gate + 2 * h + i] = dN;
            gates[gate + i] = dR;
            gates[gate + h + i] = dZ;
            gates[gate + 2 * h + i] = dN * r;
            dCarried[dc + i] = d * z;
        }
    }

    /** As {@link Lanes#rnnBackward}. */
    static void rnnBackward(float[] hidden, int at, float[] dHidden, float[] gates, int gate, int count) {
        for (int i = 0; i < count; i++) {
            float y = hidden[at + i];
            gates[gate + i] = dHidden[gate + i] * (1f - y * y);
        }
    }
}
