package lstm.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenReaderTest {

    private static final Vocabulary ABN = Vocabulary.of(Unit.CHARACTER, List.of("b", "a", "\n"));

    @TempDir
    Path directory;

    @Test
    void itReadsWhatTheCorpusReads() throws IOException {
        String text = "\ufeffto be, or not to be 😀\r\n".repeat(10_000);
        Corpus corpus = Corpus.read(TestTexts.sources(text), Unit.CHARACTER);
        try (TokenReader reader = new TokenReader(TestTexts.sources(text), corpus.vocabulary(), Unknown.ERROR)) {
            assertThat(rest(reader)).isEqualTo(TestTexts.list(corpus.tokens()));
            assertThat(reader.read()).isEqualTo(-1);
            assertThat(reader.skipped()).isZero();
        }
    }

    @Test
    void unknownCharactersAreLeftOutAndCounted() throws IOException {
        try (TokenReader reader = new TokenReader(TestTexts.sources("xaxxb\nx"), ABN, Unknown.SKIP)) {
            assertThat(rest(reader)).containsExactly(1, 0, 2);
            assertThat(reader.skipped()).isEqualTo(4);
        }
    }

    @Test
    void aNulCharacterIsACharacter() throws IOException {
        Vocabulary nul = Vocabulary.of(Unit.CHARACTER, List.of("\0", "a"));
        try (TokenReader reader = new TokenReader(TestTexts.sources("a\0a"), nul, Unknown.ERROR)) {
            assertThat(TestTexts.list(Tokens.read(reader::read))).containsExactly(1, 0, 1);
        }
    }

    @Test
    void aTextOfWhichNothingIsKnownHasNoTokens() throws IOException {
        try (TokenReader reader = new TokenReader(TestTexts.sources("xyz"), ABN, Unknown.SKIP)) {
            assertThat(rest(reader)).isEmpty();
            assertThat(reader.skipped()).isEqualTo(3);
        }
    }

    @Test
    void anUnknownCharacterIsNamedWithFileAndLine() throws IOException {
        Path first = Files.writeString(directory.resolve("1.txt"), "ab\nab\n");
        Path second = Files.writeString(directory.resolve("2.txt"), "a\naéb");
        Sources sources = Sources.of(List.of(first.toString(), second.toString()), InputStream.nullInputStream());
        try (TokenReader reader = new TokenReader(sources, ABN, Unknown.ERROR)) {
            assertThatThrownBy(() -> rest(reader))
                    .isInstanceOf(TextException.class)
                    .hasMessage(second + ", line 2: the model has never seen U+00E9 (é); "
                            + "--unknown skip leaves such characters out");
        }
    }

    @Test
    void anUnknownByteIsNamedWithFileAndOffset() throws IOException {
        Vocabulary bytes = Vocabulary.of(Unit.BYTE, List.of("a", "\n"));
        InputStream in = new ByteArrayInputStream("a\naé".getBytes(StandardCharsets.UTF_8));
        try (TokenReader reader = new TokenReader(Sources.of(List.of("-"), in), bytes, Unknown.ERROR)) {
            assertThatThrownBy(() -> rest(reader))
                    .isInstanceOf(TextException.class)
                    .hasMessage("standard input, offset 3: the model has never seen 0xC3; "
                            + "--unknown skip leaves such bytes out");
        }
    }

    @Test
    void aTextThatIsNotUtf8IsRefusedEvenWhereUnknownCharactersAreLeftOut() throws IOException {
        try (TokenReader reader =
                new TokenReader(TestTexts.sources(new byte[] {'a', (byte) 0xE9}), ABN, Unknown.SKIP)) {
            assertThatThrownBy(() -> rest(reader))
                    .isInstanceOf(TextException.class)
                    .hasMessageStartingWith("standard input is not UTF-8: byte 0xE9 at offset 1 ");
        }
    }

    private static int[] rest(TokenReader reader) throws IOException {
        List<Integer> tokens = new ArrayList<>();
        for (int token = reader.read(); token >= 0; token = reader.read()) {
            tokens.add(token);
        }
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }
}
