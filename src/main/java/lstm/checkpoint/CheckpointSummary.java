package lstm.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import lstm.model.ModelConfig;
import lstm.text.Records;
import lstm.text.Vocabulary;

/**
 * What a checkpoint's header tells: all but the numbers, which are neither read nor held against their checksum, so that it
 * takes no longer for a large model.
 *
 * @param config the model's shape
 * @param vocabulary what its tokens stand for
 * @param records into which its text is parted
 * @param training how it was trained, as a JSON object
 * @param tensors all of the file, in its order
 */
public record CheckpointSummary(
        ModelConfig config, Vocabulary vocabulary, Records records, String training, List<Entry> tensors) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException where there are records and no newline to part them
     */
    public CheckpointSummary {
        Checkpoint.requireSeparator(records, vocabulary);
        tensors = List.copyOf(tensors);
    }

    /**
     * A tensor of the file.
     *
     * @param name as in the file
     * @param dtype of its elements
     * @param shape the sizes of its dimensions, the outermost first
     * @param bytes that it takes
     */
    public record Entry(String name, DType dtype, List<Integer> shape, long bytes) {

        /** Whether only a training needs it. */
        public boolean isOfTraining() {
            return name.startsWith(CheckpointFormat.TRAINING_PREFIX);
        }
    }

    /**
     * Reads the header of a file, and believes nothing in it.
     *
     * @throws CheckpointException in one line, where it cannot be read, or promises no model
     */
    public static CheckpointSummary read(Path file) {
        try {
            return CheckpointFormat.fromHeader(file, SafetensorsReader.readHeader(file));
        } catch (IOException e) {
            throw CheckpointException.of("read", file, e);
        } catch (FormatException e) {
            throw SafetensorsFile.refused(file, e.reason());
        }
    }

    /** Whether a training can go on from it. */
    public boolean canResume() {
        return tensors.stream().anyMatch(Entry::isOfTraining);
    }
}
