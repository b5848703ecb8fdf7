package lstm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file with anything changed in it is refused in one line, or it is still the same file in other words. */
class MutatedFileTest {

    private static final int ROUNDS = 20_000;

    @TempDir
    private Path directory;

    private Path file;
    private byte[] original;
    private SafetensorsFile expected;

    @BeforeEach
    void writeTheOriginal() throws IOException {
        file = directory.resolve("mutated.safetensors");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("w", Tensor.of(DType.F32, new int[] {2, 3}, HandMade.floats(1, 2, 3, 4, 5, 6)));
        tensors.put("empty", Tensor.longs());
        tensors.put("n", Tensor.longs(1, 2));
        SafetensorsFile.write(file, Map.of("vocabulary", "[\"a\",\"\u00e9\"]"), tensors);
        original = Files.readAllBytes(file);
        expected = SafetensorsFile.read(file);
    }

    @Test
    void noMutationIsBelieved() throws IOException {
        Random random = new Random(20240607);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            refused += isRefused(mutated(random), round) ? 1 : 0;
        }

        assertThat(refused).isBetween(ROUNDS * 9 / 10, ROUNDS - 1);
    }

    @Test
    void noFlippedBitIsBelieved() throws IOException {
        for (int bit = 0; bit < original.length * 8; bit++) {
            byte[] content = original.clone();
            content[bit / 8] ^= (byte) (1 << bit % 8);
            isRefused(content, bit);
        }
    }

    @Test
    void noShorterFileIsBelieved() throws IOException {
        for (int length = 0; length < original.length; length++) {
            assertThat(isRefused(
                            ByteBuffer.allocate(length).put(original, 0, length).array(), length))
                    .isTrue();
        }
    }

    private boolean isRefused(byte[] content, int round) throws IOException {
        Files.write(file, content);
        try {
            assertSameContent(SafetensorsFile.read(file), round);
            return false;
        } catch (CheckpointException e) {
            assertThat(e.getMessage()).startsWith(file.toString()).matches("\\P{Cntrl}+");
            return true;
        } catch (RuntimeException | Error e) {
            return fail("mutation " + round, e);
        }
    }

    private void assertSameContent(SafetensorsFile found, int round) {
        assertThat(found.names()).as("mutation %d", round).isEqualTo(expected.names());
        for (String name : expected.names()) {
            assertThat(found.tensor(name)).as("mutation %d", round).isEqualTo(expected.tensor(name));
        }
        assertThat(found.metadata()).as("mutation %d", round).isEqualTo(expected.metadata());
    }

    private byte[] mutated(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> withByte(random, (byte) random.nextInt());
            case 1 -> withByte(random, (byte) "\"{}[],:0123456789 \\u".charAt(random.nextInt(20)));
            case 2 -> spliced(random, 0, 1 + random.nextInt(9));
            case 3 -> spliced(random, 1 + random.nextInt(9), 0);
            case 4 -> withOtherNumber(random);
            default -> withHeaderLength(random);
        };
    }

    private byte[] withByte(Random random, byte value) {
        byte[] content = original.clone();
        content[random.nextInt(content.length)] = value;
        return content;
    }

    /** Some bytes taken out, others put in. */
    private byte[] spliced(Random random, int removed, int inserted) {
        int at = random.nextInt(original.length - removed + 1);
        byte[] bytes = new byte[inserted];
        random.nextBytes(bytes);
        return ByteBuffer.allocate(original.length - removed + inserted)
                .put(original, 0, at)
                .put(bytes)
                .put(original, at + removed, original.length - at - removed)
                .array();
    }

    /** A number of the header changed for another, and the header's length with it. */
    private byte[] withOtherNumber(Random random) {
        String header = new String(original, 8, headerLength(), StandardCharsets.UTF_8);
        String[] parts = header.split("(?<=[\\[,])(?=\\d+[,\\]])");
        String number = Long.toString(random.nextLong() >> random.nextInt(64));
        int part = 1 + random.nextInt(parts.length - 1);
        parts[part] = parts[part].replaceFirst("\\d+", number);
        byte[] data = new byte[original.length - 8 - headerLength()];
        System.arraycopy(original, 8 + headerLength(), data, 0, data.length);
        return HandMade.file(String.join("", parts), data);
    }

    private byte[] withHeaderLength(Random random) {
        byte[] content = original.clone();
        long length = random.nextBoolean() ? headerLength() + random.nextInt(65) - 32 : random.nextLong();
        ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        return content;
    }

    private int headerLength() {
        return (int) ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }
}
