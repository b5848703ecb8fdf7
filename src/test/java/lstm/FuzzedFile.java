package lstm;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Files for what reads files, made of what a fuzzer thinks up. */
public final class FuzzedFile {

    private static final String METADATA = "__metadata__";
    private static @Nullable Path file;

    private FuzzedFile() {}

    /** A file with this in it, which the next one takes the place of. */
    public static synchronized Path of(byte[] content) {
        try {
            if (file == null) {
                file = Files.createTempFile("fuzzed", "");
                file.toFile().deleteOnExit();
            }
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A safetensors file whose header has the length that it gives: a fuzzer would hardly get past that, nor past checksums.
     *
     * @param input the header's JSON, a newline, and the tensors' bytes; without a newline, the file as it is
     */
    public static Path safetensors(byte[] input) {
        int newline = 0;
        while (newline < input.length && input[newline] != '\n') {
            newline++;
        }
        if (newline == input.length) {
            return of(input);
        }
        return of(ByteBuffer.allocate(Long.BYTES + input.length - 1)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(newline)
                .put(input, 0, newline)
                .put(input, newline + 1, input.length - newline - 1)
                .array());
    }

    /** What {@link #safetensors} makes this file of, but for its checksums. */
    public static byte[] input(Path safetensors) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(safetensors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        JsonObject header = JsonParser.parseString(new String(bytes, Long.BYTES, length, StandardCharsets.UTF_8))
                .getAsJsonObject();
        header.getAsJsonObject(METADATA).remove("sha256");
        header.getAsJsonObject(METADATA).remove("header_sha256");
        byte[] json = (header + "\n").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(json.length + bytes.length - Long.BYTES - length)
                .put(json)
                .put(bytes, Long.BYTES + length, bytes.length - Long.BYTES - length)
                .array();
    }

    /** Fails where a message is not one for a user: a line that cannot drive a terminal, and is not endless. */
    public static void requireLine(Throwable refusal) {
        String message = String.valueOf(refusal.getMessage());
        boolean line = message.length() < 1000 && message.codePoints().noneMatch(Character::isISOControl);
        if (!line || message.equals("null")) {
            throw new AssertionError("no line for a user: " + message, refusal);
        }
    }
}
