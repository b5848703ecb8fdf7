package lstm.repl;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a user's own files stand. */
public final class Home {

    private Home() {}

    /** The folder that the shell calls {@code ~}; null where the user has none. */
    static @Nullable Path folder() {
        return folder(System.getenv(), System.getProperty("user.home"));
    }

    /** Java itself goes by the list of users, and says "?" where they are not in it. */
    private static @Nullable Path folder(Map<String, String> environment, @Nullable String listed) {
        Path home = absolute(environment.get("HOME"));
        return home != null ? home : absolute(listed);
    }

    /** The history of what was typed, as the XDG base directory specification has it; null where there is no place for it. */
    public static @Nullable Path history() {
        return history(System.getenv(), System.getProperty("user.home"));
    }

    static @Nullable Path history(Map<String, String> environment, @Nullable String listed) {
        Path state = absolute(environment.get("XDG_STATE_HOME")); // which is to be ignored where it is relative
        Path home = folder(environment, listed);
        if (state == null && home != null) {
            state = home.resolve(".local").resolve("state");
        }
        return state == null ? null : state.resolve("lstm").resolve("history");
    }

    private static @Nullable Path absolute(@Nullable String name) {
        return name != null && Path.of(name).isAbsolute() ? Path.of(name) : null;
    }

    /** A name as a shell would read it: {@code ~/} is the home folder, where there is one. */
    static String expanded(String name) {
        Path home = folder();
        return home != null && name.startsWith("~/") ? home + name.substring(1) : name;
    }
}
