package lstm.cli;

import com.google.gson.JsonElement;
import java.util.regex.Pattern;

/** JSON in one line, for programs and for terminals. */
final class Json {

    /**
     * What Gson leaves as it is, though it may drive a terminal or turn the direction of its text: DEL, the control characters of
     * eight bits, and those that Unicode has for formats. They stand in strings only.
     */
    private static final Pattern UNSEEN = Pattern.compile("[\\x7f-\\x9f\\p{Cf}&&[\\x00-\\x{ffff}]]");

    private Json() {}

    /** An object as a line, in which a program finds what is in the object, and a terminal nothing that it obeys. */
    static String line(JsonElement object) {
        return line(object.toString());
    }

    /** The same, of what is JSON already. */
    static String line(String json) {
        return UNSEEN.matcher(json)
                .replaceAll(
                        match -> String.format("\\\\u%04x", (int) match.group().charAt(0)));
    }
}
