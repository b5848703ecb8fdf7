package lstm.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lstm.checkpoint.CheckpointException;
import org.jspecify.annotations.Nullable;

/** Where checkpoints are. */
final class Checkpoints {

    static final Path FOLDER = Path.of("checkpoints");
    static final String SUFFIX = ".safetensors";
    /** Set by the launcher: the folder of the checkpoint that comes with lstm. */
    private static final String SHIPPED = "lstm.checkpoints";

    private Checkpoints() {}

    /** The named checkpoint, or the newest in {@link #FOLDER}, or the one that comes with lstm. */
    static Path find(@Nullable Path named) {
        if (named != null) {
            return named;
        }
        return newest(folder())
                .orElseThrow(() -> new CommandException(
                        "no checkpoint in " + FOLDER + "; name one, or train one: lstm train CORPUS"));
    }

    /** Where a checkpoint that is not named is looked for: {@link #FOLDER}, or where there is none the one of lstm itself. */
    static Path folder() {
        String shipped = System.getProperty(SHIPPED);
        boolean lacks = shipped != null && newest(FOLDER).isEmpty();
        return lacks && newest(Path.of(shipped)).isPresent() ? Path.of(shipped) : FOLDER;
    }

    /** The one in a folder that stands for one that is not named. */
    static Optional<Path> newest(Path folder) {
        return in(folder, Checkpoints::isCheckpoint).stream()
                .max(Comparator.comparing(Checkpoints::modified).thenComparing(Path::toString));
    }

    /** The files in a folder with a name of this kind, in the order of their names; none where there is no folder. */
    static List<Path> in(Path folder, Predicate<Path> kind) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> kind.test(file) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CommandException("cannot look into " + folder + ": " + CheckpointException.reason(e));
        }
    }

    /** Whether a file is named like a checkpoint. */
    static boolean isCheckpoint(Path file) {
        return file.toString().endsWith(SUFFIX);
    }

    /** When a file was written last; a file that has gone meanwhile was so before all others. */
    static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
