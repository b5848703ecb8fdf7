package lstm.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Stream;
import lstm.batch.BatchShape;
import lstm.optimize.Schedule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingStateTest {

    private static TrainingState state(
            TrainingConfig config, double trainLoss, @Nullable Double bestLoss, @Nullable Double seconds) {
        return new TrainingState(
                123_456_789_012L,
                34,
                567_890_123_456L,
                trainLoss,
                bestLoss,
                1e-3 / 3,
                seconds,
                config,
                bestLoss == null
                        ? RollBacks.NONE
                        : new RollBacks(2, 1e-4 / 3, 45_678_901_234L, 44_000_000_000L, 4.1, 49),
                bestLoss == null ? null : "names \" \n.txt",
                "ab12",
                98_765);
    }

    static List<TrainingState> states() {
        TrainingConfig odd = new TrainingConfig(
                new BatchShape(3, 7),
                new TrainingLength(5, 70_000_000_000L, 1.0 / 3),
                new Schedule(Schedule.Shape.LINEAR, 0.1 + 0.2, 0, 12),
                Double.MIN_VALUE,
                0.99,
                17,
                Long.MIN_VALUE);
        return List.of(
                state(TrainingConfig.DEFAULT, 1.25, 1.5, null),
                state(TrainingConfig.DEFAULT, 1.25, null, null),
                state(odd, Math.PI, Math.E, 0.1 + 0.7),
                state(Trainings.steps(3), Double.NaN, null, 0.0));
    }

    @ParameterizedTest
    @MethodSource("states")
    void jsonGivesBackTheSameState(TrainingState state) {
        TrainingState read = TrainingState.fromJson(state.toJson());

        assertThat(read).isEqualTo(state);
        assertThat(read.toJson()).isEqualTo(state.toJson());
    }

    @ParameterizedTest
    @MethodSource("states")
    void itsJsonIsOfTheStrictKind(TrainingState state) throws IOException {
        JsonReader reader = new JsonReader(new StringReader(state.toJson()));
        reader.setStrictness(Strictness.STRICT);
        reader.skipValue();

        assertThat(reader.peek()).isEqualTo(JsonToken.END_DOCUMENT);
    }

    @Test
    void aKeyThatALaterVersionAddsIsNoHindrance() {
        TrainingState state = states().get(0);
        JsonObject json = JsonParser.parseString(state.toJson()).getAsJsonObject();
        json.addProperty("later", "more");

        assertThat(TrainingState.fromJson(json.toString())).isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "\"text\"",
                "{",
                "{\"step\":",
                "{}",
                "{\"text\": 3}",
                "not json\nat all",
                "{\"a\":\n\n#"
            })
    void whatIsNoTrainingIsRefused(String json) {
        assertRefused(json);
    }

    @Test
    void deepJsonIsRefused() {
        assertRefused("[".repeat(100_000));
        assertRefused("{\"step\":".repeat(100_000));
    }

    private static void assertRefused(String json) {
        assertThatThrownBy(() -> TrainingState.fromJson(json))
                .isInstanceOf(TrainingException.class)
                .satisfies(e -> assertThat(e.getMessage())
                        .contains("--init-from")
                        .doesNotContain("\n", "gson", "null")
                        .hasSizeLessThan(250));
    }

    /** Every key that must be there, with the object it stands in. */
    static Stream<String> required() {
        return Stream.of(
                "step",
                "epoch",
                "characters",
                "learning_rate",
                "settings",
                "text",
                "settings.batch",
                "settings.seq_length",
                "settings.schedule",
                "settings.lr",
                "settings.lr_final",
                "settings.warmup",
                "settings.clip",
                "settings.val",
                "settings.val_every",
                "settings.seed",
                "text.sha256",
                "text.training_characters");
    }

    private static JsonObject parent(JsonObject json, String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? json : json.getAsJsonObject(path.substring(0, dot));
    }

    private static String key(String path) {
        return path.substring(path.indexOf('.') + 1);
    }

    private static JsonObject json() {
        return JsonParser.parseString(states().get(0).toJson()).getAsJsonObject();
    }

    @ParameterizedTest
    @MethodSource("required")
    void aMissingKeyIsNamed(String path) {
        JsonObject json = json();
        parent(json, path).remove(key(path));

        assertRefused(json.toString());
        assertThatThrownBy(() -> TrainingState.fromJson(json.toString())).hasMessageContaining(key(path));
    }

    @ParameterizedTest
    @MethodSource("required")
    void aValueOfAnotherTypeIsRefused(String path) {
        JsonObject nothing = json();
        parent(nothing, path).add(key(path), JsonNull.INSTANCE);
        assertRefused(nothing.toString());

        JsonObject object = json();
        parent(object, path).add(key(path), new JsonObject());
        assertRefused(object.toString());

        if (!path.endsWith("sha256")) {
            JsonObject lines = json();
            parent(lines, path).add(key(path), new JsonPrimitive("two\nlines"));
            assertRefused(lines.toString());
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "step, -1",
        "epoch, -1",
        "characters, -1",
        "seconds, -1",
        "text.training_characters, -1",
        "settings.batch, 0",
        "settings.seq_length, -1",
        "settings.batch, 2000000000",
        "settings.epochs, 0",
        "settings.steps, -1",
        "settings.lr, 0",
        "settings.lr_final, 2",
        "settings.warmup, -1",
        "settings.clip, 0",
        "settings.val, 1",
        "settings.val_every, -1",
        "settings.batch, 1e400000000",
        "step, 1e400000000"
    })
    void aNumberOutOfRangeIsRefused(String path, String number) {
        JsonObject json = json();
        parent(json, path).add(key(path), JsonParser.parseString(number));

        assertRefused(json.toString());
    }
}
