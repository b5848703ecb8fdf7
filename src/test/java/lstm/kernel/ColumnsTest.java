package lstm.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {

    @Test
    void aRangeIsOneRunOfNeighbours() {
        assertThat(indices(Columns.range(3, 4))).containsExactly(3, 4, 5, 6);
        assertThat(Columns.range(3, 4).end()).isEqualTo(7);
    }

    @Test
    void runsStandAStrideApart() {
        Columns columns = new Columns(1, 2, 5, 3);

        assertThat(indices(columns)).containsExactly(1, 2, 6, 7, 11, 12);
        assertThat(columns.end()).isEqualTo(13);
    }

    @Test
    void shiftingMovesEveryColumn() {
        assertThat(indices(new Columns(1, 2, 5, 2).shifted(10))).containsExactly(11, 12, 16, 17);
    }

    @ParameterizedTest
    @CsvSource({"-1, 1, 1, 1", "0, 0, 1, 1", "0, 1, 1, 0", "0, 2, 1, 2", "0, -1, 1, 1"})
    void whatIsNotASetOfColumnsIsRefused(int first, int width, int stride, int repeats) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Columns(first, width, stride, repeats))
                .withMessage(
                        "not a set of columns: first %d, width %d, stride %d, repeats %d",
                        first, width, stride, repeats);
    }

    private static int[] indices(Columns columns) {
        return IntStream.range(0, columns.count()).map(columns::at).toArray();
    }
}
