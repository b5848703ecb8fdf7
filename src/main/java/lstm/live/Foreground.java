package lstm.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether the shell has this process in the foreground: only there may it move the cursor, and change the terminal, which
 * would stop it elsewhere.
 */
final class Foreground {

    // Fields of proc_pid_stat(5), counted behind the name of the command.
    private static final int GROUP = 2;
    private static final int TERMINAL = 4;
    private static final int FOREGROUND_GROUP = 5;

    private final String descriptor;

    /** For the terminal behind this file descriptor. */
    Foreground(int descriptor) {
        this.descriptor = "/proc/self/fd/" + descriptor;
    }

    /** True also where the system does not tell, or the terminal is not the one that the shell controls us by. */
    boolean is() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            Object device = Files.getAttribute(Path.of(descriptor), "unix:rdev");
            return !fields[TERMINAL].equals(String.valueOf(device)) || fields[GROUP].equals(fields[FOREGROUND_GROUP]);
        } catch (IOException | RuntimeException e) {
            return true;
        }
    }
}
