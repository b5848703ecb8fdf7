package lstm.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1, 1",
        "3, 256",
        "65535, 256",
        "65536, 256",
        "65537, 256",
        "65537, 257",
        "200000, 65536",
        "200000, 65537",
        "200000, 2147483647"
    })
    void tokensAreWhatWasAdded(int size, int limit) {
        int[] expected = new Random(size + limit).ints(size, 0, limit).toArray();
        if (size > 0) {
            expected[size - 1] = limit - 1;
        }
        assertThat(TestTexts.list(Tokens.of(expected))).isEqualTo(expected);
    }

    @Test
    void theyWidenWithoutForgettingWhatTheyHave() {
        int[] rising = IntStream.range(0, 200_000).toArray();
        assertThat(TestTexts.list(Tokens.of(rising))).isEqualTo(rising);
    }

    @Test
    void aMapReplacesEveryToken() {
        int[] tokens = new Random(5).ints(150_000, 0, 300).toArray();
        int[] map = IntStream.range(0, 300).map(token -> 299 - token).toArray();
        TokenBuffer buffer = new TokenBuffer();
        Arrays.stream(tokens).forEach(buffer::add);
        buffer.remap(map);
        assertThat(TestTexts.list(buffer))
                .isEqualTo(Arrays.stream(tokens).map(token -> 299 - token).toArray());
    }

    @Test
    void aSliceIsAView() {
        Tokens slice = Tokens.of(IntStream.range(0, 100_000).toArray()).slice(65_530, 65_540);
        assertThat(TestTexts.list(slice))
                .isEqualTo(IntStream.range(65_530, 65_540).toArray());
        assertThat(TestTexts.list(slice.slice(5, 8))).containsExactly(65_535, 65_536, 65_537);
        assertThat(slice.slice(10, 10).size()).isZero();
    }

    @Test
    void whatIsOutsideIsRefused() {
        Tokens tokens = Tokens.of(1, 2, 3);
        Tokens slice = tokens.slice(1, 2);
        assertThatThrownBy(() -> tokens.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tokens.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tokens.slice(2, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tokens.slice(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.slice(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Tokens.of(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theDigestIsOfTheTokensAndNotOfTheirStorage() {
        int[] tokens = new Random(6).ints(70_000, 0, 200).toArray();
        int[] wider = Arrays.copyOf(tokens, tokens.length + 1);
        wider[tokens.length] = 100_000;
        String digest = Tokens.of(tokens).digest();
        assertThat(digest).matches("[0-9a-f]{64}");
        assertThat(Tokens.of(wider).slice(0, tokens.length).digest()).isEqualTo(digest);
        assertThat(Tokens.of(wider).digest()).isNotEqualTo(digest);
    }

    @Test
    void theDigestIsTheSameInEveryVersion() {
        // printf '\0\0\0\1\0\0\1\0' | sha256sum
        assertThat(Tokens.of(1, 256).digest())
                .isEqualTo("da49d2915281f6331c5f9d888ff8d9a4118157d3f386e2b405f6495231d0c075");
    }

    @Test
    void theDigestOfALongTextIsOfAllOfIt() {
        int[] tokens = new int[50_000];
        String digest = Tokens.of(tokens).digest();
        for (int place : new int[] {0, 16_383, 16_384, 32_767, 40_000, 49_999}) {
            int[] other = tokens.clone();
            other[place] = 1;
            assertThat(Tokens.of(other).digest()).as("place " + place).isNotEqualTo(digest);
        }
        // head -c 200000 /dev/zero | sha256sum
        assertThat(digest).isEqualTo("4cbbd9be0cba685835755f827758705db5a413c5494c34262cd25946a73e7582");
    }

    @Test
    void theDigestTellsShortTextsApart() {
        assertThat(Tokens.of(0, 0).digest()).isNotEqualTo(Tokens.of(0).digest());
        assertThat(Tokens.of(1, 2).digest()).isNotEqualTo(Tokens.of(2, 1).digest());
    }
}
