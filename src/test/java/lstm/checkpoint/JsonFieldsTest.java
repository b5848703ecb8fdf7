package lstm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

    private static JsonFields of(String text) {
        return JsonFields.of("config", text);
    }

    @Test
    void membersAreOfTheKindThatIsAskedFor() {
        JsonFields fields =
                of("{\"text\":\"é\",\"on\":true,\"none\":null,\"n\":-7,\"x\":2.5e1,\"in\":{\"n\":1},\"list\":[1,[]]}");

        assertThat(fields.string("text")).isEqualTo("é");
        assertThat(fields.flag("on")).isTrue();
        assertThat(fields.whole("n")).isEqualTo(-7);
        assertThat(fields.integer("n")).isEqualTo(-7);
        assertThat(fields.number("x")).isEqualTo(25);
        assertThat(fields.object("in").whole("n")).isEqualTo(1);
        assertThat(fields.has("none")).isTrue();
        assertThat(fields.has("nothing")).isFalse();
        assertThat(fields.optional("n", JsonFields::whole)).isEqualTo(-7);
        assertThat(fields.optional("none", JsonFields::whole)).isNull();
        assertThat(fields.optional("nothing", JsonFields::whole)).isNull();
        // It is there, but nothing that anybody asks for.
        assertThat(fields.has("list")).isTrue();
        assertThatThrownBy(() -> fields.object("list")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> fields.string("n")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'a':1}", "{a:1}", "{\"a\":NaN}", "{\"a\":1;\"b\":2}", "{\"a\"=1}", "{\"a\":1,}", "{\"a\":[1,]}",
                        "{\"a\":01}",
                "{\"a\":TRUE}", "{\"a\":1} // so", "{\"a\":\"\t\"}", "{\"a\":1}}", "{\"a\":1", "[]", "1", ""
            })
    void whatIsNotJsonToTheLetterIsRefused(String text) {
        assertThatThrownBy(() -> of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"config\"");
    }

    @Test
    void aMemberStandsOnce() {
        assertThatThrownBy(() -> of("{\"a\":1,\"b\":{\"a\":1},\"a\":1}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'a' stands twice in one object");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -2147483648 | true
            2147483647  | true
            -2147483649 | false
            2147483648  | false
            1.0         | false
            1e3         | false
            """)
    void anIntegerIsNeverRounded(String digits, boolean isOne) {
        JsonFields fields = of("{\"n\":" + digits + "}");
        if (isOne) {
            assertThat(fields.integer("n")).hasToString(digits);
        } else {
            assertThatThrownBy(() -> fields.integer("n"))
                    .hasMessage("\"n\" is '" + digits + "', expected a whole number from -2147483648 to 2147483647");
        }
    }

    @Test
    void aNumberIsWithinADouble() {
        assertThat(of("{\"x\":1.7976931348623157e308}").number("x")).isEqualTo(Double.MAX_VALUE);
        assertThatThrownBy(() -> of("{\"x\":1e309}").number("x"))
                .hasMessageContaining("expected a number that a double can hold");
    }

    @ParameterizedTest
    @CsvSource({"{\"a\":, }", "[, ]"})
    void fifteenMayStandWithinTheFirst(String open, String close) {
        for (int inner : new int[] {15, 16}) {
            String text = "{\"a\":" + open.repeat(inner - 1) + (open.startsWith("[") ? "[]" : "{}")
                    + close.repeat(inner - 1) + "}";
            if (inner < 16) {
                assertThat(of(text).has("a")).isTrue();
            } else {
                assertThatThrownBy(() -> of(text)).hasMessageContaining("16 deep");
            }
        }
    }

    @Test
    void aTextHasALongestLength() {
        String longest = "{\"a\":\"" + "x".repeat(JsonFields.LONGEST - 8) + "\"}";
        assertThat(of(longest).string("a")).hasSize(JsonFields.LONGEST - 8);
        assertThatThrownBy(() -> of(longest + " ")).hasMessageContaining("expected at most " + JsonFields.LONGEST);
    }
}
