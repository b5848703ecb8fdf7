package lstm.kernel;

/**
 * A sum in double, and how far the same sum in float may be from it.
 *
 * <p>n additions of rounded products, in any order, are off by at most n u / (1 - n u) times the sum of the terms'
 * magnitudes, where u = 2^-24 (Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 3.1). One more than
 * n pays for the products' own rounding and one for the denominator.
 */
final class Sum {

    /** Half the distance between 1 and the next float: what one operation may be off by, relatively. */
    static final double ROUNDING = 0x1p-24;

    private double value;
    private double magnitude;
    private int terms;

    Sum add(double term) {
        value += term;
        magnitude += Math.abs(term);
        terms++;
        return this;
    }

    double value() {
        return value;
    }

    double tolerance() {
        return (terms + 2) * ROUNDING * magnitude;
    }
}
