package lstm.kernel;

import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;

/** Equality of float arrays bit for bit, whose failure names one element and not all. */
public final class SameBits {

    private SameBits() {}

    /** Fails at the first element whose bits differ. */
    public static void assertSameBits(float[] actual, float[] expected, String description) {
        int i = Arrays.mismatch(expected, actual);
        if (i >= 0) {
            String element = i < Math.min(expected.length, actual.length)
                    ? "element %d is %s, not %s".formatted(i, actual[i], expected[i])
                    : "there are %d elements, not %d".formatted(actual.length, expected.length);
            fail(description + ": " + element);
        }
    }
}
