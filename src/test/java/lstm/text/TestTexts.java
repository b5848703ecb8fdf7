package lstm.text;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Texts in memory, as if they came from standard input. */
final class TestTexts {

    private TestTexts() {}

    static Sources sources(String text) {
        return sources(text.getBytes(StandardCharsets.UTF_8));
    }

    static Sources sources(byte[] bytes) {
        return Sources.of(List.of(Sources.STANDARD_INPUT), new ByteArrayInputStream(bytes));
    }

    static int[] list(Tokens tokens) {
        int[] list = new int[(int) tokens.size()];
        for (int i = 0; i < list.length; i++) {
            list[i] = tokens.get(i);
        }
        return list;
    }

    /** The records of a list as a regular expression parts them. */
    static List<String> records(String list, Records kind) {
        String between = kind == Records.LINE ? "\n" : "\n[ \\t\\r]*\n";
        return Arrays.stream(list.split(between))
                .map(record -> record.replaceFirst("\\A(?:[ \\t\\r]*\n)+", "").stripTrailing())
                .filter(record -> !record.isEmpty())
                .toList();
    }
}
