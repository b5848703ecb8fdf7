package lstm.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TokenizerTest {

    private static final Tokenizer ABC = new Tokenizer(Vocabulary.of(Unit.CHARACTER, List.of("c", "a", "b", "😀")));

    static IntStream seeds() {
        return IntStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsEncodedIsDecodedToItself(int seed) {
        int[] codePoints = new Random(seed)
                .ints(100, 0, 0x110000)
                .filter(codePoint -> codePoint < 0xD800 || codePoint > 0xDFFF)
                .toArray();
        String text = new String(codePoints, 0, codePoints.length);
        for (Unit unit : Unit.values()) {
            Tokenizer tokenizer =
                    new Tokenizer(Corpus.read(TestTexts.sources(text), unit).vocabulary());
            int[] tokens = tokenizer.encode(text, Unknown.ERROR);
            assertThat(tokens)
                    .hasSize(unit == Unit.CHARACTER ? codePoints.length : text.getBytes(StandardCharsets.UTF_8).length);
            assertThat(tokenizer.decode(tokens)).isEqualTo(text);
        }
    }

    @Test
    void anEmojiIsOneToken() {
        assertThat(ABC.encode("a😀c", Unknown.ERROR)).containsExactly(1, 3, 0);
        assertThat(ABC.encode("", Unknown.ERROR)).isEmpty();
        assertThat(ABC.decode(new int[0])).isEmpty();
    }

    @Test
    void unknownCharactersAreNamedOnceEach() {
        assertThatThrownBy(() -> ABC.encode("abé\nbéa", Unknown.ERROR))
                .isInstanceOf(TextException.class)
                .hasMessage("the model has never seen U+00E9 (é), U+000A (newline); "
                        + "leave it out of the text, or use --unknown skip");
    }

    @Test
    void ofManyUnknownCharactersFiveAreNamed() {
        assertThatThrownBy(() -> ABC.encode("defghijk", Unknown.ERROR))
                .hasMessageContaining("'d', 'e', 'f', 'g', 'h' and 3 more;");
    }

    @Test
    void unknownCharactersAreLeftOutOnDemandAndCanBeListed() {
        assertThat(ABC.encode("x😀yax", Unknown.SKIP)).containsExactly(3, 1);
        assertThat(ABC.unknown("x😀yax")).containsExactly((int) 'x', (int) 'y');
        assertThat(ABC.unknown("abc")).isEmpty();
    }

    @Test
    void halfASurrogatePairIsAnUnknownCharacterLikeAnyOther() {
        assertThatThrownBy(() -> ABC.encode("a\ud83d", Unknown.ERROR)).hasMessageContaining("U+D83D");
        assertThat(ABC.encode("a\ud83d", Unknown.SKIP)).containsExactly(1);
    }

    @Test
    void inBytesATextIsItsUtf8() {
        Tokenizer bytes = new Tokenizer(Vocabulary.of(Unit.BYTE, List.of("a", "Ã", "©")));
        assertThat(bytes.encode("éa", Unknown.ERROR)).containsExactly(1, 2, 0);
        assertThat(bytes.decode(new int[] {0, 1, 2})).isEqualTo("aé");
        assertThat(bytes.decode(new int[] {1, 0})).isEqualTo("\ufffda");
        assertThatThrownBy(() -> bytes.encode("€", Unknown.ERROR)).hasMessageContaining("0xE2, 0x82, 0xAC;");
    }
}
