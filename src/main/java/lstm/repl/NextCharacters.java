package lstm.repl;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lstm.text.Symbols;
import lstm.text.Vocabulary;

/** The probabilities of what comes next, drawn as bars. */
final class NextCharacters {

    /** Columns of a bar of 100%. */
    private static final int WIDTH = 40;

    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private NextCharacters() {}

    /**
     * One line for each of the likeliest.
     *
     * @param logProbabilities by token
     */
    static String bars(Vocabulary vocabulary, double[] logProbabilities, int count) {
        List<Integer> likeliest = IntStream.range(0, logProbabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble(token -> -logProbabilities[token]))
                .limit(Math.max(0, count))
                .toList();
        List<String> names = likeliest.stream()
                .map(token -> Symbols.describe(vocabulary.unit(), vocabulary.codePoint(token)))
                .toList();
        int longest = names.stream().mapToInt(String::length).max().orElse(0);
        return IntStream.range(0, names.size())
                .mapToObj(i -> {
                    double probability = Math.exp(logProbabilities[likeliest.get(i)]);
                    String name =
                            names.get(i) + " ".repeat(longest - names.get(i).length());
                    return String.format(Locale.ROOT, "  %s %5.1f%%  %s", name, 100 * probability, bar(probability))
                            .stripTrailing();
                })
                .collect(Collectors.joining("\n"));
    }

    private static String bar(double probability) {
        int eighths = (int) Math.round(8 * WIDTH * probability);
        return "█".repeat(eighths / 8) + EIGHTHS.charAt(eighths % 8);
    }
}
