package lstm.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;
import lstm.checkpoint.AtomicFile;
import lstm.checkpoint.CheckpointException;
import lstm.tensorboard.EventWriter;
import lstm.tensorboard.RunFolder;
import lstm.text.Sources;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where TensorBoard finds a training. */
final class TensorBoardOption {

    @Option(
            names = "--tensorboard",
            paramLabel = "DIR",
            description =
                    "Write the course of the training, and samples, for TensorBoard: into DIR, in a folder that is"
                            + " called like the checkpoint.")
    private @Nullable Path directory;

    /**
     * Makes the folder and finds out whether it can be written, before the work begins.
     *
     * @param corpora what is read, in which no event file may come to stand
     * @throws IllegalArgumentException where the folder is in one that is read
     */
    TensorBoardOption checked(List<String> corpora) {
        if (directory == null) {
            return this;
        }
        Path real = directory.toAbsolutePath().normalize();
        for (String corpus : corpora) {
            Path folder = Path.of(corpus).toAbsolutePath().normalize();
            boolean read = !corpus.equals(Sources.STANDARD_INPUT) && Files.isDirectory(folder);
            if (read && real.startsWith(folder)) {
                throw new IllegalArgumentException(
                        "--tensorboard is in the folder that is read, " + directory + "; name one outside of it");
            }
        }
        try {
            AtomicFile.makeFolder(directory);
            if (!Files.isWritable(directory)) {
                throw new AccessDeniedException(directory.toString());
            }
        } catch (IOException e) {
            throw failure(directory, e);
        }
        return this;
    }

    /** The listener that writes; null where the user asks for none. */
    @Nullable
    EventWriter open(Path target, boolean goesOn, LongFunction<String> sample, Console notes) {
        if (directory == null) {
            return null;
        }
        String name = String.valueOf(target.getFileName());
        String run = name.length() > Checkpoints.SUFFIX.length() && name.endsWith(Checkpoints.SUFFIX)
                ? name.substring(0, name.length() - Checkpoints.SUFFIX.length())
                : name;
        Path folder = directory.resolve(run);
        try {
            Path earlier = goesOn ? null : RunFolder.clear(folder);
            if (earlier != null) {
                notes.note("kept TensorBoard's earlier " + folder + " as " + earlier);
            }
            AtomicFile.makeFolder(folder);
        } catch (IOException e) {
            throw failure(folder, e);
        }
        return new EventWriter(folder, goesOn, sample);
    }

    private static CommandException failure(Path folder, IOException e) {
        return new CommandException("cannot write TensorBoard's events to " + folder + ": "
                + CheckpointException.reason(e) + "; name another --tensorboard");
    }
}
