package lstm.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import lstm.generate.HandMade;
import lstm.text.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What features say about texts, a digit for each character. */
class FeatureTest {

    private static final Vocabulary BYTES =
            HandMade.bytes(IntStream.range(0, 256).mapToObj(Character::toString).collect(Collectors.joining()));

    private static String values(Feature feature, InspectedText text) {
        Feature.Track track = feature.track(text);
        return LongStream.range(0, text.size())
                .mapToObj(i -> Integer.toString((int) track.next(i)))
                .collect(Collectors.joining());
    }

    private static InspectedText characters(String text) {
        String distinct =
                text.codePoints().distinct().mapToObj(Character::toString).collect(Collectors.joining());
        return Planted.text(HandMade.characters(distinct), text);
    }

    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, delimiter = '|', quoteCharacter = '`', textBlock = """
            QUOTES|a "b" c|0011000
            QUOTES|"a" "b|110011
            QUOTES|\u201ca\u201d \u201cb\u201d|1100110
            QUOTES|\u201ea\u201c b|11000
            QUOTES|\u00aba\u00bb \u00bbb\u00ab|1100110
            QUOTES|\u201ca "b" c\u201d d|11111111000
            QUOTES|it's \u2018so\u2019|000000000
            QUOTES|\u201d a|000
            QUOTES|"a~b~~c "d"|11111000110
            BRACKETS|a(b[c]{d})e|01122122100
            BRACKETS|)a(|001
            LINE_POSITION|ab~~c|12001
            INDENT|  a b~ c|12222011
            INDENT|a  b|0000
            WORD_POSITION|ab 1c. d|12012001
            WORD_START|ab 1c.d|1001001
            CAPITALS|aBC \u00c4 \u01c5|0110101
            VOWELS|bOa \u00e9\u00d6y 1|01101100 0
            DIGITS|a1\u0663|011
            PUNCTUATION|a.b, -\u201c+|01010110
            BLANKS|a b~\u00a0|01001
            NEWLINES|a ~b|0010
            """)
    void theyAreTold(TextFeature feature, String text, String expected) {
        assertThat(values(feature, characters(text.replace('~', '\n')))).isEqualTo(expected.replace(" ", ""));
    }

    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, delimiter = '|', quoteCharacter = '`', textBlock = """
            b+|abbcb|01101
            ^a|aa~a|1001
            a$|aa~ab|01000
            \\bthe\\b|the then the|111000000111
            x*|abc|000
            (?i)A|aA|11
            .|\ud83e\udd8a\u00e9|11
            \u00e9|\ud83e\udd8a\u00e9\ud83e\udd8a|010
            \\p{Lu}\\w+|a Bc|0011
            q|abc|000
            """)
    void expressionsAreFound(String expression, String text, String expected) {
        assertThat(values(new RegexFeature(expression), characters(text.replace('~', '\n'))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(", "*a", "[b", "a\\", "(?=a)", "(a)\\1", "a{1001}", "(a{100}){100}", "(a{2,100}){,100}{50,}"})
    void whatIsNoExpressionIsTold(String expression) {
        assertThatThrownBy(() -> new RegexFeature(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected a regular expression, found '" + expression + "': ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void nestingHasAnEnd() {
        assertThatThrownBy(() -> new RegexFeature("(".repeat(20_000) + ")".repeat(20_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("nested too deep");
    }

    /** A matcher that goes back and tries again would take longer than the universe has been there. */
    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b", "(a|aa)+$b", "(a*)*b", "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)b"})
    void aHostileExpressionEnds(String expression) {
        InspectedText text = characters("a".repeat(20_000));
        assertThat(values(new RegexFeature(expression), text)).matches("0+");
    }

    @ParameterizedTest
    @EnumSource
    void aByteHasWhatItsCharacterHas(TextFeature feature) {
        String text = "\u201cB\u00e9 (\ud83e\udd8a)\u201d\n  \u00c4";
        String ofCharacters = values(feature, characters(text));
        StringBuilder expected = new StringBuilder();
        int[] all = text.codePoints().toArray();
        for (int i = 0; i < all.length; i++) {
            int bytes = Character.toString(all[i]).getBytes(StandardCharsets.UTF_8).length;
            expected.append(ofCharacters.substring(i, i + 1).repeat(bytes));
        }

        assertThat(ofCharacters).hasSize(all.length);
        assertThat(values(feature, Planted.text(BYTES, text))).isEqualTo(expected.toString());
    }

    @Test
    void expressionsAreFoundInBytesToo() {
        assertThat(values(new RegexFeature("\u00e9."), Planted.text(BYTES, "a\u00e9\ud83e\udd8a\u00e9")))
                .isEqualTo("011111100");
    }

    @Test
    void bytesThatAreNoCharacterAreOneEach() {
        InspectedText text =
                new InspectedText(BYTES, lstm.text.Tokens.of('a', 0xE2, 0x80, 'b', 0x9C, 0xFF, 0xC3, 0xA9));

        assertThat(LongStream.range(0, text.size()).mapToObj(text::codePoint))
                .containsExactly((int) 'a', 0xFFFD, 0xFFFD, (int) 'b', 0xFFFD, 0xFFFD, 0xE9, 0xE9);
        assertThat(LongStream.range(0, text.size()).filter(text::begins)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(values(TextFeature.LINE_POSITION, text)).isEqualTo("12345677");
    }
}
