package lstm.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lstm.generate.HandMade;
import org.junit.jupiter.api.Test;

class TerminalTextTest {

    @Test
    void charactersAreShownAsTheyAre() {
        assertThat(show(HandMade.characters("aé 😀\u0301~\n\t"))).isEqualTo("aé 😀\u0301~\n\t");
    }

    @Test
    void controlCharactersAreSpelledOut() {
        assertThat(show(HandMade.characters("\u001b[2J\r\b\u0007\u007f\u009b\0")))
                .isEqualTo("\\u001b[2J\\u0008\\u0007\\u007f\\u009b\\u0000");
        assertThat(show(HandMade.bytes("\u001b[2J\r\b\u0007\u007f\0")))
                .isEqualTo("\\u001b[2J\\u0008\\u0007\\u007f\\u0000");
        assertThat(TerminalText.show("\u001b]0;title\u0007")).isEqualTo("\\u001b]0;title\\u0007");
    }

    @Test
    void inOneLineAlsoLineBreaksAndDirectionsAreSpelledOut() {
        assertThat(TerminalText.line("aé 😀\u0301")).isEqualTo("aé 😀\u0301");
        assertThat(TerminalText.line("a\nb\tc\r\u001b\u202e\u2028\u2029\u009b"))
                .isEqualTo("a\\u000ab\\u0009c\\u000d\\u001b\\u202e\\u2028\\u2029\\u009b");
        assertThat(TerminalText.line("\ud83d")).isEqualTo("\\ud83d");
    }

    @Test
    void bytesArePutTogether() {
        assertThat(show(HandMade.bytes("a\u00c3\u00a9b"))).isEqualTo("aéb");
        assertThat(show(HandMade.bytes("\u00f0\u009f\u0098\u0080!"))).isEqualTo("😀!");
        Vocabulary halves = HandMade.bytes("\u00c3\u00a9");
        TerminalText display = new TerminalText();
        assertThat(display.show(halves, 0)).isEmpty();
        assertThat(display.show(halves, 1)).isEqualTo("é");
        assertThat(display.show(halves, 0)).isEmpty();
        assertThat(display.show(halves, 1)).isEqualTo("é");
    }

    @Test
    void aControlCharacterInTwoBytesIsSpelledOut() {
        assertThat(show(HandMade.bytes("\u00c2\u009b2J"))).isEqualTo("\\u009b2J");
    }

    @Test
    void noOrderOfBytesIsTooMuch() {
        assertThat(show(HandMade.bytes("\u00ff\u009ba"))).isEqualTo("\ufffd\ufffda");
        assertThat(show(HandMade.bytes("\u00f0\u009fa\u00f4\u0090\u0080")))
                .startsWith("\ufffd")
                .contains("a");
        String all = IntStream.range(0, 256).mapToObj(Character::toString).collect(Collectors.joining());
        String backwards = new StringBuilder(all).reverse().toString();
        for (String bytes : new String[] {all, backwards}) {
            assertThat(show(HandMade.bytes(bytes)).codePoints())
                    .noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
        }
    }

    private static String show(Vocabulary vocabulary) {
        TerminalText display = new TerminalText();
        return IntStream.range(0, vocabulary.size())
                .mapToObj(token -> display.show(vocabulary, token))
                .collect(Collectors.joining());
    }
}
