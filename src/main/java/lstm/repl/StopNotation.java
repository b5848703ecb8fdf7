package lstm.repl;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Texts to stop at, as a line: {@code \|} parts several, {@code \n} is a newline, and a doubled backslash one. */
final class StopNotation {

    private StopNotation() {}

    static String of(List<String> stops) {
        return stops.stream()
                .map(stop -> stop.replace("\\", "\\\\").replace("\n", "\\n"))
                .collect(Collectors.joining("\\|"));
    }

    static List<String> stops(String line) {
        List<StringBuilder> stops = new ArrayList<>();
        boolean escaped = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (stops.isEmpty() || (escaped && c == '|')) {
                stops.add(new StringBuilder());
            }
            if (escaped && c != '|') {
                stops.get(stops.size() - 1).append(c == 'n' ? '\n' : c);
            } else if (!escaped && c != '\\') {
                stops.get(stops.size() - 1).append(c);
            }
            escaped = !escaped && c == '\\';
        }
        return stops.stream().map(StringBuilder::toString).toList();
    }
}
