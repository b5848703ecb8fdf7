package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {

    @ParameterizedTest
    @CsvSource({"90s, 90", "90, 90", "3m, 180", "1h30m, 5400", "1.5h, 5400", "1h2m3s, 3723", "2M, 120", "0.5s, 0.5"})
    void timesAreReadAsPeopleWriteThem(String text, double seconds) {
        assertThat(TimeSpan.parse(text).seconds()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "m", "3x", "3m2h", "-3s", "1.2.3s", ".", "NaN", "3 m"})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> TimeSpan.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\" is not a time; write ");
    }
}
