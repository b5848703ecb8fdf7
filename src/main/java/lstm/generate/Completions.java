package lstm.generate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The likeliest ways for a text to go on to the end of its word, or of the next one.
 *
 * <p>A best-first search over beginnings: the likeliest is extended by a token at a time, until as many as were asked for have
 * come to their end, or the search has cost enough.
 */
public final class Completions {

    /**
     * One way to go on.
     *
     * @param tokens what comes
     * @param probability that exactly this comes, and then something that ends the word
     */
    public record Completion(List<Integer> tokens, double probability) {}

    /** A beginning; {@code before} is where the text stands before its last token, null where the beginning is complete. */
    private record Beginning(List<Integer> tokens, double logProbability, TextGenerator.@Nullable Place before) {}

    private static final int LONGEST = 24;
    private static final int BRANCHES = 8;
    /** Tokens read at most: some milliseconds of a small model's time. */
    private static final int BUDGET = 400;
    /** Floats of all the states that are kept, which are large where a model attends to its past. */
    private static final long MOST_KEPT = 20_000_000;

    private final TextGenerator generator;
    private final IntPredicate offered;
    private final IntPredicate inWord;

    /**
     * A search from where a generator stands, and will again after every call.
     *
     * @param offered whether a token may stand in a completion at all
     * @param inWord whether a token is part of a word, rather than its end
     */
    public Completions(TextGenerator generator, IntPredicate offered, IntPredicate inWord) {
        this.generator = generator;
        this.offered = offered;
        this.inWord = inWord;
    }

    /** At most {@code count} completions, the likeliest first. */
    public List<Completion> likeliest(int count) {
        TextGenerator.Place here = generator.place();
        PriorityQueue<Beginning> open =
                new PriorityQueue<>(Comparator.comparingDouble((Beginning b) -> -b.logProbability));
        List<Completion> complete = new ArrayList<>();
        extend(new Beginning(List.of(), 0, here), open);
        long budget = Math.min(BUDGET, MOST_KEPT / here.size());
        for (int read = 0; complete.size() < count && read < budget && !open.isEmpty(); read++) {
            Beginning best = open.remove();
            if (best.before == null) {
                complete.add(new Completion(best.tokens, Math.exp(best.logProbability)));
            } else {
                generator.returnTo(best.before);
                generator.read(best.tokens.get(best.tokens.size() - 1));
                extend(best, open);
            }
        }
        generator.returnTo(here);
        return complete;
    }

    /** Opens what may follow a beginning that the generator has read. */
    private void extend(Beginning beginning, PriorityQueue<Beginning> open) {
        double[] next = generator.logProbabilities();
        boolean hasWord = beginning.tokens.stream().anyMatch(inWord::test);
        if (hasWord) {
            double ends = IntStream.range(0, next.length)
                    .filter(token -> !inWord.test(token))
                    .mapToDouble(token -> Math.exp(next[token]))
                    .sum();
            open.add(new Beginning(beginning.tokens, beginning.logProbability + Math.log(ends), null));
        }
        if (beginning.tokens.size() == LONGEST) {
            return;
        }
        TextGenerator.Place place = generator.place();
        IntStream.range(0, next.length)
                .filter(token -> offered.test(token) && (!hasWord || inWord.test(token)))
                .boxed()
                .sorted(Comparator.comparingDouble(token -> -next[token]))
                .limit(BRANCHES)
                .forEach(token -> {
                    List<Integer> tokens = new ArrayList<>(beginning.tokens);
                    tokens.add(token);
                    open.add(new Beginning(List.copyOf(tokens), beginning.logProbability + next[token], place));
                });
    }
}
