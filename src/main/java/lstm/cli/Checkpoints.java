package lstm.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
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
        String shipped = System.getProperty(SHIPPED);
        return newest(FOLDER)
                .or(() -> shipped == null ? Optional.empty() : newest(Path.of(shipped)))
                .orElseThrow(() -> new CommandException(
                        "no checkpoint in " + FOLDER + "; name one, or train one: lstm train CORPUS"));
    }

    private static Optional<Path> newest(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX) && Files.isRegularFile(file))
                    .max(Comparator.comparing(Checkpoints::modified).thenComparing(Path::toString));
        } catch (IOException e) {
            throw new CommandException("cannot look into " + folder + ": " + e.getMessage());
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
