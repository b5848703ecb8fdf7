package lstm.checkpoint;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON header of a safetensors file in one pass and without recursion. It refuses whatever the format does
 * not know: other fields, repeated names, other types of values, numbers that are not plain decimal digits.
 */
final class HeaderReader {

    /** More dimensions than any tensor of a model has; without a bound, two bytes of JSON would cost four on the heap. */
    private static final int MAX_DIMENSIONS = 8;

    /** More digits might overflow a long. */
    private static final int MAX_DIGITS = 18;

    private final JsonReader json;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, Header.Entry> entries = new LinkedHashMap<>();
    private boolean metadataSeen;

    private HeaderReader(byte[] utf8) {
        // A decoder reports malformed bytes, where a charset would replace them.
        json = new JsonReader(
                new InputStreamReader(new ByteArrayInputStream(utf8), StandardCharsets.UTF_8.newDecoder()));
        json.setStrictness(Strictness.STRICT);
    }

    /** The header that the bytes hold, one at least; each entry's length agrees with its type and shape. */
    static Header read(byte[] utf8) throws FormatException {
        if (utf8[0] != '{') {
            throw new FormatException("its header does not begin with '{'");
        }
        HeaderReader reader = new HeaderReader(utf8);
        try {
            reader.readHeader();
        } catch (CharacterCodingException e) {
            throw new FormatException("its header is not UTF-8");
        } catch (IOException e) {
            // Gson's message has several lines and speaks to programmers.
            throw new FormatException("its header is not JSON, at " + Shown.quoted(reader.json.getPath()));
        }
        return new Header(reader.metadata, reader.entries);
    }

    private void readHeader() throws IOException, FormatException {
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (name.equals(Header.METADATA)) {
                requireFirst(!metadataSeen, name, "the header");
                metadataSeen = true;
                readMetadata();
            } else {
                requireFirst(!entries.containsKey(name), name, "the header");
                requireFew(entries.size(), "tensors");
                entries.put(name, entry("tensor " + Shown.quoted(name)));
            }
        }
        json.endObject();
        if (json.peek() != JsonToken.END_DOCUMENT) {
            throw new FormatException("its header goes on after its end");
        }
    }

    private void readMetadata() throws IOException, FormatException {
        require(JsonToken.BEGIN_OBJECT, Header.METADATA);
        json.beginObject();
        while (json.hasNext()) {
            String key = json.nextName();
            requireFirst(!metadata.containsKey(key), key, Header.METADATA);
            requireFew(metadata.size(), "keys in " + Header.METADATA);
            metadata.put(key, string("metadata " + Shown.quoted(key)));
        }
        json.endObject();
    }

    private Header.Entry entry(String tensor) throws IOException, FormatException {
        String dtype = null;
        int[] shape = null;
        long[] offsets = null;
        require(JsonToken.BEGIN_OBJECT, tensor);
        json.beginObject();
        while (json.hasNext()) {
            String field = json.nextName();
            switch (field) {
                case Header.DTYPE -> {
                    requireFirst(dtype == null, field, tensor);
                    dtype = string(field + " of " + tensor);
                }
                case Header.SHAPE -> {
                    requireFirst(shape == null, field, tensor);
                    shape = shape(field + " of " + tensor);
                }
                case Header.OFFSETS -> {
                    requireFirst(offsets == null, field, tensor);
                    offsets = naturals(field + " of " + tensor, 2);
                }
                default -> throw new FormatException(tensor + " has an unknown field " + Shown.quoted(field));
            }
        }
        json.endObject();
        return entry(tensor, dtype, shape, offsets);
    }

    private static Header.Entry entry(
            String tensor, @Nullable String dtypeName, int @Nullable [] shape, long @Nullable [] offsets)
            throws FormatException {
        if (dtypeName == null || shape == null || offsets == null) {
            throw new FormatException(tensor + " lacks its dtype, its shape or its data_offsets");
        }
        DType dtype = DType.named(dtypeName);
        if (dtype == null) {
            throw new FormatException(tensor + " has the type " + Shown.quoted(dtypeName) + ", expected one of "
                    + Arrays.toString(DType.values()));
        }
        if (offsets.length != 2 || offsets[0] > offsets[1]) {
            throw new FormatException(
                    tensor + " has the data_offsets " + Arrays.toString(offsets) + ", expected two that ascend");
        }
        long bytes = bytes(tensor, dtype, shape);
        if (offsets[1] - offsets[0] != bytes) {
            throw new FormatException(tensor + " is " + dtype + Arrays.toString(shape) + ", which takes " + bytes
                    + " bytes, but its data_offsets " + Arrays.toString(offsets) + " hold "
                    + (offsets[1] - offsets[0]));
        }
        return new Header.Entry(dtype, shape, offsets[0], offsets[1]);
    }

    private static long bytes(String tensor, DType dtype, int[] shape) throws FormatException {
        try {
            return Math.multiplyExact(Tensor.elements(shape), dtype.bytes());
        } catch (ArithmeticException e) {
            throw new FormatException(tensor + " has a shape too large for any file, " + Arrays.toString(shape));
        }
    }

    private int[] shape(String what) throws IOException, FormatException {
        long[] sizes = naturals(what, MAX_DIMENSIONS);
        int[] shape = new int[sizes.length];
        for (int i = 0; i < shape.length; i++) {
            if (sizes[i] > Integer.MAX_VALUE) {
                throw new FormatException("the " + what + " is too large: " + sizes[i]);
            }
            shape[i] = (int) sizes[i];
        }
        return shape;
    }

    private long[] naturals(String what, int limit) throws IOException, FormatException {
        long[] values = new long[limit];
        int count = 0;
        require(JsonToken.BEGIN_ARRAY, what);
        json.beginArray();
        while (json.hasNext()) {
            if (count == limit) {
                throw new FormatException("the " + what + " has more than " + limit + " numbers");
            }
            require(JsonToken.NUMBER, what);
            String text = json.nextString();
            if (!isNatural(text)) {
                throw new FormatException("the " + what + " has " + Shown.quoted(text)
                        + ", expected a whole number from 0 on, in plain digits");
            }
            values[count++] = Long.parseLong(text);
        }
        json.endArray();
        return Arrays.copyOf(values, count);
    }

    /** JSON has seen to it that no needless zero leads. */
    private static boolean isNatural(String number) {
        return number.length() <= MAX_DIGITS && number.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private String string(String what) throws IOException, FormatException {
        require(JsonToken.STRING, what);
        return json.nextString();
    }

    private void require(JsonToken expected, String what) throws IOException, FormatException {
        JsonToken found = json.peek();
        if (found != expected) {
            throw new FormatException(what + " is of the wrong kind: expected JSON's " + expected + ", found " + found);
        }
    }

    private static void requireFew(int count, String what) throws FormatException {
        if (count == Header.MAX_NAMES) {
            throw new FormatException("it has more than " + Header.MAX_NAMES + " " + what);
        }
    }

    private static void requireFirst(boolean first, String name, String where) throws FormatException {
        if (!first) {
            throw new FormatException(Shown.quoted(name) + " stands twice in " + where);
        }
    }
}
