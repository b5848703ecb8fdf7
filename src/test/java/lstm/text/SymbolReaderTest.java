package lstm.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolReaderTest {

    private static final String AWKWARD = "aé\u07ff\u0800€\uffff\ufeff😀\udbff\udfff\0\u007f\u0080";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, SymbolReader.BLOCK})
    void charactersMayStandAcrossTheBordersOfBlocks(int blockSize) {
        byte[] bytes = AWKWARD.getBytes(StandardCharsets.UTF_8);
        assertThat(read(bytes, Unit.CHARACTER, blockSize))
                .containsExactly(AWKWARD.codePoints().toArray());
    }

    @Test
    void aTextOfSeveralBlocksIsReadWhole() {
        String text = "€uro, ".repeat(30_000);
        assertThat(read(text.getBytes(StandardCharsets.UTF_8), Unit.CHARACTER, SymbolReader.BLOCK))
                .isEqualTo(text.codePoints().toArray());
    }

    @Test
    void everyCodePointIsReadAsItself() {
        int[] all = IntStream.concat(IntStream.range(0, 0xD800), IntStream.rangeClosed(0xE000, 0x10FFFF))
                .toArray();
        byte[] bytes = new String(all, 0, all.length).getBytes(StandardCharsets.UTF_8);
        assertThat(read(bytes, Unit.CHARACTER, 4096)).isEqualTo(all);
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomBytesAreDecodedOrRefusedLikeByTheJdk(int seed) {
        Random random = new Random(seed);
        byte[] bytes = damaged(random);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult expected = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        int blockSize = 1 + random.nextInt(9);
        if (expected.isError()) {
            assertThatThrownBy(() -> read(bytes, Unit.CHARACTER, blockSize))
                    .isInstanceOf(TextException.class)
                    .hasMessageContaining("byte 0x%02X at offset %d ", bytes[in.position()], in.position());
        } else {
            assertThat(read(bytes, Unit.CHARACTER, blockSize))
                    .containsExactly(out.flip().codePoints().toArray());
        }
    }

    /** Valid UTF-8 in which, mostly, a few bytes were replaced or the end was cut off. */
    private static byte[] damaged(Random random) {
        int[] limits = {0x80, 0x800, 0xD800, 0x110000};
        StringBuilder text = new StringBuilder("x");
        for (int i = random.nextInt(40); i > 0; i--) {
            int codePoint = random.nextInt(limits[random.nextInt(limits.length)]);
            text.appendCodePoint(codePoint >= 0xD800 && codePoint < 0xE000 ? '?' : codePoint);
        }
        byte[] valid = text.toString().getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[1 + random.nextInt(valid.length)];
        System.arraycopy(valid, 0, bytes, 0, bytes.length);
        for (int i = random.nextInt(3); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) (0x80 + random.nextInt(0x80));
        }
        bytes[0] = 'x';
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({
        "616280,                 2, 0x80", // a continuation byte alone
        "6162C3,                 2, 0xC3", // cut off after one of two bytes
        "6162F09F98,             2, 0xF0", // after three of four
        "61C328,                 1, 0xC3", // followed by something else
        "61C0AF,                 1, 0xC0", // overlong, two bytes
        "61E08080,               1, 0xE0", // overlong, three
        "61F0808080,             1, 0xF0", // overlong, four
        "61EDA080,               1, 0xED", // a surrogate
        "61F4908080,             1, 0xF4", // above U+10FFFF
        "61F5808080,             1, 0xF5",
        "E282ACFF,               3, 0xFF",
        "EFBBBF61FE,             4, 0xFE", // behind a byte-order mark
        "FF,                     0, 0xFF",
        "FFD8FFE0,               0, 0xFF", // a JPEG
    })
    void whatIsNotUtf8IsNamedWithItsByteAndOffset(String hex, long offset, String value) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (int blockSize : new int[] {1, 2, 3, 64}) {
            assertThatThrownBy(() -> read(bytes, Unit.CHARACTER, blockSize))
                    .isInstanceOf(TextException.class)
                    .hasMessage("notes.txt is not UTF-8: byte " + value + " at offset " + offset
                            + " begins no valid character; convert the file, or train with --bytes");
        }
    }

    @Test
    void theOffsetCountsTheBlocksBefore() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("é".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        bytes.write(0xE9);
        bytes.write('t');
        assertThatThrownBy(() -> read(bytes.toByteArray(), Unit.CHARACTER, SymbolReader.BLOCK))
                .hasMessageContaining("byte 0xE9 at offset 200000 ");
    }

    @Test
    void onlyTheFirstByteOrderMarkIsDropped() {
        byte[] bytes = "\ufeff\ufeffa\ufeff".getBytes(StandardCharsets.UTF_8);
        for (int blockSize : new int[] {1, 64}) {
            assertThat(read(bytes, Unit.CHARACTER, blockSize)).containsExactly(0xFEFF, 'a', 0xFEFF);
        }
        assertThat(read(HexFormat.of().parseHex("EFBBBF"), Unit.CHARACTER, 64)).isEmpty();
    }

    @Test
    void carriageReturnsAreKept() {
        assertThat(read("a\r\nb".getBytes(StandardCharsets.UTF_8), Unit.CHARACTER, 64))
                .containsExactly('a', '\r', '\n', 'b');
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1000})
    void bytesAreReadAsTheyAre(int blockSize) {
        byte[] bytes = new byte[600];
        new Random(1).nextBytes(bytes);
        bytes[0] = (byte) 0xEF;
        bytes[1] = (byte) 0xBB;
        bytes[2] = (byte) 0xBF;
        assertThat(read(bytes, Unit.BYTE, blockSize))
                .containsExactly(
                        IntStream.range(0, 600).map(i -> bytes[i] & 0xFF).toArray());
    }

    @Test
    void aStreamMayGiveLessThanItIsAskedFor() {
        InputStream slow = new ByteArrayInputStream(AWKWARD.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] into, int offset, int count) {
                return super.read(into, offset, Math.min(count, 1));
            }
        };
        SymbolReader reader = new SymbolReader(slow, "notes.txt", Unit.CHARACTER, 64);
        assertThat(IntStream.generate(reader::read).takeWhile(symbol -> symbol >= 0))
                .containsExactly(AWKWARD.codePoints().boxed().toArray(Integer[]::new));
        assertThat(reader.read()).isEqualTo(-1);
    }

    @Test
    void aFailingStreamIsNamed() {
        InputStream broken = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] into, int offset, int count) throws IOException {
                throw new IOException("the disk is gone");
            }
        };
        SymbolReader reader = new SymbolReader(broken, "notes.txt", Unit.CHARACTER, 64);
        assertThatThrownBy(reader::read)
                .isInstanceOf(TextException.class)
                .hasMessage("cannot read notes.txt: the disk is gone")
                .hasCauseInstanceOf(IOException.class);
    }

    private static int[] read(byte[] bytes, Unit unit, int blockSize) {
        SymbolReader reader = new SymbolReader(new ByteArrayInputStream(bytes), "notes.txt", unit, blockSize);
        return IntStream.generate(reader::read).takeWhile(symbol -> symbol >= 0).toArray();
    }
}
