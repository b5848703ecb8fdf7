package lstm.ngram;

import lstm.text.Tokens;

/**
 * An n-gram model with Witten-Bell smoothing, interpolated (Witten and Bell, 1991; in the form of Chen and Goodman, 1998,
 * section 2.4).
 *
 * <p>Behind a context h that was seen c(h) times with T(h) different followers, a symbol w has the probability
 *
 * <pre>
 * p(w | h) = (c(hw) + T(h) p(w | h')) / (c(h) + T(h))
 * </pre>
 *
 * where h' is h without its first symbol; behind a context that was never seen p(w | h) is p(w | h'); and before the empty
 * context stands the uniform distribution over all symbols. So no symbol is impossible.
 */
public final class WittenBell {

    /** Beyond it contexts of a text are hardly ever seen twice. */
    public static final int HIGHEST_ORDER = 20;

    private final SortedPlaces places;
    private final int symbols;
    private final int order;

    /**
     * Counts a text.
     *
     * @param symbols V; every token is below it
     * @param order the longest n-grams
     * @throws IllegalArgumentException where the order is out of range, or there are no symbols
     */
    public WittenBell(Tokens text, int symbols, int order) {
        if (order < 1 || order > HIGHEST_ORDER) {
            throw new IllegalArgumentException("expected an order from 1 to " + HIGHEST_ORDER + ", found " + order);
        }
        if (symbols < 1) {
            throw new IllegalArgumentException("expected one symbol or more, found " + symbols);
        }
        this.symbols = symbols;
        this.order = order;
        places = new SortedPlaces(text, symbols, order);
    }

    /** The longest n-grams. */
    public int order() {
        return order;
    }

    /** How many different contexts n-grams of an order have in the text. */
    public int contexts(int ofOrder) {
        return places.contexts(ofOrder - 1);
    }

    /** A reader at the beginning of a text, which has not read anything. */
    public Reader reader() {
        return new Reader();
    }

    /**
     * Mean cross-entropy of a text, in nats, by order, the first one's at index 0. Every token but the first is predicted,
     * from what the text has before it.
     *
     * @throws IllegalArgumentException where there is nothing to predict
     */
    public double[] losses(Tokens text) {
        if (text.size() < 2) {
            throw new IllegalArgumentException("expected two tokens or more, found " + text.size());
        }
        Reader reader = reader();
        double[] sums = new double[order];
        reader.read(text.get(0));
        for (long i = 1; i < text.size(); i++) {
            double[] probabilities = reader.read(text.get(i));
            for (int n = 0; n < order; n++) {
                sums[n] -= Math.log(probabilities[n]);
            }
        }
        for (int n = 0; n < order; n++) {
            sums[n] /= text.size() - 1;
        }
        return sums;
    }

    /** Reads a text symbol by symbol, foreseeing each from those before it. */
    public final class Reader {

        /** Where in the sorted places the last k symbols stand, for every k below the order; nowhere where from is to. */
        private final int[] from = new int[order];

        private final int[] to = new int[order];
        private final double[] probabilities = new double[order];

        private Reader() {
            to[0] = places.size();
        }

        /**
         * The probabilities that a symbol had by order, the first one's at index 0, before it is read now. The array is the
         * same in every call.
         */
        public double[] read(int symbol) {
            double shorter = 1.0 / symbols;
            int longerFrom = 0;
            int longerTo = places.size();
            for (int k = 0; k < order; k++) {
                int begin = places.lowerBound(from[k], to[k], k, symbol);
                // Upwards from there, since symbols are whole numbers.
                int end = from[k] < to[k] ? places.lowerBound(begin, to[k], k, symbol + 1) : begin;
                shorter = probability(k, from[k] < to[k] ? end - begin : 0, shorter);
                probabilities[k] = shorter;
                from[k] = longerFrom;
                to[k] = longerTo;
                longerFrom = begin;
                longerTo = end;
            }
            return probabilities;
        }

        private double probability(int k, int count, double shorter) {
            int seen = places.followed(from[k], to[k], k);
            int followers = places.followers(from[k], to[k], k);
            return seen == 0 ? shorter : (count + followers * shorter) / (seen + (double) followers);
        }
    }
}
