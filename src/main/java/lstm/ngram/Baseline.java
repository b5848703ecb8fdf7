package lstm.ngram;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import lstm.text.Bits;
import lstm.text.Tokens;

/**
 * How well n-grams of several orders foresee a text.
 *
 * @param trainingCharacters how many were counted
 * @param heldOutCharacters of which all but the first were predicted
 * @param symbols how many are different, V
 * @param orders the results, one or more, by rising order
 */
public record Baseline(long trainingCharacters, long heldOutCharacters, int symbols, List<OfOrder> orders) {

    /**
     * One order's result.
     *
     * @param order the length of the n-grams
     * @param nats mean cross-entropy, in nats per character
     * @param contexts how many different ones the training text has
     */
    public record OfOrder(int order, double nats, long contexts) {

        /** In bits per character. */
        public double bits() {
            return Bits.ofNats(nats);
        }
    }

    /**
     * Copies the results.
     *
     * @throws IllegalArgumentException where there is none
     */
    public Baseline {
        if (orders.isEmpty()) {
            throw new IllegalArgumentException("expected the result of one order or more");
        }
        orders = List.copyOf(orders);
    }

    /**
     * Counts one text and foresees another.
     *
     * @throws IllegalArgumentException where the orders are out of range, or there is nothing to predict
     */
    public static Baseline measure(Tokens training, Tokens heldOut, int symbols, int lowest, int highest) {
        if (lowest < 1 || lowest > highest) {
            throw new IllegalArgumentException(
                    "expected orders from 1 on that rise, found " + lowest + " to " + highest);
        }
        WittenBell model = new WittenBell(training, symbols, highest);
        double[] losses = model.losses(heldOut);
        List<OfOrder> orders = IntStream.rangeClosed(lowest, highest)
                .mapToObj(order -> new OfOrder(order, losses[order - 1], model.contexts(order)))
                .toList();
        return new Baseline(training.size(), heldOut.size(), symbols, orders);
    }

    /** The result to beat: the lowest loss. */
    public OfOrder best() {
        return orders.stream().min(Comparator.comparingDouble(OfOrder::nats)).orElseThrow();
    }
}
