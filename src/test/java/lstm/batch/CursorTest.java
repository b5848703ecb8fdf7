package lstm.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CursorTest {

    @Test
    void itWalksThroughAllWindowsOfEveryEpoch() {
        Cursor cursor = Cursor.START;
        for (int step = 0; step < 10; step++) {
            assertThat(cursor).isEqualTo(new Cursor(step / 3, step % 3));
            assertThat(cursor.startsEpoch()).isEqualTo(step % 3 == 0);
            cursor = cursor.next(3);
        }
    }

    @Test
    void everyStepIsAnEpochWhereThereIsOneWindow() {
        assertThat(Cursor.START.next(1)).isEqualTo(new Cursor(1, 0));
    }

    @Test
    void aCursorFromALongerTextEndsItsEpoch() {
        assertThat(new Cursor(4, 100).next(10)).isEqualTo(new Cursor(5, 0));
    }

    @Test
    void thereIsNothingBeforeTheStart() {
        assertThatThrownBy(() -> new Cursor(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Cursor(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
