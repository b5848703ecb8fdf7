package lstm.checkpoint;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object from a file that nobody vouches for: each is of the kind that is asked for, or refused.
 *
 * <p>Gson's own tree would take the last of two members of one name, round 1.5 to 1 and 4294967297 to 1, and make a hundred
 * bytes of each "{}".
 */
public final class JsonFields {

    /** The longest text that is taken apart, in characters; ours have some hundreds. */
    public static final int LONGEST = 1 << 16;

    /** Objects and arrays within each other; ours have two. */
    private static final int DEEPEST = 16;

    /** A number in the digits of the file, for only who asks knows of which kind it should be. */
    private record Digits(String text) {}

    private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

    private JsonFields() {}

    /**
     * Takes a text apart, which must be JSON to the letter.
     *
     * @param name of the text, for messages
     * @throws IllegalArgumentException where it is anything but one object, or names a member twice
     */
    public static JsonFields of(String name, String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "its \"" + name + "\" has " + text.length() + " characters, expected at most " + LONGEST);
        }
        JsonReader reader = strict(text);
        try {
            if (reader.peek() != JsonToken.BEGIN_OBJECT) {
                throw new IllegalArgumentException("expected an object in \"" + name + "\"");
            }
            JsonFields fields = object(reader, DEEPEST);
            requireEnd(name, reader);
            return fields;
        } catch (JsonParseException | IOException e) {
            throw notJson(name, e);
        }
    }

    /** A reader that lets nothing pass that no other reader of JSON does, such as NaN. */
    static JsonReader strict(String text) {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        return reader;
    }

    static void requireEnd(String name, JsonReader reader) throws IOException {
        if (reader.peek() != JsonToken.END_DOCUMENT) {
            throw new IllegalArgumentException("its \"" + name + "\" goes on after its end");
        }
    }

    /** Gson's message has several lines and speaks to programmers. */
    static IllegalArgumentException notJson(String name, Exception cause) {
        return new IllegalArgumentException("its \"" + name + "\" is not JSON", cause);
    }

    private static JsonFields object(JsonReader reader, int depth) throws IOException {
        JsonFields fields = new JsonFields();
        reader.beginObject();
        while (reader.hasNext()) {
            String key = reader.nextName();
            if (fields.members.containsKey(key)) {
                throw new IllegalArgumentException(Shown.quoted(key) + " stands twice in one object");
            }
            fields.members.put(key, value(reader, depth - 1));
        }
        reader.endObject();
        return fields;
    }

    private static @Nullable Object value(JsonReader reader, int depth) throws IOException {
        if (depth == 0) {
            throw new IllegalArgumentException("objects stand more than " + DEEPEST + " deep in each other");
        }
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> object(reader, depth);
            case STRING -> reader.nextString();
            case NUMBER -> new Digits(reader.nextString());
            case BOOLEAN -> reader.nextBoolean();
            case NULL -> {
                reader.nextNull();
                yield null;
            }
            default -> array(reader, depth);
        };
    }

    /** Nobody asks for an array yet: it is seen to be one, and stands as an object that has nothing. */
    private static Object array(JsonReader reader, int depth) throws IOException {
        reader.beginArray();
        while (reader.hasNext()) {
            value(reader, depth - 1);
        }
        reader.endArray();
        return new Object();
    }

    /** Whether there is such a member, be it null. */
    public boolean has(String key) {
        return members.containsKey(key);
    }

    /** A member that may be missing or null; null then. */
    public <T> @Nullable T optional(String key, BiFunction<JsonFields, String, T> read) {
        return members.get(key) == null ? null : read.apply(this, key);
    }

    /** A member that is text, which may be long. */
    public String string(String key) {
        return member(key, String.class, "a string");
    }

    /** A member that is true or false. */
    public boolean flag(String key) {
        return member(key, Boolean.class, "true or false");
    }

    /** A member that is an object. */
    public JsonFields object(String key) {
        return member(key, JsonFields.class, "an object");
    }

    /** A member that is a number, and not beyond all that a double holds. */
    public double number(String key) {
        String digits = member(key, Digits.class, "a number").text();
        double number = Double.parseDouble(digits);
        if (Double.isInfinite(number)) {
            throw new IllegalArgumentException(
                    "\"" + key + "\" is " + Shown.quoted(digits) + ", expected a number that a double can hold");
        }
        return number;
    }

    /** A member that is a whole number, in plain digits. */
    public long whole(String key) {
        return whole(key, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** A member that is a whole number, in plain digits, and fits into an int. */
    public int integer(String key) {
        return (int) whole(key, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private long whole(String key, long least, long most) {
        String digits = member(key, Digits.class, "a number").text();
        try {
            long number = Long.parseLong(digits);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("\"" + key + "\" is " + Shown.quoted(digits)
                + ", expected a whole number from " + least + " to " + most);
    }

    private <T> T member(String key, Class<T> kind, String expected) {
        if (!has(key)) {
            throw new IllegalArgumentException("\"" + key + "\" is missing");
        }
        Object member = members.get(key);
        if (!kind.isInstance(member)) {
            throw new IllegalArgumentException("expected " + expected + " in \"" + key + "\"");
        }
        return kind.cast(member);
    }
}
