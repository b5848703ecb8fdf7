package lstm.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lstm.text.TextException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchShapeTest {

    @ParameterizedTest
    @CsvSource({
        "2550, 50, 50, 50, 50", // exactly one window
        "2549, 50, 50, 49, 50",
        "100, 50, 50, 1, 50",
        "51, 50, 50, 1, 50",
        "50, 50, 50, 1, 49",
        "2, 50, 50, 1, 1",
        "3, 50, 1, 1, 1",
        "4, 50, 1, 2, 1",
        "100, 1, 16777216, 1, 99",
        "9000000000, 50, 50, 50, 50",
    })
    void aShapeShrinksInStreamsAndThenInSteps(long tokens, int streams, int steps, int fewer, int shorter) {
        assertThat(new BatchShape(streams, steps).fitted(tokens)).isEqualTo(new BatchShape(fewer, shorter));
    }

    @Test
    void aFittedShapeIsTheLargestThatHasAWindow() {
        for (int tokens = 2; tokens < 60; tokens++) {
            for (int streams = 1; streams < 12; streams++) {
                for (int steps = 1; steps < 12; steps++) {
                    BatchShape fitted = new BatchShape(streams, steps).fitted(tokens);
                    assertThat(tokens / fitted.streams()).isGreaterThan(fitted.steps());
                    if (fitted.streams() < streams) {
                        assertThat(tokens / (fitted.streams() + 1)).isLessThanOrEqualTo(fitted.steps());
                    }
                    if (fitted.steps() < steps) {
                        assertThat(fitted).isEqualTo(new BatchShape(1, tokens - 1));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, no characters", "1, 1 character"})
    void aTextWithNothingToPredictIsRefused(long tokens, String found) {
        assertThatThrownBy(() -> new BatchShape(2, 2).fitted(tokens))
                .isInstanceOf(TextException.class)
                .hasMessage("the text has " + found + ", and learning needs at least 2");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "-1, 5", "65536, 65536", "2147483647, 2147483647"})
    void impossibleShapesAreRefused(int streams, int steps) {
        assertThatThrownBy(() -> new BatchShape(streams, steps)).isInstanceOf(IllegalArgumentException.class);
    }
}
