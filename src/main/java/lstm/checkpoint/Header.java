package lstm.checkpoint;

import com.google.gson.stream.JsonWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The header of a safetensors file: free strings and, for each tensor, where it lies in the tensor data.
 *
 * @param metadata what stands under {@code __metadata__}
 * @param entries the tensors by name
 */
record Header(Map<String, String> metadata, Map<String, Entry> entries) {

    /**
     * The longest header that is written or read, in bytes: a vocabulary of every character that Unicode has assigned
     * takes a third of it. With {@link #MAX_NAMES}, it keeps what a hostile header makes the reader allocate below
     * 64 MiB.
     */
    static final int LIMIT = 4 << 20;

    /** The most tensors, and the most keys of the metadata; a model has dozens. */
    static final int MAX_NAMES = 1 << 14;

    static final String METADATA = "__metadata__";
    static final String DTYPE = "dtype";
    static final String SHAPE = "shape";
    static final String OFFSETS = "data_offsets";

    /** Metadata: the SHA-256 of the tensor data. */
    static final String DATA_SHA256 = "sha256";

    /**
     * Metadata: the SHA-256 of the header as {@link #writeTo} writes it without this key. Without it a flipped bit in a
     * vocabulary would make another vocabulary, and a wrong model without a word.
     */
    static final String HEADER_SHA256 = "header_sha256";

    /**
     * One tensor's place.
     *
     * @param shape the sizes of the dimensions, the outermost first
     * @param begin the first byte, counted from the start of the tensor data
     * @param end one past the last byte
     */
    @SuppressWarnings("ArrayRecordComponent") // entries are never compared
    record Entry(DType dtype, int[] shape, long begin, long end) {}

    /** This header with the checksum of its own content. */
    Header sealed() {
        Map<String, String> sealed = new LinkedHashMap<>(metadata);
        sealed.remove(HEADER_SHA256);
        sealed.put(HEADER_SHA256, sha256());
        return new Header(sealed, entries);
    }

    /** The checksum of the content, in which {@link #HEADER_SHA256} does not count. */
    String sha256() {
        Map<String, String> content = new LinkedHashMap<>(metadata);
        content.remove(HEADER_SHA256);
        MessageDigest digest = Sha256.digest();
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            new Header(content, entries).writeTo(out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return Sha256.hex(digest);
    }

    /** Writes the header as JSON without white space: the metadata, then the tensors, both in the order of the maps. */
    void writeTo(OutputStream out) throws IOException {
        JsonWriter json = new JsonWriter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)));
        json.beginObject().name(METADATA).beginObject();
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            json.name(entry.getKey()).value(entry.getValue());
        }
        json.endObject();
        for (Map.Entry<String, Entry> named : entries.entrySet()) {
            Entry entry = named.getValue();
            json.name(named.getKey()).beginObject();
            json.name(DTYPE).value(entry.dtype().name());
            writeArray(json.name(SHAPE), entry.shape());
            json.name(OFFSETS)
                    .beginArray()
                    .value(entry.begin())
                    .value(entry.end())
                    .endArray();
            json.endObject();
        }
        json.endObject().flush();
    }

    private static void writeArray(JsonWriter json, int[] values) throws IOException {
        json.beginArray();
        for (int value : values) {
            json.value(value);
        }
        json.endArray();
    }
}
