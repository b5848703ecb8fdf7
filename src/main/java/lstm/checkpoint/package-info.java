/**
 * The checkpoint: one file in the safetensors format, saved whole or not at all, and loaded without believing it.
 *
 * <p>{@link lstm.checkpoint.Checkpoint} is what it means: a model's shape, vocabulary and weights, and what a training
 * needs to go on; {@code CheckpointFormat} writes that as strings of metadata and named tensors and checks every claim on
 * the way back. {@link lstm.checkpoint.SafetensorsFile} is the file: {@code SafetensorsWriter} describes the tensors in a
 * {@code Header} and hands the bytes to {@code AtomicFile}, which replaces the target; {@code SafetensorsReader} reads them
 * back through {@code HeaderReader}. JSON within the header is read to the letter, by {@link lstm.checkpoint.JsonFields} and
 * {@code VocabularyJson}, without Gson's tree. Whatever is wrong with a file or with the disk comes out as a {@link
 * lstm.checkpoint.CheckpointException} of one line. {@link lstm.checkpoint.PyTorchFile} makes a checkpoint of what others wrote.
 */
@NullMarked
package lstm.checkpoint;

import org.jspecify.annotations.NullMarked;
