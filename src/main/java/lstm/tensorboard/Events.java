package lstm.tensorboard;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.time.Instant;
import java.util.Map;

/**
 * Messages of the types Event, Summary and SummaryMetadata, and what is in them, by the numbers of their fields (TensorFlow,
 * {@code core/util/event.proto}, {@code core/framework/summary.proto} and {@code tensor.proto}).
 */
final class Events {

    /** The second version, in which the start of a session makes void what was written of later steps. */
    private static final String VERSION = "brain.Event:2";

    private static final int SESSION_START = 1;
    private static final int STRING_TYPE = 7;
    private static final int TENSOR_CLASS = 2;

    private static final double NANOS = 1e9;

    private Events() {}

    /** What every file begins with. */
    static byte[] version(Instant time) {
        return event(time, 0).addField(3, text(VERSION)).build().toByteArray();
    }

    /** A training goes on with this step: whatever a file before tells of it and of later ones is void. */
    static byte[] sessionStart(Instant time, long step) {
        UnknownFieldSet.Builder session = UnknownFieldSet.newBuilder().addField(1, number(SESSION_START));
        return event(time, step).addField(7, message(session)).build().toByteArray();
    }

    /** Numbers by their tags. */
    static byte[] scalars(Instant time, long step, Map<String, Double> values) {
        Field.Builder all = Field.newBuilder();
        values.forEach((tag, value) -> all.addLengthDelimited(UnknownFieldSet.newBuilder()
                .addField(1, text(tag))
                .addField(2, real((float) (double) value))
                .build()
                .toByteString()));
        return summary(time, step, all);
    }

    /** A text, which TensorBoard takes for Markdown. */
    static byte[] text(Instant time, long step, String tag, String markdown) {
        UnknownFieldSet.Builder plugin = UnknownFieldSet.newBuilder().addField(1, text("text"));
        UnknownFieldSet.Builder metadata =
                UnknownFieldSet.newBuilder().addField(1, message(plugin)).addField(4, number(TENSOR_CLASS));
        UnknownFieldSet.Builder scalar = UnknownFieldSet.newBuilder();
        UnknownFieldSet.Builder tensor = UnknownFieldSet.newBuilder()
                .addField(1, number(STRING_TYPE))
                .addField(2, message(scalar))
                .addField(8, text(markdown));
        UnknownFieldSet.Builder value = UnknownFieldSet.newBuilder()
                .addField(1, text(tag))
                .addField(8, message(tensor))
                .addField(9, message(metadata));
        return summary(
                time, step, Field.newBuilder().addLengthDelimited(value.build().toByteString()));
    }

    private static byte[] summary(Instant time, long step, Field.Builder values) {
        UnknownFieldSet.Builder summary = UnknownFieldSet.newBuilder().addField(1, values.build());
        return event(time, step).addField(5, message(summary)).build().toByteArray();
    }

    private static UnknownFieldSet.Builder event(Instant time, long step) {
        double seconds = time.getEpochSecond() + time.getNano() / NANOS;
        Field wallTime = Field.newBuilder()
                .addFixed64(Double.doubleToRawLongBits(seconds))
                .build();
        return UnknownFieldSet.newBuilder().addField(1, wallTime).addField(2, number(step));
    }

    private static Field number(long number) {
        return Field.newBuilder().addVarint(number).build();
    }

    private static Field real(float number) {
        return Field.newBuilder().addFixed32(Float.floatToRawIntBits(number)).build();
    }

    private static Field text(String text) {
        return Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8(text))
                .build();
    }

    private static Field message(UnknownFieldSet.Builder message) {
        return Field.newBuilder()
                .addLengthDelimited(message.build().toByteString())
                .build();
    }
}
