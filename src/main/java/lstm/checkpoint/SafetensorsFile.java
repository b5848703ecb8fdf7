package lstm.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.ojalgo.matrix.store.R032Store;

/**
 * A file in the safetensors format (Hugging Face, 2022; {@code github.com/huggingface/safetensors}): 8 bytes of
 * little-endian header length, a JSON header, and the bytes of the tensors without a gap.
 *
 * <p>{@link #write} adds two keys to the metadata: {@code sha256} of the tensor data and {@code header_sha256} of the
 * header's content, both in hexadecimal. {@link #read} holds the file against them where they are present, as they
 * are not in the files of other writers.
 */
public final class SafetensorsFile {

    private final Path file;
    private final Map<String, String> metadata;
    private final Map<String, Tensor> tensors;

    SafetensorsFile(Path file, Map<String, String> metadata, Map<String, Tensor> tensors) {
        this.file = file;
        this.metadata = Collections.unmodifiableMap(metadata);
        this.tensors = Collections.unmodifiableMap(tensors);
    }

    /**
     * Writes a file, or leaves the one that is there: at every instant the target holds the old content or the new one,
     * and once this returns the new one is on the disk. Missing directories are made; a symbolic link stays one. The
     * maps' order is the file's, so give maps that have one, and equal arguments give equal bytes.
     *
     * @throws CheckpointException if the target is not a plain file, or the disk is full, or the like
     * @throws IllegalArgumentException if a string holds half of a surrogate pair, or a tensor is named
     *     {@code __metadata__}
     */
    public static void write(Path target, Map<String, String> metadata, Map<String, Tensor> tensors) {
        try {
            SafetensorsWriter.write(target, metadata, tensors);
        } catch (IOException e) {
            throw CheckpointException.of("write", target, e);
        }
    }

    /**
     * Reads a whole file into memory, where its tensors share one array.
     *
     * @throws CheckpointException if it cannot be read, breaks a rule of the format, or does not fit its checksums
     */
    public static SafetensorsFile read(Path file) {
        try {
            return SafetensorsReader.read(file);
        } catch (IOException e) {
            throw CheckpointException.of("read", file, e);
        } catch (FormatException e) {
            throw refused(file, e.reason());
        }
    }

    /** The strings of the header in the file's order, the checksums among them. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** The names of the tensors in the header's order. */
    public Set<String> names() {
        return tensors.keySet();
    }

    /**
     * The tensor of a name.
     *
     * @throws CheckpointException if there is none
     */
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw refused(file, "it has no tensor " + Shown.quoted(name));
        }
        return tensor;
    }

    /**
     * A tensor [rows, columns] of floating-point numbers, all finite, as a new matrix.
     *
     * @throws CheckpointException if it is missing or anything else
     */
    public R032Store matrix(String name, int rows, int columns) {
        return floats(name, rows, columns).toStore();
    }

    /**
     * A tensor [length] of floating-point numbers, all finite, as a new column, length x 1.
     *
     * @throws CheckpointException if it is missing or anything else
     */
    public R032Store vector(String name, int length) {
        return floats(name, length).toStore();
    }

    /**
     * A tensor [length] of type I64.
     *
     * @throws CheckpointException if it is missing or anything else
     */
    public long[] longs(String name, int length) {
        Tensor tensor = tensor(name);
        if (tensor.dtype() != DType.I64 || !Arrays.equals(tensor.shape(), new int[] {length})) {
            throw misfit(name, tensor, "I64[" + length + "]");
        }
        return tensor.toLongs();
    }

    /**
     * A tensor of floating-point numbers, all finite: seen to be one before anything is made of it.
     *
     * @throws CheckpointException if it is missing or anything else
     */
    Tensor floats(String name, int... shape) {
        Tensor tensor = tensor(name);
        if (!tensor.dtype().isFloat() || !Arrays.equals(tensor.shape(), shape)) {
            throw misfit(name, tensor, "F32" + Arrays.toString(shape));
        }
        float wrong = tensor.notFinite();
        if (wrong != 0) {
            throw refused(file, "tensor " + Shown.quoted(name) + " holds " + wrong + " where numbers are expected");
        }
        return tensor;
    }

    private CheckpointException misfit(String name, Tensor found, String expected) {
        return refused(file, "tensor " + Shown.quoted(name) + " is " + found + ", expected " + expected);
    }

    static CheckpointException refused(Path file, String reason) {
        return new CheckpointException(
                file + " is not a checkpoint that can be used: " + reason + "; copy it again or train anew");
    }
}
