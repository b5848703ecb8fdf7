package lstm.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lstm.FuzzedFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes a text has, it is read as Java's own decoder reads it, and comes back the same from its tokens. */
class TokenizerFuzzTest {

    private static final String MARK = "\ufeff";

    static Stream<byte[]> seeds() {
        return Stream.concat(
                Stream.of(
                                "",
                                "a",
                                "aa\n",
                                "\0\0",
                                "é\r\n",
                                MARK,
                                MARK + "a" + MARK,
                                "😀 \u202e \u001b[2J\u009b1m",
                                "\ud7ff\ue000")
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)),
                Stream.of(
                                "ff",
                                "c0 80",
                                "c2",
                                "e0 80 80",
                                "ed a0 80",
                                "f4 90 80 80",
                                "f0 9f 98",
                                "ff fe 61 00",
                                "fe ff 00 61",
                                "ef bb bf ef bb bf",
                                "61 f0 9f 98 80 e2 82",
                                "0c 00 70 70 70 70 70 70 70 70 70 70")
                        .map(TokenizerFuzzTest::bytes));
    }

    private static byte[] bytes(String hex) {
        byte[] bytes = new byte[(hex.length() + 1) / 3];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(hex.substring(3 * i, 3 * i + 2), 16);
        }
        return bytes;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aSeedIsReadAsJavaReadsIt(byte[] seed) {
        fuzzerTestOneInput(seed);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        for (int block : new int[] {1, 3, SymbolReader.BLOCK}) {
            characters(input, block);
        }
        corpus(input, Unit.BYTE);
        corpus(input, Unit.CHARACTER);
        pieces(input);
        vocabulary(input);
    }

    /**
     * Accepted if and only if Java's strict decoder accepts it, and the same but for a leading byte-order mark; what has NUL in it may
     * look like UTF-16.
     */
    private static void characters(byte[] input, int block) {
        int[] expected;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(input))
                    .toString();
            expected = (text.startsWith(MARK) ? text.substring(1) : text)
                    .codePoints()
                    .toArray();
        } catch (CharacterCodingException e) {
            expected = null;
        }
        SymbolReader reader = new SymbolReader(new ByteArrayInputStream(input), "input", Unit.CHARACTER, block);
        IntStream.Builder read = IntStream.builder();
        try {
            for (int symbol = reader.read(); symbol >= 0; symbol = reader.read()) {
                read.add(symbol);
            }
        } catch (TextException e) {
            FuzzedFile.requireLine(e);
            if (expected != null) {
                assertThat(expected).contains(0);
                assertThat(e).hasMessageContaining("looks like UTF-");
            }
            return;
        }
        assertThat(read.build().toArray()).isEqualTo(expected);
    }

    private static void corpus(byte[] input, Unit unit) {
        Corpus corpus;
        try {
            corpus = Corpus.read(Sources.of(List.of(Sources.STANDARD_INPUT), new ByteArrayInputStream(input)), unit);
        } catch (TextException e) {
            FuzzedFile.requireLine(e);
            return;
        }
        Tokenizer tokenizer = new Tokenizer(corpus.vocabulary());
        int[] tokens = new int[(int) corpus.tokens().size()];
        Arrays.setAll(tokens, corpus.tokens()::get);
        assertThat(IntStream.of(tokens).distinct().count())
                .isEqualTo(corpus.vocabulary().size());
        String text = tokenizer.decode(tokens);
        if (unit == Unit.CHARACTER || Arrays.equals(text.getBytes(StandardCharsets.UTF_8), input)) {
            assertThat(tokenizer.encode(text, Unknown.ERROR)).isEqualTo(tokens);
        }
        TerminalText terminal = new TerminalText();
        for (int token : tokens) {
            assertThat(terminal.show(corpus.vocabulary(), token).codePoints())
                    .noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
        }
    }

    /** Cut into characters and bytes that are none, of which all the bytes are there again. */
    private static void pieces(byte[] input) {
        int at = 0;
        while (at < input.length) {
            int length = Utf8.length(i -> Byte.toUnsignedInt(input[i]), at, input.length);
            int symbol = Utf8.codePoint(i -> Byte.toUnsignedInt(input[i]), at, length);
            byte[] piece = Arrays.copyOfRange(input, at, at + length);
            if (length > 1 || symbol < 0x80) {
                assertThat(Character.toString(symbol).getBytes(StandardCharsets.UTF_8))
                        .isEqualTo(piece);
            } else {
                assertThat(symbol).isEqualTo(Utf8.REPLACEMENT);
            }
            at += length;
        }
        assertThat(at).isEqualTo(input.length);
    }

    /** The lines as the symbols of a vocabulary. */
    private static void vocabulary(byte[] input) {
        for (Unit unit : Unit.values()) {
            List<String> symbols = List.of(new String(input, StandardCharsets.UTF_16BE).split("\n", -1));
            try {
                assertThat(Vocabulary.of(unit, symbols).symbols()).isEqualTo(symbols);
            } catch (IllegalArgumentException e) {
                FuzzedFile.requireLine(e);
            }
        }
    }
}
