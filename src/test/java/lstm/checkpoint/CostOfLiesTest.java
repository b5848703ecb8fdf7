package lstm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.google.gson.JsonObject;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lstm.model.Cell;
import lstm.model.ModelConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a file that lies makes its reader allocate is below 64 MiB above the file's size, whatever it fills its header with. */
class CostOfLiesTest {

    private static final long MIB = 1 << 20;

    private static final String CONFIG =
            "{\"cell\":\"rnn\",\"layers\":1,\"hidden\":4,\"dropout\":0,\"unit\":\"characters\"}";

    @TempDir
    private Path directory;

    static Stream<Arguments> fillings() {
        int room = 3 << 20;
        return Stream.of(
                argumentSet("a tree of nothing", CONFIG, "[\"a\"]", "{\"a\":[" + "{},".repeat(room / 3) + "{}]}"),
                argumentSet("many members", CONFIG, "[\"a\"]", members(room / 20)),
                argumentSet("a configuration of nothing", members(room / 20), "[\"a\"]", "{}"),
                argumentSet("a number without end", "{\"hidden\":" + "9".repeat(room) + "}", "[\"a\"]", "{}"),
                argumentSet("empty symbols", CONFIG, "[" + "\"\",".repeat(room / 6) + "\"\"]", "{}"),
                argumentSet("lists for symbols", CONFIG, "[" + "[],".repeat(room / 3) + "[]]", "{}"),
                argumentSet("one symbol again and again", CONFIG, "[" + "\"a\",".repeat(room / 8) + "\"a\"]", "{}"),
                argumentSet("as many symbols as there is room for", CONFIG, symbols(room / 8), "{}"),
                argumentSet("and then none", CONFIG, symbols(room / 8).replace("]", ",7]"), "{}"),
                argumentSet("tokens by symbol", CONFIG, tokens(room / 16), "{}"));
    }

    private static String members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"" + i + "\":{}").collect(Collectors.joining(",", "{", "}"));
    }

    private static String symbols(int count) {
        return characters(count).collect(Collectors.joining("\",\"", "[\"", "\"]"));
    }

    private static String tokens(int count) {
        List<String> symbols = characters(count).toList();
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + symbols.get(i) + "\":" + i)
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static Stream<String> characters(int count) {
        return IntStream.iterate(0xA1, c -> c + 1)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .limit(count)
                .mapToObj(Character::toString);
    }

    @ParameterizedTest
    @MethodSource("fillings")
    void aHeaderFullOfAnythingCostsLessThan64MiB(String config, String vocabulary, String training) throws IOException {
        JsonObject metadata = new JsonObject();
        metadata.addProperty("format", "lstm/1");
        metadata.addProperty("config", config);
        metadata.addProperty("vocabulary", vocabulary);
        metadata.addProperty("training", training);
        JsonObject header = new JsonObject();
        header.add("__metadata__", metadata);
        Path file = Files.write(directory.resolve("lie"), HandMade.file(header.toString()));
        assertThat(Files.size(file)).isLessThan(Header.LIMIT);

        Path alone = Files.writeString(directory.resolve("vocabulary"), vocabulary);
        Runnable last = () -> PyTorchFile.read(file, alone, null);
        for (Runnable reading : List.of(
                () -> Checkpoint.load(file),
                () -> CheckpointSummary.read(file),
                () -> PyTorchFile.read(file, null, null),
                last)) {
            long given = Files.size(file) + (reading == last ? Files.size(alone) : 0);
            assertThat(allocated(reading)).isLessThan(given + 64 * MIB);
        }
    }

    private static long allocated(Runnable reading) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        refused(reading); // loads the classes
        long before = threads.getCurrentThreadAllocatedBytes();
        refused(reading);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static void refused(Runnable reading) {
        try {
            reading.run();
            throw new AssertionError("it was believed");
        } catch (CheckpointException e) {
            assertThat(e.getMessage()).matches("\\P{Cntrl}+").hasSizeLessThan(500);
        }
    }

    /** The last of many numbers: nothing is made of the first before all have been seen. */
    @Test
    void oneWrongNumberCostsNoMoreThanTheFile() throws IOException {
        Path file = directory.resolve("large");
        ModelConfig config = new ModelConfig(Cell.RNN, 1, 2048, 1, 0, 0);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        config.tensorShapes().forEach((name, shape) -> {
            byte[] bytes = new byte[(int) (4 * Tensor.elements(shape))];
            if (name.equals("decoder.bias")) {
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(0, Float.NaN);
            }
            tensors.put(name, Tensor.of(DType.F32, shape, bytes));
        });
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "lstm/1");
        metadata.put("config", CONFIG.replace(":4,", ":2048,"));
        metadata.put("vocabulary", "[\"a\"]");
        metadata.put("training", "{}");
        SafetensorsFile.write(file, metadata, tensors);

        assertThat(Files.size(file)).isGreaterThan(16 * MIB);
        assertThat(allocated(() -> Checkpoint.load(file))).isLessThan(Files.size(file) + 2 * MIB);
    }
}
