package lstm.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import lstm.text.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {

    @ParameterizedTest
    @CsvSource({
        "100, 0.1, 10",
        "100, 0.0, 0",
        "100, 0.019, 0", // one token predicts nothing
        "100, 0.02, 2",
        "4, 0.5, 2",
        "3, 0.9, 0", // would leave one to learn from
        "2, 0.5, 0",
        "1, 0.5, 0",
        "100, 0.99, 0",
        "1000, 0.99, 990",
    })
    void theLastPartIsForValidation(int size, double fraction, int validation) {
        Tokens text = Tokens.of(IntStream.range(0, size).toArray());
        Split split = Split.of(text, fraction);
        assertThat(split.validation().size()).isEqualTo(validation);
        assertThat(split.training().size()).isEqualTo(size - validation);
        if (validation > 0) {
            assertThat(split.training().tokens(0).get(split.training().size() - 1))
                    .isEqualTo(size - validation - 1);
            assertThat(split.validation().get(0)).isEqualTo(size - validation);
            assertThat(split.validation().get(validation - 1)).isEqualTo(size - 1);
        }
    }

    @Test
    void bothPartsAreAlwaysUsable() {
        for (int size = 2; size < 40; size++) {
            for (int percent = 0; percent < 100; percent++) {
                Split split = Split.of(Tokens.of(new int[size]), percent / 100.0);
                assertThat(split.training().size()).isGreaterThanOrEqualTo(2);
                assertThat(split.validation().size()).isNotEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
    void aShareThatIsNoneIsRefused(double fraction) {
        assertThatThrownBy(() -> Split.of(Tokens.of(1, 2, 3), fraction))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected a share for validation from 0 to below 1, found ");
    }
}
