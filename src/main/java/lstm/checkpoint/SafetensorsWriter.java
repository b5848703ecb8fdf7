package lstm.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the safetensors format: what goes into a file depends on the arguments alone. */
final class SafetensorsWriter {

    /** The tensor data begin at a multiple of this, for readers that map the file. */
    private static final int ALIGNMENT = 8;

    private SafetensorsWriter() {}

    static void write(Path target, Map<String, String> metadata, Map<String, Tensor> tensors) throws IOException {
        List<Tensor> ordered = List.copyOf(tensors.values());
        byte[] header = header(target, metadata, tensors);
        AtomicFile.replace(target, channel -> {
            Chunks.write(channel, prefix(header.length));
            Chunks.write(channel, ByteBuffer.wrap(header));
            for (Tensor tensor : ordered) {
                Chunks.write(channel, tensor.bytes());
            }
        });
    }

    private static byte[] header(Path target, Map<String, String> metadata, Map<String, Tensor> tensors)
            throws IOException {
        Map<String, String> strings = new LinkedHashMap<>(metadata);
        strings.remove(Header.DATA_SHA256);
        strings.put(Header.DATA_SHA256, sha256(tensors));
        Header header = new Header(strings, entries(tensors));
        requireReadable(target, header);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        header.sealed().writeTo(bytes);
        while (bytes.size() % ALIGNMENT != 0) {
            bytes.write(' ');
        }
        if (bytes.size() > Header.LIMIT) {
            throw tooLarge(target, "header", bytes.size(), Header.LIMIT);
        }
        return bytes.toByteArray();
    }

    private static Map<String, Header.Entry> entries(Map<String, Tensor> tensors) {
        Map<String, Header.Entry> entries = new LinkedHashMap<>();
        long begin = 0;
        for (Map.Entry<String, Tensor> named : tensors.entrySet()) {
            Tensor tensor = named.getValue();
            long end = begin + tensor.bytes().remaining();
            entries.put(named.getKey(), new Header.Entry(tensor.dtype(), tensor.shape(), begin, end));
            begin = end;
        }
        return entries;
    }

    /** What the reader would refuse is not written. */
    private static void requireReadable(Path target, Header header) throws IOException {
        if (header.entries().containsKey(Header.METADATA)) {
            throw new IllegalArgumentException(Header.METADATA + " is not a tensor's name");
        }
        requireFew(target, "keys of metadata", header.metadata().size() + 1);
        requireFew(target, "tensors", header.entries().size());
        header.metadata().forEach((key, value) -> {
            requireWellFormed(key);
            requireWellFormed(value);
        });
        header.entries().keySet().forEach(SafetensorsWriter::requireWellFormed);
        long length = header.entries().values().stream()
                .mapToLong(Header.Entry::end)
                .max()
                .orElse(0);
        if (length > SafetensorsReader.DATA_LIMIT) {
            throw tooLarge(target, "tensor data", length, SafetensorsReader.DATA_LIMIT);
        }
    }

    private static void requireFew(Path target, String what, int count) throws IOException {
        if (count > Header.MAX_NAMES) {
            String reason = "it would have " + count + " " + what + ", and " + Header.MAX_NAMES + " is the most";
            throw new FileSystemException(target.toString(), null, reason);
        }
    }

    private static void requireWellFormed(String text) {
        if (!Shown.isWellFormed(text)) {
            throw new IllegalArgumentException(Shown.quoted(text) + " holds half of a surrogate pair");
        }
    }

    private static IOException tooLarge(Path target, String part, long length, long limit) {
        String reason = "its " + part + " would have " + length + " bytes, and " + limit + " is the most";
        return new FileSystemException(target.toString(), null, reason);
    }

    private static String sha256(Map<String, Tensor> tensors) {
        MessageDigest digest = Sha256.digest();
        tensors.values().forEach(tensor -> digest.update(tensor.bytes()));
        return Sha256.hex(digest);
    }

    private static ByteBuffer prefix(long headerLength) {
        return ByteBuffer.allocate(SafetensorsReader.PREFIX)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(headerLength)
                .flip();
    }
}
