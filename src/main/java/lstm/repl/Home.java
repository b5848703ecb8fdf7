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
        Path ours = ours(environment, listed, "XDG_STATE_HOME", ".local/state");
        return ours == null ? null : ours.resolve("history");
    }

    /** The folder for what can be made anew, likewise; null where there is no place for it. */
    public static @Nullable Path cache() {
        return cache(System.getenv(), System.getProperty("user.home"));
    }

    static @Nullable Path cache(Map<String, String> environment, @Nullable String listed) {
        return ours(environment, listed, "XDG_CACHE_HOME", ".cache");
    }

    /** Our folder where a variable says, which is to be ignored where it is relative, or else in this one of the home folder. */
    private static @Nullable Path ours(
            Map<String, String> environment, @Nullable String listed, String variable, String inHome) {
        Path place = absolute(environment.get(variable));
        Path home = folder(environment, listed);
        if (place == null && home != null) {
            place = home.resolve(inHome);
        }
        return place == null ? null : place.resolve("lstm");
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
