package lstm.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Values that a JSON of ours does not expect, and places to put them. */
final class HostileJson {

    private static final List<String> NUMBERS = List.of(
            "-1",
            "0",
            "1",
            "2",
            "7",
            "-0",
            "1.5",
            "0.5",
            "1e400",
            "-1e400",
            "1e308",
            "1e-400",
            "16384",
            "16385",
            "1000000",
            "2147483647",
            "2147483648",
            "4294967296",
            "4294967297",
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551617",
            "9".repeat(400),
            "1e1000000000",
            "1e-1000000000",
            "NaN",
            "Infinity",
            "-Infinity",
            "0x10",
            "01",
            "+1",
            "1.",
            ".5");

    private static final List<String> OTHERS = List.of(
            "null",
            "true",
            "false",
            "",
            "\"\"",
            "\"1\"",
            "\"lstm\"",
            "\"gru\"",
            "\"line\"",
            "\"bytes\"",
            "\"\\u0000\\u001b[2J\\n\\u202e\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "'1'",
            "[]",
            "{}",
            "[1]",
            "[1,2,3]",
            "[null]",
            "{\"a\":1,\"a\":2}",
            "{\"step\":1,\"step\":2}",
            "/**/1",
            "1,",
            "1}",
            "]",
            "\"\\x\"",
            "\"unfinished");

    private HostileJson() {}

    static String number(Random random) {
        return NUMBERS.get(random.nextInt(NUMBERS.size()));
    }

    static String value(Random random) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> number(random);
            case 3 -> deep(random);
            case 4 -> "\"" + "x".repeat(random.nextInt(5000)) + "\"";
            default -> OTHERS.get(random.nextInt(OTHERS.size()));
        };
    }

    /** Nested, closed or not. */
    static String deep(Random random) {
        int depth = 1 << random.nextInt(16);
        String open = random.nextBoolean() ? "[" : "{\"a\":";
        String close = open.equals("[") ? "]" : "}";
        return open.repeat(depth) + (random.nextBoolean() ? "1" + close.repeat(depth) : "");
    }

    /** Puts a hostile value somewhere into a tree of objects and arrays; returns where. */
    static String spoil(JsonElement tree, Random random) {
        List<Runnable> places = new ArrayList<>();
        List<String> names = new ArrayList<>();
        collect(tree, "", places, names, random);
        if (places.isEmpty()) {
            return "nowhere";
        }
        int chosen = random.nextInt(places.size());
        places.get(chosen).run();
        return names.get(chosen);
    }

    private static void collect(
            JsonElement tree, String path, List<Runnable> places, List<String> names, Random random) {
        if (tree instanceof JsonObject object) {
            for (String key : object.keySet()) {
                collect(object.get(key), path + "." + key, places, names, random);
                names.add(path + "." + key);
                places.add(() -> spoil(object, key, random));
            }
        } else if (tree instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                collect(array.get(i), path + "[" + i + "]", places, names, random);
                names.add(path + "[" + i + "]");
                places.add(() -> array.set(index, TornFile.raw(value(random))));
            }
        }
    }

    private static void spoil(JsonObject object, String key, Random random) {
        switch (random.nextInt(6)) {
            case 0 -> object.remove(key);
            case 1 -> object.add(key, TornFile.raw(object.get(key) + ",\"" + key + "\":" + number(random)));
            case 2 -> object.add("x" + key, TornFile.raw(value(random)));
            default -> object.add(key, TornFile.raw(value(random)));
        }
    }
}
