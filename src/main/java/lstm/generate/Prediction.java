package lstm.generate;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How likely a model found the token that was drawn, and what else it thought of; at temperature 1, nothing cut.
 *
 * @param token that was drawn
 * @param logProbability of it, in nats
 * @param others the likeliest of the other tokens, the likeliest first
 */
public record Prediction(int token, double logProbability, List<Other> others) {

    /**
     * A token that was not drawn.
     *
     * @param token another one
     * @param logProbability of it, in nats
     */
    public record Other(int token, double logProbability) {}

    /** Of logits, with so many others. */
    static Prediction of(float[] logits, int token, int others) {
        double logSum = TextGenerator.logSum(logits);
        List<Other> likeliest = others == 0
                ? List.of()
                : IntStream.range(0, logits.length)
                        .filter(other -> other != token)
                        .mapToObj(other -> new Other(other, logits[other] - logSum))
                        .sorted(Comparator.comparingDouble(other -> -other.logProbability))
                        .limit(others)
                        .toList();
        return new Prediction(token, logits[token] - logSum, likeliest);
    }
}
