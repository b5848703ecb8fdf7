package lstm.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads event files as TensorFlow describes them: by the descriptors of its own messages, and with a checksum that is computed
 * bit by bit. Its generated classes themselves are too old for the protobuf that is there.
 */
public final class EventFiles {

    private static final int CASTAGNOLI_REFLECTED = 0x82F63B78;

    private EventFiles() {}

    /**
     * An event.
     *
     * @param wallTime in seconds since 1970
     * @param sessionStatus of a session log, such as "START"; empty where there is none
     * @param values of the summary
     */
    public record Event(double wallTime, long step, String sessionStatus, List<Value> values) {}

    /**
     * A value of a summary.
     *
     * @param number its simple_value
     * @param plugin that shows it; empty where there is none
     * @param texts of its tensor
     * @param message all of it
     */
    public record Value(String tag, float number, String plugin, List<String> texts, Message message) {}

    /** The files of a run in the order in which TensorBoard reads them. */
    public static List<Path> of(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().contains("tfevents"))
                    .sorted()
                    .toList();
        }
    }

    /** All events of a file, which must be whole, and begin with their version. */
    public static List<Event> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Event> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] length = new byte[8];
            bytes.get(length);
            assertThat(bytes.getInt()).isEqualTo(masked(length));
            byte[] data = new byte
                    [Math.toIntExact(ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong())];
            bytes.get(data);
            assertThat(bytes.getInt()).isEqualTo(masked(data));
            Message message = DynamicMessage.parseFrom(org.tensorflow.util.Event.getDescriptor(), data);
            assertThat(message.getUnknownFields().asMap()).isEmpty();
            assertThat(field(message, "file_version")).isEqualTo(events.isEmpty() ? "brain.Event:2" : "");
            events.add(event(message));
        }
        return events.subList(1, events.size());
    }

    private static Event event(Message message) {
        List<Value> values = new ArrayList<>();
        for (Object value : (List<?>) field(message, "summary", "value")) {
            values.add(value((Message) value));
        }
        boolean session = message.hasField(message.getDescriptorForType().findFieldByName("session_log"));
        return new Event(
                (Double) field(message, "wall_time"),
                (Long) field(message, "step"),
                session ? String.valueOf(field(message, "session_log", "status")) : "",
                values);
    }

    private static Value value(Message value) {
        List<String> texts = new ArrayList<>();
        for (Object text : (List<?>) field(value, "tensor", "string_val")) {
            texts.add(((ByteString) text).toStringUtf8());
        }
        return new Value(
                (String) field(value, "tag"),
                (Float) field(value, "simple_value"),
                (String) field(value, "metadata", "plugin_data", "plugin_name"),
                texts,
                value);
    }

    /** A field of a field of a message. */
    public static Object field(Message message, String... path) {
        Object found = message;
        for (String name : path) {
            Message parent = (Message) found;
            found = parent.getField(parent.getDescriptorForType().findFieldByName(name));
        }
        return found;
    }

    private static int masked(byte[] data) {
        int crc = ~0;
        for (byte b : data) {
            crc ^= b & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) * CASTAGNOLI_REFLECTED);
            }
        }
        crc = ~crc;
        return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    }

    /** The steps at which there is a value of this tag. */
    public static List<Long> steps(List<Event> events, String tag) {
        return events.stream()
                .filter(event -> !values(List.of(event), tag).isEmpty())
                .map(Event::step)
                .toList();
    }

    /** The values of a tag. */
    public static List<Value> values(List<Event> events, String tag) {
        return events.stream()
                .flatMap(event -> event.values().stream())
                .filter(value -> value.tag().equals(tag))
                .toList();
    }
}
