package lstm.text;

/**
 * A polynomial of numbers in 64 bits, to which one can be added behind and from which the first can be taken away (Karp
 * and Rabin, 1987).
 *
 * <p>The numbers are scattered first, so that none counts as nothing. Two different sequences have one hash with a
 * probability of about 2^-64, unless somebody who knows the multiplier looks for them.
 */
final class RollingHash {

    /** Of nothing. */
    static final long EMPTY = 0;

    private static final long MULTIPLIER = 0xd1342543de82ef95L;

    private RollingHash() {}

    /** The hash with one more number behind. */
    static long add(long hash, int number) {
        return hash * MULTIPLIER + scattered(number + 1L);
    }

    /** The hash without its first number, to which {@code power} belongs. */
    static long removeFirst(long hash, int number, long power) {
        return hash - scattered(number + 1L) * power;
    }

    /** What the first of so many numbers is multiplied by. */
    static long powerOfFirst(int length) {
        long power = 1;
        for (int i = 1; i < length; i++) {
            power *= MULTIPLIER;
        }
        return power;
    }

    /** All bits on all bits, as a hash is to be used (the finalizer of SplitMix64: Steele, Lea and Flood, 2014). */
    static long scattered(long hash) {
        long bits = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        bits = (bits ^ bits >>> 27) * 0x94d049bb133111ebL;
        return bits ^ bits >>> 31;
    }
}
