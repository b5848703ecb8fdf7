package lstm.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lstm.optimize.Schedule.Shape;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

    private static final Offset<Double> ROUNDING = Offset.offset(1e-15);

    @ParameterizedTest(name = "{0} at {1} of the training: {2}")
    @CsvSource({
        "COSINE, 0, 4",
        "COSINE, 0.25, 3.560660171779821", // 1 + 3 (1 + cos(45 degrees)) / 2
        "COSINE, 0.5, 2.5",
        "COSINE, 1, 1",
        "LINEAR, 0, 4",
        "LINEAR, 0.25, 3.25",
        "LINEAR, 0.5, 2.5",
        "LINEAR, 1, 1",
        "CONSTANT, 0, 4",
        "CONSTANT, 0.5, 4",
        "CONSTANT, 1, 4"
    })
    void theRateFallsFromThePeakToItsFinalShare(Shape shape, double progress, double rate) {
        Schedule schedule = new Schedule(shape, 4, 0.25, 0);

        assertThat(schedule.rate(1000, progress)).isCloseTo(rate, ROUNDING);
    }

    @ParameterizedTest(name = "step {0}: {1}")
    @CsvSource({"0, 0.5", "1, 1", "6, 3.5", "7, 4", "8, 4", "100, 4"})
    void theRateRisesToThePeakInEqualSteps(long step, double rate) {
        Schedule schedule = new Schedule(Shape.CONSTANT, 4, 1, 8);

        assertThat(schedule.rate(step, 0)).isCloseTo(rate, ROUNDING);
    }

    @Test
    void theFallGoesOnDuringTheWarmUp() {
        Schedule schedule = new Schedule(Shape.LINEAR, 4, 0, 8);

        assertThat(schedule.rate(3, 0.5)).isCloseTo(4 * 0.5 * 0.5, ROUNDING);
    }

    @Test
    void theRateMayEndAtZero() {
        assertThat(new Schedule(Shape.COSINE, 4, 0, 0).rate(10, 1)).isCloseTo(0, ROUNDING);
    }

    @ParameterizedTest(name = "peak {0}, final share {1}, warm-up {2}: {3}")
    @CsvSource({
        "0, 0.5, 0, learning rate above 0",
        "-1, 0.5, 0, learning rate above 0",
        "NaN, 0.5, 0, learning rate above 0",
        "Infinity, 0.5, 0, learning rate above 0",
        "1, -0.1, 0, final learning rate from 0 to 1",
        "1, 1.1, 0, final learning rate from 0 to 1",
        "1, NaN, 0, final learning rate from 0 to 1",
        "1, 0.5, -1, 0 or more steps of warm-up"
    })
    void numbersOutOfRangeAreRefused(double peak, double finalShare, int warmup, String reason) {
        assertThatThrownBy(() -> new Schedule(Shape.COSINE, peak, finalShare, warmup))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
