package lstm.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SymbolsTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "65,    'e'",
                "27,    U+0027 (')",
                "20,    U+0020 (space)",
                "A,     U+000A (newline)",
                "D,     U+000D (carriage return)",
                "9,     U+0009 (tab)",
                "1B,    U+001B (escape)",
                "21,    '!'",
                "7E,    '~'",
                "7F,    U+007F (delete)",
                "E9,    U+00E9 (é)",
                "301,   U+0301 (combining acute accent)",
                "202E,  U+202E (right-to-left override)",
                "378,   U+0378",
                "FEFF,  U+FEFF (byte-order mark)",
                "1F600, U+1F600 (😀)",
            })
    void aCharacterIsNamedSoThatItCanBeToldAndPrinted(String hex, String name) {
        assertThat(Symbols.describe(Integer.parseInt(hex, 16))).isEqualTo(name);
    }

    @Test
    void inARowSymbolsStandAsTheyAreWhereTheyShow() {
        assertThat(Symbols.plain('a') + Symbols.plain(' ') + Symbols.plain(0x1F600))
                .isEqualTo("a 😀");
        assertThat(Symbols.plain('\r') + Symbols.plain(0x1B) + Symbols.plain(0x301))
                .isEqualTo("\\u000d\\u001b\\u0301");
    }

    @Test
    void inALineANewlineIsWrittenAsPeopleDo() {
        assertThat(Symbols.inLine('a') + Symbols.inLine('\n') + Symbols.inLine('\t'))
                .isEqualTo("a\\n\\u0009");
    }

    @Test
    void aByteIsNamedByItsValue() {
        assertThat(Symbols.describe(Unit.BYTE, 0xE9)).isEqualTo("0xE9");
        assertThat(Symbols.describe(Unit.BYTE, List.of(0, 10))).isEqualTo("0x00, 0x0A");
    }

    @Test
    void ofManySymbolsFiveAreNamed() {
        assertThat(Symbols.describe(List.of())).isEmpty();
        assertThat(Symbols.describe(List.of(97, 98, 99, 100, 101))).isEqualTo("'a', 'b', 'c', 'd', 'e'");
        assertThat(Symbols.describe(List.of(97, 98, 99, 100, 101, 102, 103)))
                .isEqualTo("'a', 'b', 'c', 'd', 'e' and 2 more");
    }

    @ParameterizedTest
    @EnumSource
    void aUnitIsFoundByItsLabel(Unit unit) {
        assertThat(Unit.fromLabel(unit.label())).isEqualTo(unit);
    }

    @Test
    void anUnknownLabelIsRefused() {
        assertThatThrownBy(() -> Unit.fromLabel("words"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown unit of text 'words': expected characters or bytes");
    }
}
