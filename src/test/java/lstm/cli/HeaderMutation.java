package lstm.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import lstm.cli.TornFile.Seal;

/** Lies that keep to the format, told by whoever knows it: about tensors, the model, its vocabulary and its training. */
final class HeaderMutation {

    private static final List<String> DTYPES = List.of(
            "F64", "F32", "F16", "BF16", "I64", "I32", "I16", "I8", "U8", "BOOL", "F8_E4M3", "f32", "", "\u001b");

    private static final float[] FLOATS = {
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.MIN_VALUE,
        1e20f,
        -1,
        -0f
    };

    private static final double[] DOUBLES = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        -1,
        -0.0,
        0,
        0.5,
        1e300,
        1e18,
        9007199254740993.0,
        -1e300,
        Double.MIN_VALUE
    };

    private static final long[] LONGS = {-1, 0, 1, 3, 1L << 31, 1L << 53, Long.MAX_VALUE, Long.MIN_VALUE};

    private final TornFile file;
    private final Random random;
    private final StringBuilder how = new StringBuilder();
    private String before = "";
    private String behind = "";

    HeaderMutation(byte[] original, Random random) {
        this.random = random;
        file = new TornFile(original);
    }

    Mutation mutated() {
        // Most with right checksums, for wrong ones end all further questions.
        Seal seal = List.of(Seal.OLD, Seal.NONE, Seal.NEW, Seal.NEW, Seal.NEW, Seal.NEW)
                .get(random.nextInt(6));
        how.append(seal).append(':');
        int rounds = 1 + (random.nextInt(5) == 0 ? random.nextInt(3) : 0);
        for (int i = 0; i < rounds; i++) {
            mutate(random.nextInt(18));
        }
        return new Mutation(file.file(seal, before, behind), how.toString(), seal == Seal.OLD);
    }

    private void mutate(int kind) {
        if (file.names().isEmpty() || !(file.header.get(TornFile.METADATA) instanceof JsonObject)) {
            return;
        }
        String name = any(file.names());
        how.append(' ').append(kind).append(' ');
        try {
            switch (kind) {
                case 0 -> tell(name, HostileJson.spoil(file.entry(name), random));
                case 1 -> file.entry(name).add("shape", shape());
                case 2 -> file.offsets(name, anyOffset(), anyOffset());
                case 3 -> file.entry(name).addProperty("dtype", any(DTYPES));
                case 4 -> rename(name);
                case 5 -> exchange(name, any(file.names()));
                case 6 -> string(any(List.copyOf(file.metadata().keySet())));
                case 7 -> inside("config");
                case 8, 9 -> inside("training");
                case 10 -> vocabulary();
                case 11, 12 -> numbers(name);
                case 13 ->
                    numbers(any(file.names().stream()
                            .filter(n -> !n.contains("_l") && n.startsWith("training."))
                            .toList()));
                case 14 -> retype(name);
                case 15 -> resize(name);
                case 16 -> around();
                default -> file.header.add(random.nextBoolean() ? name : "x", TornFile.raw(HostileJson.value(random)));
            }
        } catch (RuntimeException e) {
            how.append("(on what was spoilt before)");
        }
    }

    private void tell(String name, String what) {
        how.append(name).append(what).append(' ');
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private JsonElement shape() {
        JsonArray shape = new JsonArray();
        int dimensions = random.nextInt(random.nextInt(10) == 0 ? 12 : 4);
        for (int i = 0; i < dimensions; i++) {
            shape.add(TornFile.raw(HostileJson.number(random)));
        }
        return shape;
    }

    private Number anyOffset() {
        return switch (random.nextInt(4)) {
            case 0 -> file.offset(any(file.names()), random.nextInt(2));
            case 1 -> file.data.length + random.nextInt(9) - 4;
            case 2 -> random.nextLong() >> random.nextInt(64);
            default -> (long) random.nextInt(file.data.length + 1);
        };
    }

    private void rename(String name) {
        tell(name, " renamed");
        JsonElement entry = file.header.remove(name);
        String other =
                any(List.of(name + "x", "training." + name, name.replace("training.", ""), "", "\u001b", "\ud800"));
        switch (random.nextInt(3)) {
            case 0 -> file.header.add(other, entry);
            case 1 -> file.header.add(name, TornFile.raw(entry + ",\"" + name + "\":" + entry));
            default -> how.append("away");
        }
    }

    /** Two tensors take each other's places: of one shape, that is another model, but one that the checksums vouch for. */
    private void exchange(String one, String other) {
        tell(one, " for " + other);
        JsonElement first = file.entry(one);
        file.header.add(one, file.entry(other));
        file.header.add(other, first);
    }

    private void string(String key) {
        tell(key, "");
        switch (random.nextInt(5)) {
            case 0 -> file.metadata().remove(key);
            case 1 -> file.metadata().add(key, TornFile.raw(HostileJson.value(random)));
            case 2 -> file.metadata().addProperty(key, HostileJson.value(random));
            case 3 -> file.metadata().add(key, TornFile.raw("\"\",\"" + key + "\":\"\""));
            default -> {
                String text = file.metadata().get(key).getAsString();
                file.metadata().addProperty(key, text.substring(0, random.nextInt(text.length() + 1)));
            }
        }
    }

    private void inside(String key) {
        JsonElement json = file.json(key);
        tell(key, HostileJson.spoil(json, random));
        file.metadata().addProperty(key, TornFile.text(json));
    }

    private void vocabulary() {
        JsonArray symbols = file.json("vocabulary").getAsJsonArray();
        int at = random.nextInt(symbols.size());
        int kind = random.nextInt(9);
        tell("vocabulary", " " + kind);
        switch (kind) {
            case 0 -> symbols.set(at, symbols.get(random.nextInt(symbols.size())));
            case 1 -> symbols.set(at, TornFile.raw("\"\\ud83d\""));
            case 2 -> symbols.set(at, new JsonPrimitive("ab"));
            case 3 -> symbols.set(at, new JsonPrimitive(""));
            case 4 -> symbols.set(at, TornFile.raw(HostileJson.value(random)));
            case 5 -> symbols.remove(at);
            case 6 -> symbols.add("\u4e00");
            case 7 -> symbols.set(at, new JsonPrimitive("\u0394"));
            default -> {
                for (int i = random.nextInt(3000); i > 0; i--) {
                    symbols.add(Character.toString(0x3400 + i));
                }
            }
        }
        file.metadata().addProperty("vocabulary", TornFile.text(symbols));
    }

    private void numbers(String name) {
        tell(name, " " + file.dtype(name));
        ByteBuffer bytes = file.bytes(name);
        int count = random.nextInt(10) == 0 ? 1000 : 1;
        for (int i = 0; i < count; i++) {
            switch (file.dtype(name)) {
                case "F32" ->
                    bytes.putFloat(4 * random.nextInt(bytes.limit() / 4), FLOATS[random.nextInt(FLOATS.length)]);
                case "F64" ->
                    bytes.putDouble(8 * random.nextInt(bytes.limit() / 8), DOUBLES[random.nextInt(DOUBLES.length)]);
                case "I64" -> bytes.putLong(8 * random.nextInt(bytes.limit() / 8), LONGS[random.nextInt(LONGS.length)]);
                default -> bytes.put(random.nextInt(bytes.limit()), (byte) random.nextInt());
            }
        }
    }

    /** The same numbers in another type, which may be a valid file. */
    private void retype(String name) {
        String type = any(List.of("F64", "BF16", "I64"));
        tell(name, " as " + type);
        ByteBuffer from = file.bytes(name);
        int count = from.limit() / ("F32".equals(file.dtype(name)) ? 4 : 8);
        ByteBuffer into =
                ByteBuffer.allocate(count * ("BF16".equals(type) ? 2 : 8)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            double value = "F32".equals(file.dtype(name)) ? from.getFloat(4 * i) : from.getLong(8 * i);
            switch (type) {
                case "F64" -> into.putDouble(value);
                case "I64" -> into.putLong((long) value);
                default -> into.putShort((short) (Float.floatToIntBits((float) value) >> 16));
            }
        }
        file.entry(name).addProperty("dtype", type);
        file.replace(name, into.array());
    }

    /** A tensor of another shape, with as many bytes as it asks for. */
    private void resize(String name) {
        JsonArray shape = file.entry(name).getAsJsonArray("shape");
        int at = random.nextInt(shape.size());
        int size = Math.max(0, shape.get(at).getAsInt() + random.nextInt(5) - 2);
        tell(name, "[" + at + "] of " + size);
        shape.set(at, new JsonPrimitive(size));
        int elements = 1;
        for (JsonElement dimension : shape) {
            elements *= dimension.getAsInt();
        }
        byte[] bytes = new byte[elements * ("F32".equals(file.dtype(name)) ? 4 : 8)];
        file.replace(name, bytes);
    }

    private void around() {
        before = any(List.of("", " ", "\ufeff", "[", "/**/", "{}", "\0"));
        behind = any(List.of("", "        ", "\0\0\0\0", "{}", "]", "//", "\ufeff"));
        tell(before, behind);
    }
}
