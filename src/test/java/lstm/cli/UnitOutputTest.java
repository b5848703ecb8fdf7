package lstm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
        UnitOutput output = UnitOutput.forPeople(reader, text, new UnitName(0, 0), Activation.HIDDEN, false);
        output.accept(0, 0.5f);
        output.accept(1, 0.5f);
        return output;
    }
}
