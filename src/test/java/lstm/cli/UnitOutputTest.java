package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lstm.inspect.InspectedText;
import lstm.model.Activation;
import lstm.text.Tokens;
import lstm.text.Unit;
import lstm.text.Vocabulary;
import org.junit.jupiter.api.Test;

/** How a unit's values are written. */
class UnitOutputTest {

    @Test
    void whereNobodyReadsAnyMoreTheTextIsNotReadOn() {
        assertThat(written(reader(true)).isFull()).isTrue();
        assertThat(written(reader(false)).isFull()).isFalse();
    }

    @Test
    void barsStandBelowCharactersOfAnyWidthAndFoldWhereTheTerminalDoes() {
        List<String> symbols = List.of("a", "\u65e5", "e", "\u0301", "\n");
        InspectedText text = new InspectedText(
                Vocabulary.of(Unit.CHARACTER, symbols), Tokens.of(new int[] {0, 1, 0, 2, 3, 1, 0, 1, 1, 4}));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        UnitBars bars = new UnitBars(Run.stream(bytes), text, "unit", Activation.HIDDEN, 6);
        for (int at = 0; at < 10; at++) {
            bars.accept(at, at == 6 ? 1 : 0);
        }
        bars.finish();

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines().skip(1))
                .containsExactly(
                        "a\u65e5ae\u0301",
                        "\u2585".repeat(5),
                        "\u65e5a\u65e5",
                        "\u2585\u2585\u2588\u2585\u2585",
                        "\u65e5\u21b5",
                        "\u2585\u2585\u2585");
    }

    private static PrintStream reader(boolean gone) {
        return new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int value) throws IOException {
                        if (gone) {
                            throw new IOException("Broken pipe");
                        }
                    }
                },
                false,
                StandardCharsets.UTF_8);
    }

    /** A line, in bars. */
    private static UnitOutput written(PrintStream reader) {
        Vocabulary vocabulary = Vocabulary.of(Unit.CHARACTER, List.of("a", "\n"));
        InspectedText text = new InspectedText(vocabulary, Tokens.of(new int[] {0, 1}));
        Console console = new Console(InputStream.nullInputStream(), reader, reader, false, false, false);
        UnitOutput output = UnitOutput.forPeople(console, text, new UnitName(0, 0), Activation.HIDDEN, false);
        output.accept(0, 0.5f);
        output.accept(1, 0.5f);
        return output;
    }
}
