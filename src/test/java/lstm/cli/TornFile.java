package lstm.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** A safetensors file taken apart, to be put together with lies in it. */
final class TornFile {

    /** What becomes of the checksums in the header. */
    enum Seal {
        /** They stay, and tell of every change. */
        OLD,
        /** There are none, as in the files of others. */
        NONE,
        /** They are right for what the file holds now. */
        NEW
    }

    static final String METADATA = "__metadata__";
    private static final String HEADER_SHA256 = "header_sha256";
    private static final String DATA_SHA256 = "sha256";
    /** Stand around text that goes into JSON as it is. */
    private static final String RAW = "@@";

    final JsonObject header;
    byte[] data;

    TornFile(byte[] file) {
        int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        header = JsonParser.parseString(new String(file, Long.BYTES, length, StandardCharsets.UTF_8))
                .getAsJsonObject();
        data = Arrays.copyOfRange(file, Long.BYTES + length, file.length);
    }

    /** What stands in the JSON as it is, be it JSON or not. */
    static JsonPrimitive raw(String json) {
        return new JsonPrimitive(RAW + json + RAW);
    }

    /** The JSON of an element with all that is raw in it. */
    static String text(JsonElement element) {
        String json = element.toString();
        StringBuilder text = new StringBuilder();
        int at = 0;
        for (int from = json.indexOf('"' + RAW); from >= 0; from = json.indexOf('"' + RAW, at)) {
            int to = json.indexOf(RAW + '"', from + 1 + RAW.length());
            String literal = json.substring(from + 1 + RAW.length(), to);
            text.append(json, at, from)
                    .append(JsonParser.parseString('"' + literal + '"').getAsString());
            at = to + RAW.length() + 1;
        }
        return text.append(json, at, json.length()).toString();
    }

    JsonObject metadata() {
        return header.getAsJsonObject(METADATA);
    }

    /** A string of the metadata, as the JSON that it is. */
    JsonElement json(String key) {
        return JsonParser.parseString(metadata().get(key).getAsString());
    }

    /** The names of the tensors. */
    List<String> names() {
        List<String> names = new ArrayList<>(header.keySet());
        names.remove(METADATA);
        return names;
    }

    JsonObject entry(String name) {
        return Objects.requireNonNull(header.getAsJsonObject(name));
    }

    String dtype(String name) {
        return entry(name).get("dtype").getAsString();
    }

    long offset(String name, int which) {
        return entry(name).getAsJsonArray("data_offsets").get(which).getAsLong();
    }

    /** The bytes of a tensor, to be changed. */
    ByteBuffer bytes(String name) {
        int from = (int) offset(name, 0);
        return ByteBuffer.wrap(data, from, (int) offset(name, 1) - from).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Puts other bytes in the place of a tensor's; the tensors behind them move. */
    void replace(String name, byte[] bytes) {
        long from = offset(name, 0);
        long to = offset(name, 1);
        long more = bytes.length - (to - from);
        data = ByteBuffer.allocate((int) (data.length + more))
                .put(data, 0, (int) from)
                .put(bytes)
                .put(data, (int) to, (int) (data.length - to))
                .array();
        for (String other : names()) {
            long begin = offset(other, 0);
            long end = offset(other, 1);
            boolean behind = begin >= to && !other.equals(name);
            offsets(other, behind ? begin + more : begin, behind || other.equals(name) ? end + more : end);
        }
    }

    void offsets(String name, Number begin, Number end) {
        JsonArray offsets = new JsonArray();
        offsets.add(begin);
        offsets.add(end);
        entry(name).add("data_offsets", offsets);
    }

    byte[] file(Seal seal) {
        return file(seal, "", "");
    }

    /** The file, with something before and behind the JSON of its header. */
    byte[] file(Seal seal, String before, String behind) {
        if (seal != Seal.OLD && header.get(METADATA) instanceof JsonObject strings) {
            strings.remove(HEADER_SHA256);
            strings.remove(DATA_SHA256);
            if (seal == Seal.NEW) {
                strings.addProperty(DATA_SHA256, sha256(data));
                strings.addProperty(HEADER_SHA256, sha256(text(header).getBytes(StandardCharsets.UTF_8)));
            }
        }
        byte[] json = (before + text(header) + behind).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + json.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data)
                .array();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
