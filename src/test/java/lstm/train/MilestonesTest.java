package lstm.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MilestonesTest {

    private static long between(long from, long to) {
        return LongStream.range(from, to).filter(Milestones::contains).count();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 200_000, 10",
        "200_000, 400_000, 20",
        "400_000, 800_000, 40",
        "800_000, 1_600_000, 80",
        "1_600_000, 3_200_000, 160"
    })
    void theyAreTwiceAsFarApartWheneverThereHaveBeenTwiceAsManySteps(String from, String to, long distance) {
        long begin = Long.parseLong(from.replace("_", ""));
        long end = Long.parseLong(to.replace("_", ""));

        assertThat(between(begin, end)).isEqualTo((end - begin) / distance);
        assertThat(LongStream.range(begin, end).filter(Milestones::contains)).allMatch(step -> step % distance == 0);
    }

    @Test
    void aNightOfTheSmallestStepsIsFew() {
        assertThat(between(0, 50_000_000)).isBetween(80_000L, 110_000L);
    }
}
