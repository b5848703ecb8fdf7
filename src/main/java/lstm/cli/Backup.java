package lstm.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;
import lstm.checkpoint.CheckpointException;

/** Keeps a checkpoint that a new training would otherwise replace. */
final class Backup {

    private Backup() {}

    /** Copies the file, where there is one, to the first free FILE.1.bak, FILE.2.bak, ... and says so. */
    static void keep(Path file, Console console) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        int number = 1;
        while (Files.exists(backup(file, number))) {
            number++;
        }
        try {
            Files.copy(file, backup(file, number), StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new CommandException("cannot keep the file that is there, " + file + ": "
                    + CheckpointException.reason(e) + "; name another");
        }
        console.note("kept the earlier " + file + " as " + backup(file, number));
    }

    /** Whether a file is named like one that is kept of a checkpoint. */
    static boolean isBackup(Path file) {
        return file.toString().matches("(?s).*" + Pattern.quote(Checkpoints.SUFFIX) + "\\.\\d+\\.bak");
    }

    private static Path backup(Path file, int number) {
        return file.resolveSibling(file.getFileName() + "." + number + ".bak");
    }
}
