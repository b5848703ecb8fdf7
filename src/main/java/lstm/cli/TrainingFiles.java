package lstm.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import lstm.text.Sources;
import lstm.train.TrainingException;
import org.jspecify.annotations.Nullable;

/**
 * The files of a training.
 *
 * @param corpora what is learnt, as named on the command line
 * @param target the checkpoint that is written
 * @param initFrom the checkpoint that is started from
 * @param metrics the metrics file that is written
 */
record TrainingFiles(
        List<String> corpora,
        Path target,
        @Nullable Path initFrom,
        @Nullable Path metrics) {

    /** The checkpoint of a text where none is named. */
    static Path defaultTarget(String corpus) {
        String name = Sources.name(corpus);
        if (Set.of(".", "..").contains(name)) { // which is no name for a file
            name = Sources.name(Path.of(corpus).toAbsolutePath().normalize().toString());
        }
        String stem = name.replaceFirst("(?<=.)\\.[^.]*$", "");
        return Checkpoints.FOLDER.resolve(stem + Checkpoints.SUFFIX);
    }

    /** Goes on from a checkpoint; where that cannot be, the message names its file. */
    static <T> T naming(Path checkpoint, Supplier<T> goingOn) {
        try {
            return goingOn.get();
        } catch (TrainingException e) {
            throw new TrainingException(checkpoint + ": " + e.getMessage());
        }
    }

    /**
     * These files, of which none that is read is written over, and none is written twice.
     *
     * @throws IllegalArgumentException where one would be
     */
    TrainingFiles apart() {
        for (String corpus : corpora) {
            Path text = Path.of(corpus);
            if (!corpus.equals(Sources.STANDARD_INPUT) && !Files.isDirectory(text)) {
                requireApart("--out", target, "the text itself", text);
                requireApart("--metrics", metrics, "the text itself", text);
            }
        }
        requireOutside("--out", target);
        requireOutside("--metrics", metrics);
        requireApart("--metrics", metrics, "a checkpoint's file", target);
        requireApart("--metrics", metrics, "a checkpoint's file", initFrom);
        return this;
    }

    /** A file in a folder that is read would be a text the next time; a checkpoint is known by its name, and not read. */
    private void requireOutside(String option, @Nullable Path written) {
        if (written == null || written.toString().endsWith(Checkpoints.SUFFIX)) {
            return;
        }
        Path real = written.toAbsolutePath().normalize();
        for (String corpus : corpora) {
            Path folder = Path.of(corpus).toAbsolutePath().normalize();
            if (!corpus.equals(Sources.STANDARD_INPUT) && Files.isDirectory(folder) && real.startsWith(folder)) {
                throw new IllegalArgumentException(
                        option + " is in the folder that is read, " + written + "; name a file outside of it");
            }
        }
    }

    private static void requireApart(String option, @Nullable Path written, String what, @Nullable Path other) {
        if (written != null && other != null && NamedFile.isSame(written, other)) {
            throw new IllegalArgumentException(option + " is " + what + ", " + written + "; name another file");
        }
    }
}
