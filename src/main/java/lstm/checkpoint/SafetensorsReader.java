package lstm.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a file in the safetensors format and believes nothing in it. Nothing is allocated for a length before the file
 * has been seen to be that long, and a file is read rather than mapped, for one that is cut while it is mapped would
 * take the virtual machine down.
 */
final class SafetensorsReader {

    /** The length of the header's length. */
    static final int PREFIX = Long.BYTES;

    /** The tensor data lie in one array. */
    static final int DATA_LIMIT = Integer.MAX_VALUE - 8;

    /** What a zip file begins with, as torch.save writes it. */
    private static final int ZIP = 0x04034b50;

    /** What a pickle of Python's begins with, as torch.save wrote it before. */
    private static final short PICKLE = 0x0280;

    private SafetensorsReader() {}

    static SafetensorsFile read(Path file) throws IOException, FormatException {
        requireRegular(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Header header = header(channel);
            byte[] data = allocate(channel.size() - channel.position());
            Chunks.read(channel, data);
            requireDataChecksum(header, data);
            return new SafetensorsFile(file, header.metadata(), tensors(header.entries(), data));
        }
    }

    /** The header alone, which is held against its checksum and the file's size. */
    static Header readHeader(Path file) throws IOException, FormatException {
        requireRegular(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return header(channel);
        }
    }

    /** Reads up to the tensor data. */
    private static Header header(FileChannel channel) throws IOException, FormatException {
        long size = channel.size();
        byte[] json = new byte[headerLength(channel, size)];
        Chunks.read(channel, json);
        Header header = HeaderReader.read(json);
        requireHeaderChecksum(header);
        requireCovered(header.entries(), size - PREFIX - json.length);
        return header;
    }

    /** A device or a pipe has no size to hold the header against, and opening a pipe waits for its writer. */
    private static void requireRegular(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            String found = attributes.isDirectory() ? "is a directory" : "is not a regular file";
            throw new FileSystemException(file.toString(), null, "it " + found);
        }
    }

    private static int headerLength(FileChannel channel, long size) throws IOException, FormatException {
        if (size < PREFIX) {
            throw new FormatException("it has " + size + " bytes, expected at least " + PREFIX);
        }
        byte[] prefix = new byte[PREFIX];
        Chunks.read(channel, prefix);
        long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if ((int) length == ZIP || ((short) length == PICKLE && length > Header.LIMIT)) {
            throw new FormatException("it is what torch.save writes, which may run code when it is read;"
                    + " write the model's state with safetensors.torch.save_file");
        }
        if (length < 2 || length > Header.LIMIT) {
            throw new FormatException("its first 8 bytes give a header of " + Long.toUnsignedString(length)
                    + " bytes, expected 2 to " + Header.LIMIT);
        }
        if (length > size - PREFIX) {
            throw new FormatException(
                    "its header should have " + length + " bytes, but only " + (size - PREFIX) + " follow");
        }
        return (int) length;
    }

    /** The format wants every byte of the tensor data in exactly one tensor: nothing can hide between or after them. */
    private static void requireCovered(Map<String, Header.Entry> entries, long dataLength) throws FormatException {
        List<Map.Entry<String, Header.Entry>> ordered = entries.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Header.Entry> e) ->
                                e.getValue().begin())
                        .thenComparingLong(e -> e.getValue().end()))
                .toList();
        long covered = 0;
        for (Map.Entry<String, Header.Entry> named : ordered) {
            String tensor = "tensor " + Shown.quoted(named.getKey());
            Header.Entry entry = named.getValue();
            if (entry.end() > dataLength) {
                throw new FormatException(tensor + " ends at byte " + entry.end()
                        + " of the tensor data, of which there are only " + dataLength);
            }
            if (entry.begin() != covered) {
                throw new FormatException(tensor + " begins at byte " + entry.begin() + " of the tensor data, expected "
                        + covered + ": it " + (entry.begin() < covered ? "overlaps another" : "leaves a hole"));
            }
            covered = entry.end();
        }
        if (covered != dataLength) {
            throw new FormatException((dataLength - covered) + " bytes follow after the last tensor");
        }
    }

    private static byte[] allocate(long length) throws IOException {
        if (length > DATA_LIMIT) {
            throw new IOException("it has " + length + " bytes of tensors, expected at most " + DATA_LIMIT);
        }
        try {
            return new byte[(int) length];
        } catch (OutOfMemoryError e) {
            // The file is as large as it says; it is the heap that is too small, and nothing of it has been taken.
            throw new IOException("its " + length + " bytes of tensors do not fit into Java's heap (raise -Xmx)");
        }
    }

    /** Files of other writers carry no checksums; ours carry both, and a damaged name would leave one unseen. */
    private static void requireHeaderChecksum(Header header) throws FormatException {
        String expected = header.metadata().get(Header.HEADER_SHA256);
        if ((expected == null) == header.metadata().containsKey(Header.DATA_SHA256)) {
            String missing = expected == null ? Header.HEADER_SHA256 : Header.DATA_SHA256;
            throw new FormatException("of its two checksums, " + missing + " is missing");
        }
        if (expected != null) {
            requireChecksum(Header.HEADER_SHA256, expected, header.sha256());
        }
    }

    private static void requireDataChecksum(Header header, byte[] data) throws FormatException {
        String expected = header.metadata().get(Header.DATA_SHA256);
        if (expected != null) {
            MessageDigest digest = Sha256.digest();
            digest.update(data);
            requireChecksum(Header.DATA_SHA256, expected, Sha256.hex(digest));
        }
    }

    private static void requireChecksum(String key, String expected, String found) throws FormatException {
        if (!expected.equals(found)) {
            throw new FormatException(
                    "its " + key + " should be " + Shown.quoted(expected) + " but is " + Shown.quoted(found));
        }
    }

    private static Map<String, Tensor> tensors(Map<String, Header.Entry> entries, byte[] data) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        ByteBuffer all = ByteBuffer.wrap(data);
        entries.forEach((name, entry) -> {
            int length = (int) (entry.end() - entry.begin());
            tensors.put(name, Tensor.view(entry.dtype(), entry.shape(), all.slice((int) entry.begin(), length)));
        });
        return tensors;
    }
}
