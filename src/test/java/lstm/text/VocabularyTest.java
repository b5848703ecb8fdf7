package lstm.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

    private static final Vocabulary SOME = Vocabulary.of(Unit.CHARACTER, List.of("b", "😀", "a", "\0"));

    @Test
    void theIthStringIsTheSymbolOfTokenI() {
        assertThat(SOME.size()).isEqualTo(4);
        assertThat(SOME.symbols()).containsExactly("b", "😀", "a", "\0");
        for (int token = 0; token < SOME.size(); token++) {
            assertThat(SOME.token(SOME.codePoint(token))).isEqualTo(token);
        }
        assertThat(SOME.codePoint(1)).isEqualTo(0x1F600);
        assertThat(SOME).hasToString("4 characters");
    }

    @ParameterizedTest
    @ValueSource(ints = {'c', 0x1F601, 0x10FFFF, 0x110000, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void whatItLacksHasNoToken(int codePoint) {
        assertThat(SOME.token(codePoint)).isEqualTo(-1);
    }

    @Test
    void symbolsBecomeUtf8OrTheByteItself() {
        assertThat(Vocabulary.of(Unit.CHARACTER, List.of("a", "é")).bytes(1)).containsExactly(0xC3, 0xA9);
        assertThat(Vocabulary.of(Unit.BYTE, List.of("a", "é")).bytes(1)).containsExactly(0xE9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "e\u0301", "\ud83d", "\ude00", "\ude00\ud83d", "\ud800", "\udfff"})
    void whatIsNotOneCharacterIsRefused(String symbol) {
        assertThatThrownBy(() -> Vocabulary.of(Unit.CHARACTER, List.of("x", "y", symbol)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("symbol 2 of the vocabulary is not one of characters");
    }

    @Test
    void bytesEndAtU00FF() {
        assertThat(Vocabulary.of(Unit.BYTE, List.of("\0", "ÿ")).codePoint(1)).isEqualTo(0xFF);
        assertThatThrownBy(() -> Vocabulary.of(Unit.BYTE, List.of("a", "Ā")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("symbol 1 of the vocabulary is not one of bytes");
    }

    @Test
    void nothingAndTheSameTwiceAreRefused() {
        assertThatThrownBy(() -> Vocabulary.of(Unit.CHARACTER, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the vocabulary is empty");
        assertThatThrownBy(() -> Vocabulary.of(Unit.CHARACTER, List.of("a", "\n", "c", "\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("symbols 1 and 3 of the vocabulary are both U+000A (newline)");
    }

    @Test
    void theFirstSymbolTwiceIsRefusedToo() {
        assertThatThrownBy(() -> Vocabulary.of(Unit.CHARACTER, List.of("a", "b", "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("symbols 0 and 2 of the vocabulary are both 'a'");
    }

    @Test
    void charactersAroundTheSurrogatesAreSymbols() {
        Vocabulary around = Vocabulary.of(Unit.CHARACTER, List.of("\ud7ff", "\ue000"));
        assertThat(around.token(0xD7FF)).isZero();
        assertThat(around.token(0xE000)).isEqualTo(1);
        assertThat(around.token(0xD800)).isEqualTo(-1);
    }

    @Test
    void beforeATextStandsANewlineOrWhatIsFirst() {
        assertThat(Vocabulary.of(Unit.CHARACTER, List.of("a", "b", "\n")).beforeText())
                .isEqualTo(2);
        assertThat(SOME.beforeText()).isZero();
    }

    @Test
    void itNamesWhatItLacksOfAnother() {
        Vocabulary other = Vocabulary.of(Unit.CHARACTER, List.of("z", "a", "é"));
        assertThat(SOME.lacking(other)).containsExactly((int) 'z', (int) 'é');
        assertThat(SOME.lacking(SOME)).isEmpty();
    }

    @Test
    void itMayHaveHundredsOfThousandsOfSymbols() {
        List<String> many = IntStream.range(0, 200_000)
                .map(i -> 0x10FFFF - i)
                .mapToObj(Character::toString)
                .toList();
        Vocabulary vocabulary = Vocabulary.of(Unit.CHARACTER, many);
        assertThat(vocabulary.symbols()).isEqualTo(many);
        assertThat(vocabulary.token(0x10FFFF - 199_999)).isEqualTo(199_999);
    }

    @Test
    void equalAreThoseWithTheSameSymbolsInTheSameOrder() {
        List<String> symbols = List.of("a", "b");
        Vocabulary one = Vocabulary.of(Unit.CHARACTER, symbols);
        assertThat(one)
                .isEqualTo(Vocabulary.of(Unit.CHARACTER, symbols))
                .hasSameHashCodeAs(Vocabulary.of(Unit.CHARACTER, symbols))
                .isNotEqualTo(Vocabulary.of(Unit.CHARACTER, List.of("b", "a")))
                .isNotEqualTo(Vocabulary.of(Unit.BYTE, symbols))
                .isNotEqualTo(null);
    }

    @Test
    void whoeverChangesTheListItGaveChangesNothing() {
        List<String> symbols = SOME.symbols();
        Collections.reverse(symbols);
        assertThat(SOME.symbols()).containsExactly("b", "😀", "a", "\0");
    }
}
