package lstm.ngram;

import lstm.text.Tokens;

/**
 * The places of a text in the order of the symbols that stand there, as far as n-grams reach: a suffix array of limited
 * depth (Manber and Myers, 1993), made by a radix sort from the last symbol to the first.
 *
 * <p>Where an n-gram stands is a range of that order, its count the range's length. What follows a context changes within the
 * context's range as often as there are different followers. A place whose suffix ends has no symbol there, -1, and comes
 * first.
 */
final class SortedPlaces {

    private static final int END = -1;
    /** As many as an array can have on all JVMs. */
    private static final int MOST = Integer.MAX_VALUE - 8;

    private final int[] text;
    private final int depth;
    private final int[] places;
    /** In the k-th, bit i is set where place i differs from the one before within k + 1 symbols. */
    private final RankedBits[] changes;
    /** Where the places of each symbol begin; one more for the end of the last. */
    private final int[] begins;

    /** Sorts the places of a text of so many different symbols by their next {@code depth} ones. */
    SortedPlaces(Tokens tokens, int symbols, int depth) {
        text = array(tokens);
        this.depth = depth;
        places = sorted(symbols);
        changes = changes();
        begins = new int[symbols + 1];
        for (int symbol : text) {
            begins[symbol + 1]++;
        }
        for (int symbol = 0; symbol < symbols; symbol++) {
            begins[symbol + 1] += begins[symbol];
        }
    }

    private static int[] array(Tokens tokens) {
        if (tokens.size() > MOST) {
            throw new IllegalArgumentException("expected at most " + MOST + " tokens, found " + tokens.size());
        }
        int[] text = new int[(int) tokens.size()];
        for (int i = 0; i < text.length; i++) {
            text[i] = tokens.get(i);
        }
        return text;
    }

    private int[] sorted(int symbols) {
        int[] from = new int[text.length];
        for (int i = 0; i < from.length; i++) {
            from[i] = i;
        }
        int[] to = new int[text.length];
        for (int k = depth - 1; k >= 0; k--) {
            // Where the places of each symbol go, END's first.
            int[] next = new int[symbols + 2];
            for (int place : from) {
                next[symbol(place, k) + 2]++;
            }
            for (int symbol = 1; symbol < next.length; symbol++) {
                next[symbol] += next[symbol - 1];
            }
            for (int place : from) {
                to[next[symbol(place, k) + 1]++] = place;
            }
            int[] spare = from;
            from = to;
            to = spare;
        }
        return from;
    }

    private RankedBits[] changes() {
        RankedBits[] bits = new RankedBits[depth];
        for (int k = 0; k < depth; k++) {
            bits[k] = new RankedBits(text.length);
        }
        for (int i = 0; i < places.length; i++) {
            int same = i == 0 ? 0 : sameSymbols(places[i - 1], places[i]);
            for (int k = same; k < depth; k++) {
                bits[k].set(i);
            }
        }
        for (RankedBits bit : bits) {
            bit.count();
        }
        return bits;
    }

    private int sameSymbols(int one, int other) {
        int same = 0;
        // Two places never end at once.
        while (same < depth && symbol(one, same) == symbol(other, same)) {
            same++;
        }
        return same;
    }

    private int symbol(int place, int offset) {
        return place + offset < text.length ? text[place + offset] : END;
    }

    int size() {
        return places.length;
    }

    /** How many places of a range go on behind k symbols that they share. */
    int followed(int from, int to, int k) {
        return to - from - ended(from, to, k);
    }

    /** How many different symbols follow in a range of places behind k symbols that they share. */
    int followers(int from, int to, int k) {
        return changes[k].between(from, to) - ended(from, to, k);
    }

    /** 1 where the first place of a range ends behind k symbols, for no other can. */
    private int ended(int from, int to, int k) {
        return from < to && symbol(places[from], k) == END ? 1 : 0;
    }

    /** The first place, of a range that shares k symbols, whose next symbol is this one or a greater one. */
    int lowerBound(int from, int to, int k, int symbol) {
        if (k == 0) {
            return begins[symbol];
        }
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (symbol(places[middle], k) < symbol) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** How many different sequences of k symbols have a follower. */
    int contexts(int k) {
        int contexts = 0;
        boolean counted = false;
        for (int i = 0; i < places.length; i++) {
            boolean another = k > 0 && changes[k - 1].between(i, i + 1) == 1;
            counted = counted && !another;
            if (!counted && places[i] + k < text.length) {
                contexts++;
                counted = true;
            }
        }
        return contexts;
    }
}
