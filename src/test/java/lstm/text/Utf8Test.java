package lstm.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {

    private static IntUnaryOperator bytes(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return at -> Byte.toUnsignedInt(bytes[at]);
    }

    /** Both ends of every length. */
    @ParameterizedTest
    @ValueSource(ints = {0, 'a', 0x7F, 0x80, 0xE9, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF})
    void aCharacterIsReadWholeAmongOthers(int codePoint) {
        byte[] own = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
        IntUnaryOperator all = bytes("c3a9" + HexFormat.of().formatHex(own) + "41");

        assertThat(Utf8.length(all, 2, own.length + 3)).isEqualTo(own.length);
        assertThat(Utf8.codePoint(all, 2, own.length)).isEqualTo(codePoint);
    }

    /** Continued wrongly or not at all, too long for what they say, a surrogate, above U+10FFFF, no first byte. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "c341",
                "e28241",
                "f09f98",
                "c0af",
                "e080af",
                "eda080",
                "f4908080",
                "80",
                "bf80",
                "ff",
                "f8888080"
            })
    void aByteThatBeginsNoCharacterStandsForItself(String hex) {
        IntUnaryOperator bytes = bytes(hex);

        assertThat(Utf8.length(bytes, 0, hex.length() / 2)).isEqualTo(1);
        assertThat(Utf8.codePoint(bytes, 0, 1)).isEqualTo(Utf8.REPLACEMENT);
    }

    @Test
    void aCharacterThatTheEndCutsIsNone() {
        assertThat(Utf8.length(bytes("f09f9880"), 0, 4)).isEqualTo(4);
        for (int end = 1; end < 4; end++) {
            assertThat(Utf8.length(bytes("f09f9880"), 0, end)).isEqualTo(1);
        }
    }
}
