package lstm.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoredLineTest {

    private static ScoredLine bytes(byte[] bytes) {
        return Lines.bytes(
                new String(bytes, StandardCharsets.ISO_8859_1),
                Collections.nCopies(bytes.length, 1.0).stream()
                        .mapToDouble(bit -> bit)
                        .toArray());
    }

    @Test
    void aCharacterOfSeveralBytesHasTheBitsOfAll() {
        assertThat(Lines.bytes("\u00c3\u00a9a", 3, 0.5, 2).characters())
                .containsExactly(new ScoredCharacter('\u00e9', 3.5), new ScoredCharacter('a', 2));
        assertThat(Lines.bytes("\u00c3\u00a9", 3, Double.POSITIVE_INFINITY)
                        .characters()
                        .get(0)
                        .surprise())
                .isEqualTo(Surprise.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "\u00e9\u07ff\u0800\u20ac\uffff\ufffd",
                "\ud83e\udd8a!\udbff\udfff",
                "\0\t\u007f\u0080"
            })
    void bytesInUtf8AreTheirText(String text) {
        ScoredLine line = bytes(text.getBytes(StandardCharsets.UTF_8));
        assertThat(line.text()).isEqualTo(text);
        assertThat(line.characters().stream().mapToDouble(ScoredCharacter::bits).sum())
                .isEqualTo(line.totalBits());
    }

    @ParameterizedTest
    @CsvSource({
        "'\u0080', '\ufffd'",
        "'a\u00ffb', 'a\ufffdb'",
        "'\u00c3', '\ufffd'",
        "'\u00c3a', '\ufffda'",
        "'\u00e2\u0082a', '\ufffd\ufffda'",
        "'\u00c0\u00af', '\ufffd\ufffd'",
        "'\u00ed\u00a0\u0080', '\ufffd\ufffd\ufffd'",
        "'\u00f5\u0080\u0080\u0080', '\ufffd\ufffd\ufffd\ufffd'",
    })
    void whatIsNoUtf8IsReplacedAndKept(String latin1, String text) {
        ScoredLine line = bytes(latin1.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(line.text()).isEqualTo(text);
        assertThat(line.bytes()).isEqualTo(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource({
        "0, EXPECTED",
        "3.99, EXPECTED",
        "4, NOTABLE",
        "7, HIGH",
        "9.9, HIGH",
        "10, EXTREME",
        "80, EXTREME",
        "Infinity, UNKNOWN",
        "NaN, EXPECTED"
    })
    void surpriseGrowsWithTheBits(double bits, Surprise surprise) {
        assertThat(Surprise.of(bits)).isEqualTo(surprise);
    }
}
