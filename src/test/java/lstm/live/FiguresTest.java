package lstm.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How numbers are shown. */
class FiguresTest {

    @ParameterizedTest
    @CsvSource({"0, 0:00", "6.6, 0:07", "750, 12:30", "3723, 1:02:03", "360000, 100:00:00", "NaN, ?", "Infinity, ?"})
    void aClockShowsATime(double seconds, String shown) {
        assertThat(Figures.clock(seconds)).isEqualTo(shown);
    }

    @Test
    void aLossIsShownInNatsAndInBits() {
        assertThat(Figures.loss(Math.log(2))).isEqualTo("0.693 (1.000 bpc)");
    }

    @Test
    void onlyWhatIsDoneIsAHundredPercent() {
        assertThat(Figures.percent(0.9999)).isEqualTo(" 99%");
        assertThat(Figures.percent(1)).isEqualTo("100%");
        assertThat(Figures.percent(0.29)).isEqualTo(" 29%");
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0.0100", "0.000781, 0.000781", "0.0000123, 1.23e-05"})
    void aLearningRateHasThreeDigits(double rate, String shown) {
        assertThat(Figures.learningRate(rate)).isEqualTo(shown);
    }

    @Test
    void theMeanOfLossesForgetsTheOldOnes() {
        SmoothedLoss loss = new SmoothedLoss();
        assertThat(loss.isEmpty()).isTrue();
        loss.add(4);
        assertThat(loss.value()).isEqualTo(4);
        for (int i = 0; i < 200; i++) {
            loss.add(1);
        }
        assertThat(loss.value()).isBetween(1.0, 1.001);
    }
}
