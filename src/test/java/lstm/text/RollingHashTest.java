package lstm.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RollingHashTest {

    /** The first numbers of SplitMix64 from the seed 0, of which each is the finalizer of a multiple of its increment. */
    @Test
    void itScattersAsSplitMix64Does() {
        long increment = 0x9e3779b97f4a7c15L;

        assertThat(RollingHash.scattered(increment)).isEqualTo(0xe220a8397b1dcdafL);
        assertThat(RollingHash.scattered(2 * increment)).isEqualTo(0x6e789e6aa1b965f4L);
        assertThat(RollingHash.scattered(3 * increment)).isEqualTo(0x06c45d188009454fL);
    }

    @Test
    void whatLosesItsFirstNumberIsWhatHasNeverHadIt() {
        long hash = RollingHash.EMPTY;
        long without = RollingHash.EMPTY;
        for (int number : new int[] {7, 0, 3, 3}) {
            hash = RollingHash.add(hash, number);
            without = number == 7 ? without : RollingHash.add(without, number);
        }

        assertThat(RollingHash.removeFirst(hash, 7, RollingHash.powerOfFirst(4)))
                .isEqualTo(without);
    }
}
