package lstm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsWriterTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("model.safetensors");
    }

    @Test
    void whatIsWrittenIsWhatTheFormatDescribes() throws Exception {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("b", Tensor.of(DType.F32, new int[] {1, 2}, HandMade.floats(1, 2)));
        tensors.put("a", Tensor.longs(7));
        SafetensorsFile.write(file, Map.of("format", "lstm/1"), tensors);

        byte[] bytes = Files.readAllBytes(file);
        int headerLength =
                (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        String header = new String(bytes, 8, headerLength, StandardCharsets.UTF_8);
        byte[] data = Arrays.copyOfRange(bytes, 8 + headerLength, bytes.length);

        assertThat(headerLength % 8).isZero();
        assertThat(header).startsWith("{\"__metadata__\":{\"format\":\"lstm/1\",");
        assertThat(header.strip()).endsWith("}}").doesNotContain(" ");
        assertThat(data).isEqualTo(concatenated(HandMade.floats(1, 2), new byte[] {7, 0, 0, 0, 0, 0, 0, 0}));
        JsonObject json = JsonParser.parseString(header).getAsJsonObject();
        assertThat(json.keySet()).containsExactly("__metadata__", "b", "a");
        assertThat(json.get("b")).hasToString("{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}");
        assertThat(json.get("a")).hasToString("{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[8,16]}");
    }

    @Test
    void theChecksumsAreThoseOfTheDataAndOfTheHeaderBeforeItsOwn() throws Exception {
        SafetensorsFile.write(file, Map.of(), Map.of("a", Tensor.longs(7)));

        String data = sha256(new byte[] {7, 0, 0, 0, 0, 0, 0, 0});
        String header = sha256(("{\"__metadata__\":{\"sha256\":\"" + data
                        + "\"},\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}")
                .getBytes(StandardCharsets.UTF_8));
        assertThat(SafetensorsFile.read(file).metadata())
                .containsExactly(Map.entry("sha256", data), Map.entry("header_sha256", header));
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void everyTypeSurvivesTheRoundTrip(DType dtype) {
        byte[] bytes = new byte[6 * dtype.bytes()];
        new Random(1).nextBytes(bytes);

        assertSurvives(Map.of(), Map.of("t", Tensor.of(dtype, new int[] {2, 3}, bytes)));
    }

    @Test
    void emptyTensorsSingleNumbersAndOddLengthsSurviveTheRoundTrip() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("empty first", Tensor.of(DType.F32, new int[] {0, 5}, new byte[0]));
        tensors.put("odd", Tensor.of(DType.U8, new int[] {3}, new byte[] {1, 2, 3}));
        tensors.put("empty between", Tensor.longs());
        tensors.put("number", Tensor.of(DType.F64, new int[0], new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
        tensors.put("empty last", Tensor.of(DType.F32, new int[] {2, 0, 2}, new byte[0]));

        assertSurvives(Map.of(), tensors);
    }

    @Test
    void aFileWithoutTensorsSurvivesTheRoundTrip() {
        assertSurvives(Map.of("only", "words"), Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\"",
                "\\",
                "\n\r\t\0\u007f",
                "\u2028\u2029",
                "grüße",
                "\ud83d\ude00",
                "__metadata",
                "[\"a\",\"\\ud800\"]"
            })
    void anyTextSurvivesTheRoundTripAsNameAndMetadata(String text) {
        assertSurvives(Map.of(text, text), Map.of(text, Tensor.longs(1)));
    }

    @Test
    void aTensorLargerThanAnyBufferSurvivesTheRoundTrip() {
        byte[] bytes = new byte[1_000_003];
        new Random(1).nextBytes(bytes);

        assertSurvives(Map.of(), Map.of("large", Tensor.of(DType.U8, new int[] {bytes.length}, bytes)));
    }

    @Test
    void theSameContentGivesTheSameBytes() throws IOException {
        Map<String, Tensor> tensors = Map.of("t", Tensor.longs(1, 2, 3));
        Path other = directory.resolve("elsewhere/other name");
        SafetensorsFile.write(file, Map.of("key", "value"), tensors);
        SafetensorsFile.write(other, Map.of("key", "value"), tensors);

        assertThat(other).hasSameBinaryContentAs(file);
    }

    @Test
    void aFileThatIsReadAndWrittenAgainIsTheSame() throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("z", "1");
        metadata.put("a", "2");
        SafetensorsFile.write(file, metadata, Map.of("t", Tensor.longs(1)));
        SafetensorsFile first = SafetensorsFile.read(file);
        Path copy = directory.resolve("copy");
        SafetensorsFile.write(copy, first.metadata(), Map.of("t", first.tensor("t")));

        assertThat(copy).hasSameBinaryContentAs(file);
    }

    @Test
    void aHeaderThatTheReaderWouldRefuseIsNotWritten() {
        Map<String, String> metadata = Map.of("vocabulary", "x".repeat(Header.LIMIT));

        assertThatThrownBy(() -> SafetensorsFile.write(file, metadata, Map.of()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("cannot write " + file + ": its header would have 4194");
        assertThat(file).doesNotExist();
    }

    @Test
    void moreNamesThanTheReaderTakesAreNotWritten() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i <= Header.MAX_NAMES; i++) {
            tensors.put("t" + i, Tensor.longs());
        }

        assertThatThrownBy(() -> SafetensorsFile.write(file, Map.of(), tensors))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("cannot write " + file + ": it would have 16385 tensors, and 16384 is the most");
    }

    @Test
    void halfASurrogatePairIsNotWritten() {
        for (String half : List.of("\ud800", "\udc00x", "\ud83dx")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SafetensorsFile.write(file, Map.of(half, ""), Map.of()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SafetensorsFile.write(file, Map.of("", half), Map.of()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SafetensorsFile.write(file, Map.of(), Map.of(half, Tensor.longs())));
        }
    }

    @Test
    void theNameOfTheMetadataIsNotATensors() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SafetensorsFile.write(file, Map.of(), Map.of("__metadata__", Tensor.longs())));
    }

    private void assertSurvives(Map<String, String> metadata, Map<String, Tensor> tensors) {
        SafetensorsFile.write(file, metadata, tensors);
        SafetensorsFile read = SafetensorsFile.read(file);

        assertThat(read.names()).containsExactlyElementsOf(tensors.keySet());
        tensors.forEach((name, tensor) -> assertThat(read.tensor(name)).isEqualTo(tensor));
        Map<String, String> expected = new LinkedHashMap<>(read.metadata());
        expected.keySet().removeAll(List.of("sha256", "header_sha256"));
        assertThat(expected).isEqualTo(metadata);
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
