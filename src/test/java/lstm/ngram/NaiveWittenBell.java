package lstm.ngram;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The formula of Witten and Bell, in the words of its definition: counts of strings in maps. */
final class NaiveWittenBell {

    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Integer> followed = new HashMap<>();
    private final Map<String, Set<Character>> followers = new HashMap<>();
    private final int symbols;

    NaiveWittenBell(String text, int symbols, int order) {
        this.symbols = symbols;
        for (int end = 1; end <= text.length(); end++) {
            for (int n = 1; n <= order && n <= end; n++) {
                String context = text.substring(end - n, end - 1);
                char symbol = text.charAt(end - 1);
                counts.merge(context + symbol, 1, Integer::sum);
                followed.merge(context, 1, Integer::sum);
                followers.computeIfAbsent(context, unused -> new HashSet<>()).add(symbol);
            }
        }
    }

    double probability(String context, char symbol) {
        double shorter = context.isEmpty() ? 1.0 / symbols : probability(context.substring(1), symbol);
        int seen = followed.getOrDefault(context, 0);
        if (seen == 0) {
            return shorter;
        }
        int different = followers.getOrDefault(context, Set.of()).size();
        return (counts.getOrDefault(context + symbol, 0) + different * shorter) / (seen + different);
    }

    double loss(String text, int order) {
        double sum = 0;
        for (int i = 1; i < text.length(); i++) {
            sum -= Math.log(probability(text.substring(Math.max(0, i - order + 1), i), text.charAt(i)));
        }
        return sum / (text.length() - 1);
    }

    long contexts(int order) {
        return followed.keySet().stream()
                .filter(context -> context.length() == order - 1)
                .count();
    }
}
