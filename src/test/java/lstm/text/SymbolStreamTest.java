package lstm.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SymbolStreamTest {

    @TempDir
    private Path folder;

    /** A standard input that tells whether it was closed. */
    private static final class Input extends ByteArrayInputStream {
        boolean closed;

        Input(String text) {
            super(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void aTextIsClosedBeforeTheNextIsRead() throws IOException {
        Input first = new Input("a");
        try (SymbolStream stream = new SymbolStream(Sources.of(List.of("-", file("b")), first), Unit.CHARACTER)) {
            assertThat(stream.read()).isEqualTo('a');
            assertThat(first.closed).isFalse();
            assertThat(stream.read()).isEqualTo('b');
            assertThat(first.closed).isTrue();
        }
    }

    @Test
    void whoeverStopsInTheMiddleClosesTheText() throws IOException {
        Input input = new Input("ab");
        Vocabulary vocabulary = Vocabulary.of(Unit.CHARACTER, List.of("a", "b"));
        try (TokenReader reader = new TokenReader(Sources.of(List.of("-"), input), vocabulary, Unknown.ERROR)) {
            assertThat(reader.read()).isZero();
        }
        assertThat(input.closed).isTrue();
    }

    @Test
    void nulCharactersEndNoText() throws IOException {
        Sources sources = Sources.of(List.of(file("\0a\0"), file(""), file("\0b")), new Input(""));
        List<Integer> symbols = new ArrayList<>();
        List<Integer> texts = new ArrayList<>();
        try (SymbolStream stream = new SymbolStream(sources, Unit.CHARACTER)) {
            for (int symbol = stream.read(); symbol >= 0; symbol = stream.read()) {
                symbols.add(symbol);
                texts.add(stream.index());
            }
        }

        assertThat(symbols).containsExactly(0, (int) 'a', 0, 0, (int) 'b');
        assertThat(texts).containsExactly(0, 0, 0, 2, 2);
    }

    @Test
    void itIsReadyWhereItNeedNotWait() throws IOException {
        try (SymbolStream stream = new SymbolStream(Sources.of(List.of("-"), new Input("ab")), Unit.CHARACTER)) {
            assertThat(stream.ready()).isTrue();
            stream.read();
            assertThat(stream.ready()).isTrue();
            stream.read();
            assertThat(stream.ready()).isFalse();
        }
    }

    private String file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "text", ".txt"), text)
                .toString();
    }
}
