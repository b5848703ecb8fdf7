package lstm.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import lstm.checkpoint.CheckpointException;
import lstm.checkpoint.CheckpointSummary;
import lstm.train.TrainingException;
import lstm.train.TrainingState;
import org.jspecify.annotations.Nullable;

/**
 * A file that may be a checkpoint, as far as its header tells.
 *
 * @param file as the user would name it
 * @param bytes its size on disk
 * @param modified when it was written last
 * @param summary null where it cannot be used
 * @param training how it was trained; null where it was not trained here, or cannot be used
 * @param error why it cannot be used; null where it can
 */
record ListedFile(
        Path file,
        long bytes,
        FileTime modified,
        @Nullable CheckpointSummary summary,
        @Nullable TrainingState training,
        @Nullable String error) {

    /**
     * Looks at a file.
     *
     * @throws CheckpointException where there is none
     */
    static ListedFile of(Path file) {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException e) {
            throw CheckpointException.of("read", file, e);
        }
        try {
            CheckpointSummary summary = CheckpointSummary.read(file);
            return new ListedFile(
                    file,
                    attributes.size(),
                    attributes.lastModifiedTime(),
                    summary,
                    training(summary.training()),
                    null);
        } catch (CheckpointException e) {
            String error = String.valueOf(e.getMessage());
            return new ListedFile(file, attributes.size(), attributes.lastModifiedTime(), null, null, error);
        }
    }

    /** A model from elsewhere tells of its origin instead. */
    private static @Nullable TrainingState training(String json) {
        try {
            return TrainingState.fromJson(json);
        } catch (TrainingException e) {
            return null;
        }
    }

    /** The lowest validation loss in nats per character; null where there is none that is a number. */
    @Nullable
    Double loss() {
        Double loss = training == null ? null : training.bestLoss();
        return loss == null || !Double.isFinite(loss) ? null : loss;
    }

    /** What the text was called; null where that was not kept. */
    @Nullable
    String corpus() {
        return training == null ? null : training.textName();
    }
}
