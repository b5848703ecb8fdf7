package lstm.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The model that a command works with, where it need not be named. */
final class CheckpointArgument {

    @Parameters(
            arity = "0..1",
            paramLabel = "CHECKPOINT",
            description = "The model [the newest in checkpoints/, else the one that comes with lstm].")
    private @Nullable Path checkpoint;

    /** The named file, or the one that stands for it. */
    Path file() {
        return Checkpoints.find(checkpoint);
    }
}
