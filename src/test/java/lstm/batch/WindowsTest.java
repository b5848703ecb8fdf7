package lstm.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import lstm.text.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WindowsTest {

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyTokenOfAWindowStandsWhereANaiveLoopPutsIt(int seed) {
        Random random = new Random(seed);
        BatchShape shape = new BatchShape(1 + random.nextInt(9), 1 + random.nextInt(9));
        int size = shape.streams() * (shape.steps() + 1) + random.nextInt(200);
        int[] text = random.ints(size, 0, 1000).toArray();
        Windows windows = new Windows(Epochs.of(Tokens.of(text)), shape);
        int length = size / shape.streams();
        assertThat(windows.perEpoch()).isEqualTo((length - 1) / shape.steps()).isPositive();
        int[] inputs = new int[shape.streams() * shape.steps()];
        int[] targets = inputs.clone();
        for (int window = 0; window < windows.perEpoch(); window++) {
            int cut = random.nextInt(shape.streams() + 1);
            windows.fill(new Cursor(0, window), cut, shape.streams(), inputs, targets);
            windows.fill(new Cursor(0, window), 0, cut, inputs, targets);
            for (int t = 0; t < shape.steps(); t++) {
                for (int b = 0; b < shape.streams(); b++) {
                    int at = b * length + window * shape.steps() + t;
                    assertThat(inputs[t * shape.streams() + b]).isEqualTo(text[at]);
                    assertThat(targets[t * shape.streams() + b]).isEqualTo(text[at + 1]);
                }
            }
        }
    }

    @Test
    void theDrawingIsRight() {
        Tokens letters = Tokens.of("abcdefghijklmnopqr".chars().toArray());
        Windows windows = new Windows(Epochs.of(letters), new BatchShape(2, 4));
        assertThat(windows.perEpoch()).isEqualTo(2);
        int[] inputs = new int[8];
        int[] targets = new int[8];
        windows.fill(new Cursor(0, 1), 0, 2, inputs, targets);
        assertThat(text(inputs)).isEqualTo("enfogphq");
        assertThat(text(targets)).isEqualTo("fogphqir");
    }

    @Test
    void theTextIsThatOfTheEpoch() {
        Epochs epochs = new Epochs() {
            @Override
            public long size() {
                return 3;
            }

            @Override
            public Tokens tokens(long epoch) {
                return Tokens.of((int) epoch, (int) epoch + 1, (int) epoch + 2);
            }
        };
        Windows windows = new Windows(epochs, new BatchShape(1, 2));
        int[] inputs = new int[2];
        int[] targets = new int[2];
        windows.fill(new Cursor(5, 0), 0, 1, inputs, targets);
        assertThat(inputs).containsExactly(5, 6);
        assertThat(targets).containsExactly(6, 7);
    }

    @Test
    void aTextOfTwoTokensHasOneWindow() {
        Windows windows = new Windows(Epochs.of(Tokens.of(7, 9)), new BatchShape(1, 1));
        int[] inputs = new int[1];
        int[] targets = new int[1];
        windows.fill(new Cursor(0, 0), 0, 1, inputs, targets);
        assertThat(windows.perEpoch()).isEqualTo(1);
        assertThat(inputs).containsExactly(7);
        assertThat(targets).containsExactly(9);
    }

    @Test
    void aTextWithoutAWindowIsRefused() {
        assertThatThrownBy(() -> new Windows(Epochs.of(Tokens.of(new int[7])), new BatchShape(2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("7 tokens");
    }

    @Test
    void aWindowOutsideOfTheEpochIsRefusedForItWouldReadTheNextStream() {
        Windows windows = new Windows(Epochs.of(Tokens.of(new int[18])), new BatchShape(2, 4));
        int[] array = new int[8];
        assertThatThrownBy(() -> windows.fill(new Cursor(0, 2), 0, 2, array, array))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> windows.fill(new Cursor(0, 1), 1, 3, array, array))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> windows.fill(new Cursor(0, 0), 0, 2, array, new int[7]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String text(int[] letters) {
        return Arrays.stream(letters)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
