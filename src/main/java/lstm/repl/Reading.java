package lstm.repl;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import lstm.generate.TextGenerator;
import lstm.text.Vocabulary;

/**
 * A generator that reads of a text only what is new: it keeps places on its way, and goes back to the last before a change.
 *
 * <p>Places are kept every {@link #STRIDE} tokens, and before the end of what was read at distances that double, so that taking
 * characters back one by one costs a few tokens each.
 */
final class Reading {

    private static final int STRIDE = 1024;
    /** Places kept besides, the last that were needed. */
    private static final int RECENT = 64;

    private final TextGenerator generator;
    private final TreeMap<Integer, TextGenerator.Place> places = new TreeMap<>();
    private int[] read = new int[STRIDE];
    private int count;

    Reading(TextGenerator generator, Vocabulary vocabulary) {
        this.generator = generator;
        generator.begin(vocabulary);
        places.put(0, generator.place());
    }

    /** The generator, to look at, or to use and to return to its place. */
    TextGenerator generator() {
        return generator;
    }

    /**
     * Brings the generator to where it has read exactly this.
     *
     * @return whether it is there, and was not stopped on its way
     */
    boolean goTo(int[] text, BooleanSupplier stop) {
        int common = Arrays.mismatch(read, 0, count, text, 0, text.length);
        if (common >= 0 && common < count) {
            places.tailMap(common, false).clear();
            count = places.lastKey();
            generator.returnTo(places.lastEntry().getValue());
        }
        while (count < text.length && !stop.getAsBoolean()) {
            generator.read(text[count]);
            add(text[count]);
            if (Integer.bitCount(text.length - count) <= 1) {
                keepPlace();
            }
        }
        return count == text.length;
    }

    /** Takes note that the generator has read one more token by itself. */
    void add(int token) {
        if (count == read.length) {
            read = Arrays.copyOf(read, 2 * count);
        }
        read[count++] = token;
        if (count % STRIDE == 0) {
            keepPlace();
        }
    }

    private void keepPlace() {
        places.put(count, generator.place());
        long recent = places.keySet().stream().filter(at -> at % STRIDE != 0).count();
        if (recent > RECENT) {
            places.keySet().stream().filter(at -> at % STRIDE != 0).findFirst().ifPresent(places::remove);
        }
    }
}
