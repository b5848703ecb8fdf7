package lstm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every lie that a file can tell is told here once, and answered in one line that names the file and the lie. */
class HostileFileTest {

    private static final int MIB = 1 << 20;

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("bad.safetensors");
    }

    static Stream<Arguments> brokenFrames() {
        byte[] header = "{}".getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                argumentSet("empty file", new byte[0], "it has 0 bytes, expected at least 8"),
                argumentSet("seven bytes", new byte[7], "it has 7 bytes, expected at least 8"),
                argumentSet("no header", HandMade.file(0, header), "a header of 0 bytes"),
                argumentSet("header of one byte", HandMade.file(1, header), "a header of 1 bytes"),
                argumentSet("negative header", HandMade.file(-1, header), "a header of 18446744073709551615 bytes"),
                argumentSet("least header", HandMade.file(Long.MIN_VALUE, header), "a header of 9223372036854775808"),
                argumentSet("huge header", HandMade.file(Long.MAX_VALUE, header), "expected 2 to 4194304"),
                argumentSet("header above the limit", HandMade.file(4 * MIB + 1, header), "a header of 4194305 bytes"),
                argumentSet(
                        "header beyond the file", HandMade.file(3, header), "should have 3 bytes, but only 2 follow"),
                argumentSet("a text file", "Once upon a time".getBytes(StandardCharsets.UTF_8), "a header of "));
    }

    @ParameterizedTest
    @MethodSource("brokenFrames")
    void aFrameThatDoesNotHoldIsRefused(byte[] content, String reason) {
        assertRefused(content, reason);
    }

    static Stream<Arguments> brokenJson() {
        return Stream.of(
                argumentSet("an array", "[]", "does not begin with '{'"),
                argumentSet("white space first", " {}", "does not begin with '{'"),
                argumentSet("a byte-order mark", "\ufeff{}", "does not begin with '{'"),
                argumentSet("unfinished", "{\"a\":", "is not JSON, at '$.a'"),
                argumentSet("cut in a name", "{\"a", "is not JSON"),
                argumentSet("no quotes", "{a:1}", "is not JSON"),
                argumentSet("single quotes", "{'a':1}", "is not JSON"),
                argumentSet("a comment", "{/* */}", "is not JSON"),
                argumentSet("trailing comma", "{\"__metadata__\":{},}", "is not JSON"),
                argumentSet("semicolon", "{\"__metadata__\":{};}", "is not JSON"),
                argumentSet("raw control character", "{\"__metadata__\":{\"a\":\"\n\"}}", "is not JSON"),
                argumentSet("bad escape", "{\"__metadata__\":{\"a\":\"\\x\"}}", "is not JSON"),
                argumentSet("something after it", "{} {}", "is not JSON, at '$'"),
                argumentSet("NUL padding", "{}\0\0", "is not JSON, at '$'"),
                argumentSet("half a surrogate pair as a name", "{\"\\ud800\":{}}", "is not JSON"),
                argumentSet("half of one in metadata", metadata("\"\\udc00\""), "is not JSON, at '$.__metadata__.k'"),
                argumentSet("a tensor that is a number", "{\"a\":1}", "expected JSON's BEGIN_OBJECT, found NUMBER"),
                argumentSet("metadata that is a list", "{\"__metadata__\":[]}", "found BEGIN_ARRAY"),
                argumentSet("metadata that is null", "{\"__metadata__\":null}", "found NULL"),
                argumentSet("a number in metadata", metadata("1"), "metadata 'k' is of the wrong kind"),
                argumentSet("true in metadata", metadata("true"), "expected JSON's STRING, found BOOLEAN"),
                argumentSet("an object in metadata", metadata("{}"), "expected JSON's STRING, found BEGIN_OBJECT"),
                argumentSet("deep nesting", "{\"a\":" + "[".repeat(MIB), "found BEGIN_ARRAY"),
                argumentSet("deep in an entry", entry("{\"x\":" + "{\"x\":".repeat(MIB / 8)), "unknown field 'x'"),
                argumentSet("deep in a shape", tensor("U8", "[".repeat(MIB), "[0,1]"), "found BEGIN_ARRAY"));
    }

    @ParameterizedTest
    @MethodSource("brokenJson")
    void aHeaderThatIsNotWhatItShouldBeIsRefused(String header, String reason) {
        assertRefused(HandMade.file(header), reason);
    }

    @Test
    void aHeaderThatIsNotUtf8IsRefused() {
        byte[] header = "{\"__metadata__\":{\"a\":\"x\"}}".getBytes(StandardCharsets.UTF_8);
        header[header.length - 4] = (byte) 0xff;

        assertRefused(HandMade.file(header), "its header is not UTF-8");
    }

    static Stream<Arguments> brokenEntries() {
        String good = tensor("U8", "[1]", "[0,1]");
        return Stream.of(
                argumentSet(
                        "a name twice", "{" + inner(good) + "," + inner(good) + "}", "'t' stands twice in the header"),
                argumentSet("the same name escaped", "{" + inner(good) + ",\"\\u0074\":{}}", "'t' stands twice"),
                argumentSet(
                        "metadata twice", "{\"__metadata__\":{},\"__metadata__\":{}}", "'__metadata__' stands twice"),
                argumentSet(
                        "a key twice",
                        "{\"__metadata__\":{\"k\":\"\",\"k\":\"\"}}",
                        "'k' stands twice in __metadata__"),
                argumentSet(
                        "type twice", entry("{\"dtype\":\"U8\",\"dtype\":\"U8\"}"), "'dtype' stands twice in tensor"),
                argumentSet(
                        "shape twice", entry("{\"shape\":[1],\"shape\":[1]}"), "'shape' stands twice in tensor 't'"),
                argumentSet(
                        "offsets twice",
                        entry("{\"data_offsets\":[0,1],\"data_offsets\":[0,1]}"),
                        "'data_offsets' stands twice in tensor 't'"),
                argumentSet("no type", entry("{\"shape\":[1],\"data_offsets\":[0,1]}"), "tensor 't' lacks"),
                argumentSet("no shape", entry("{\"dtype\":\"U8\",\"data_offsets\":[0,1]}"), "tensor 't' lacks"),
                argumentSet("no offsets", entry("{\"dtype\":\"U8\",\"shape\":[1]}"), "tensor 't' lacks"),
                argumentSet("unknown field", entry("{\"stride\":1}"), "tensor 't' has an unknown field 'stride'"),
                argumentSet(
                        "unknown type", tensor("F8_E4M3", "[1]", "[0,1]"), "has the type 'F8_E4M3', expected one of"),
                argumentSet("type in small letters", tensor("u8", "[1]", "[0,1]"), "has the type 'u8'"),
                argumentSet("negative shape", tensor("U8", "[-1]", "[0,1]"), "shape of tensor 't' has '-1'"),
                argumentSet("negative twice", tensor("U8", "[-1,-1]", "[0,1]"), "shape of tensor 't' has '-1'"),
                argumentSet("negative zero", tensor("U8", "[-0]", "[0,0]"), "has '-0', expected a whole number"),
                argumentSet("fraction", tensor("U8", "[1.0]", "[0,1]"), "has '1.0', expected a whole number"),
                argumentSet("exponent", tensor("U8", "[1e0]", "[0,1]"), "has '1e0', expected a whole number"),
                argumentSet("quoted number", tensor("U8", "[\"1\"]", "[0,1]"), "expected JSON's NUMBER, found STRING"),
                argumentSet("shape null", tensor("U8", "null", "[0,1]"), "expected JSON's BEGIN_ARRAY, found NULL"),
                argumentSet("leading zero", tensor("U8", "[01]", "[0,1]"), "is not JSON"),
                argumentSet("NaN", tensor("U8", "[NaN]", "[0,1]"), "is not JSON"),
                argumentSet("huge number", tensor("U8", "[" + "9".repeat(400) + "]", "[0,1]"), "has '99999"),
                argumentSet("endless number", tensor("U8", "[" + "9".repeat(MIB) + "]", "[0,1]"), "is not JSON"),
                argumentSet(
                        "number above long",
                        tensor("U8", "[9223372036854775808]", "[0,1]"),
                        "has '9223372036854775808'"),
                argumentSet("size above int", tensor("U8", "[2147483648]", "[0,1]"), "too large: 2147483648"),
                argumentSet(
                        "product above long", tensor("U8", "[2147483647,2147483647,3]", "[0,1]"), "too large for any"),
                argumentSet(
                        "product that wraps to 1 in 64 bits",
                        tensor("U8", "[641,6700417,4294967297]", "[0,1]"),
                        "too large"),
                argumentSet(
                        "bytes above long",
                        tensor("F64", "[2147483647,2147483647]", "[0,1]"),
                        "too large for any file"),
                argumentSet("nine dimensions", tensor("U8", "[1,1,1,1,1,1,1,1,1]", "[0,1]"), "more than 8 numbers"),
                argumentSet(
                        "a million dimensions", tensor("U8", "[1" + ",1".repeat(MIB) + "]", "[0,1]"), "more than 8"),
                argumentSet("no offset", tensor("U8", "[1]", "[]"), "has the data_offsets [], expected two"),
                argumentSet("one offset", tensor("U8", "[1]", "[1]"), "has the data_offsets [1], expected two"),
                argumentSet("three offsets", tensor("U8", "[1]", "[0,1,1]"), "has more than 2 numbers"),
                argumentSet("negative offset", tensor("U8", "[1]", "[-1,0]"), "data_offsets of tensor 't' has '-1'"),
                argumentSet("descending", tensor("U8", "[1]", "[1,0]"), "[1, 0], expected two that ascend"),
                argumentSet(
                        "too few bytes",
                        tensor("F32", "[1]", "[0,1]"),
                        "takes 4 bytes, but its data_offsets [0, 1] hold 1"),
                argumentSet("too many bytes", tensor("U8", "[]", "[0,2]"), "U8[], which takes 1 bytes"),
                argumentSet("end beyond the data", tensor("U8", "[2]", "[0,2]"), "ends at byte 2 of the tensor data"),
                argumentSet(
                        "end far beyond the data",
                        tensor("U8", "[1]", "[999999999999999998,999999999999999999]"),
                        "of which there are only 1"),
                argumentSet(
                        "hole before", tensor("U8", "[0]", "[1,1]"), "begins at byte 1 of the tensor data, expected 0"),
                argumentSet("nothing but a tail", tensor("U8", "[0]", "[0,0]"), "1 bytes follow after the last tensor"),
                argumentSet("no tensor at all", "{}", "1 bytes follow after the last tensor"));
    }

    @ParameterizedTest
    @MethodSource("brokenEntries")
    void anEntryThatDoesNotDescribeOneByteIsRefused(String header, String reason) {
        assertRefused(HandMade.file(header, (byte) 7), reason);
    }

    @Test
    void tensorsThatOverlapAreRefused() {
        String header = "{" + inner(tensor("U8", "[2]", "[0,2]")) + ",\"u\":" + body("U8", "[2]", "[1,3]") + "}";

        assertRefused(
                HandMade.file(header, new byte[3]),
                "tensor 'u' begins at byte 1 of the tensor data, expected 2: it overlaps");
    }

    @Test
    void tensorsThatShareTheirBytesAreRefused() {
        String header = "{" + inner(tensor("U8", "[2]", "[0,2]")) + ",\"u\":" + body("U8", "[2]", "[0,2]") + "}";

        assertRefused(HandMade.file(header, new byte[2]), "it overlaps another");
    }

    @Test
    void aHoleBetweenTensorsIsRefused() {
        String header = "{" + inner(tensor("U8", "[1]", "[2,3]")) + ",\"u\":" + body("U8", "[1]", "[0,1]") + "}";

        assertRefused(
                HandMade.file(header, new byte[3]),
                "tensor 't' begins at byte 2 of the tensor data, expected 1: it leaves");
    }

    @Test
    void aChangedTensorIsNoticed() throws IOException {
        SafetensorsFile.write(file, Map.of(), Map.of("t", Tensor.longs(1)));
        byte[] content = Files.readAllBytes(file);
        content[content.length - 1] ^= 1;

        assertRefused(content, "its sha256 should be '");
    }

    @Test
    void aChangedWordOfTheMetadataIsNoticed() throws IOException {
        SafetensorsFile.write(file, Map.of("vocabulary", "abc"), Map.of());
        byte[] content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .replace("abc", "abd")
                .getBytes(StandardCharsets.ISO_8859_1);

        assertRefused(content, "its header_sha256 should be '");
    }

    @Test
    void aChecksumThatIsNoChecksumIsRefused() {
        String checksums = "{\"__metadata__\":{\"sha256\":\"\",\"header_sha256\":\"\"}}";

        assertRefused(HandMade.file(checksums), "its header_sha256 should be '' but is '");
    }

    /** Our files have both; one that is missing would leave half of the file to believe. */
    @ParameterizedTest
    @CsvSource({"sha256, header_sha256", "header_sha256, sha256"})
    void oneChecksumWithoutTheOtherIsRefused(String there, String missing) {
        assertRefused(
                HandMade.file("{\"__metadata__\":{\"" + there + "\":\"\"}}"),
                "of its two checksums, " + missing + " is missing");
    }

    @Test
    void whatTorchSavesIsNamed() {
        byte[] zip = Arrays.copyOf(new byte[] {'P', 'K', 3, 4, 0, 0, 8, 8}, 99);
        byte[] pickle =
                Arrays.copyOf(new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10, 'l', (byte) 0xfc, (byte) 0x9c, 'F'}, 99);

        assertRefused(zip, "torch.save");
        assertRefused(pickle, "safetensors.torch.save_file");
    }

    @Test
    void textFromTheFileCannotBreakTheLineOrDriveTheTerminal() {
        CheckpointException refusal = refusal(HandMade.file("{\"\\u001b[31m\\n\\u202e" + "x".repeat(99) + "\":1}"));

        assertThat(refusal).hasMessageContaining("tensor '\\u001b[31m\\u000a\\u202exxx");
        assertThat(refusal.getMessage()).hasSizeLessThan(300 + file.toString().length());
    }

    @Test
    void aFileAboveTheSizeOfAnArrayIsRefused() throws IOException {
        byte[] start = HandMade.file(tensor("F64", "[400000000]", "[0,3200000000]"));
        Files.write(file, start);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(start.length + 3_200_000_000L);
        }

        assertThatThrownBy(() -> SafetensorsFile.read(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(
                        "cannot read " + file + ": it has 3200000000 bytes of tensors, expected at most 2147483639");
    }

    @Test
    void aSmallLieCostsLittleMemory() throws IOException {
        for (byte[] content : new byte[][] {
            HandMade.file(4 * MIB, "{}".getBytes(StandardCharsets.UTF_8)),
            HandMade.file(tensor("F32", "[2000000000]", "[0,8000000000]")),
            HandMade.file(tensor("U8", "[999999999]", "[0,999999999]"), new byte[1000]),
        }) {
            assertThat(allocatedWhileReading(content)).isLessThan(2L * content.length + MIB);
        }
    }

    @Test
    void theLargestHeadersCostLessThan64MiBAboveTheFile() throws IOException {
        String tensors = repeated(Header.MAX_NAMES, body("U8", "[0,1,1,1,1,1,1,1]", "[0,0]"));
        String words = "{\"__metadata__\":" + repeated(Header.MAX_NAMES, "\"" + "x".repeat(200) + "\"") + "}";
        String wide = "{\"__metadata__\":{\"k\":\"\u0416" + "x".repeat(4 * MIB - 99) + "\"}}";

        for (String header : new String[] {tensors, words, wide}) {
            byte[] content = HandMade.file(header);
            assertThat(allocatedWhileReading(content)).isLessThan(content.length + 64L * MIB);
            assertThat(SafetensorsFile.read(file).names()).hasSizeLessThanOrEqualTo(Header.MAX_NAMES);
        }
    }

    @Test
    void tooManyNamesAreRefused() {
        String tensors = repeated(Header.MAX_NAMES + 1, body("U8", "[0]", "[0,0]"));
        String words = "{\"__metadata__\":" + repeated(Header.MAX_NAMES + 1, "\"\"") + "}";

        assertRefused(HandMade.file(tensors), "it has more than 16384 tensors");
        assertRefused(HandMade.file(words), "it has more than 16384 keys in __metadata__");
    }

    @Test
    void whatIsNotAFileIsNamed() throws IOException {
        assertThatThrownBy(() -> SafetensorsFile.read(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("cannot read " + file + ": no such file");
        assertThatThrownBy(() -> SafetensorsFile.read(directory))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("cannot read " + directory + ": it is a directory");
        Files.writeString(file, "");
        assertThatThrownBy(() -> SafetensorsFile.read(file.resolve("below")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("cannot read " + file.resolve("below") + ": ");
        Path device = Path.of("/dev/zero");
        if (Files.exists(device)) {
            assertThatThrownBy(() -> SafetensorsFile.read(device))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessage("cannot read /dev/zero: it is not a regular file");
        }
    }

    private void assertRefused(byte[] content, String reason) {
        assertThat(refusal(content).getMessage())
                .startsWith(file + " is not a checkpoint that can be used: ")
                .contains(reason)
                .endsWith("; copy it again or train anew")
                .matches("\\P{Cntrl}+")
                .hasSizeLessThan(400 + file.toString().length());
    }

    private CheckpointException refusal(byte[] content) {
        // Who reads the header alone never fails otherwise.
        try {
            Files.write(file, content);
            CheckpointSummary.read(file);
        } catch (CheckpointException e) {
            assertThat(e.getMessage()).startsWith(file.toString()).matches("\\P{Cntrl}+");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return catchThrowableOfType(CheckpointException.class, () -> HandMade.read(file, content));
    }

    private long allocatedWhileReading(byte[] content) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Files.write(file, content);
        readOrRefuse(); // loads the classes
        long before = threads.getCurrentThreadAllocatedBytes();
        readOrRefuse();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private void readOrRefuse() {
        try {
            SafetensorsFile.read(file);
        } catch (CheckpointException e) {
            assertThat(e).hasMessageContaining(file.toString());
        }
    }

    /** An object of so many different names, all with one value. */
    private static String repeated(int count, String value) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + i + "\":" + value)
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String metadata(String value) {
        return "{\"__metadata__\":{\"k\":" + value + "}}";
    }

    private static String tensor(String dtype, String shape, String offsets) {
        return entry(body(dtype, shape, offsets));
    }

    private static String entry(String body) {
        return "{\"t\":" + body + "}";
    }

    private static String body(String dtype, String shape, String offsets) {
        return "{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
    }

    /** What stands between the braces of a header. */
    private static String inner(String header) {
        return header.substring(1, header.length() - 1);
    }
}
