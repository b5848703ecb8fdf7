package lstm.batch;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import lstm.text.RecordList;
import lstm.text.Tokens;

/**
 * A text cut in two.
 *
 * @param training what is learnt from
 * @param validation what is held out; empty where there is nothing
 */
public record Split(Epochs training, Tokens validation) {

    private static final long HELD_OUT_SEED = 1;

    /**
     * Cuts off the last part of a text for validation.
     *
     * @param fraction its share, from 0 to below 1
     * @throws IllegalArgumentException where the fraction is out of range
     */
    public static Split of(Tokens tokens, double fraction) {
        requireShare(fraction);
        long size = tokens.size();
        long last = (long) (size * fraction);
        // One token alone predicts nothing, and training needs two.
        last = last < 2 || size - last < 2 ? 0 : last;
        return new Split(Epochs.of(tokens.slice(0, size - last)), tokens.slice(size - last, size));
    }

    /**
     * Holds out random records of a list: the last ones of a sorted list are not like the others. They are the same
     * ones whatever the seed, so that trainings of several can be compared, and one that goes on with another seed
     * never learns them.
     *
     * @param fraction the share of records that is held out, from 0 to below 1
     * @param seed of the order of the others, which is another one in every epoch
     * @throws IllegalArgumentException where the fraction is out of range
     */
    public static Split of(RecordList list, double fraction, long seed) {
        requireShare(fraction);
        int[] records = IntStream.range(0, list.size()).toArray();
        ShuffledRecords.shuffle(records, new SplittableRandom(HELD_OUT_SEED));
        int heldOut = (int) (list.size() * fraction);
        int[] validation = Arrays.copyOf(records, heldOut);
        int[] training = Arrays.copyOfRange(records, heldOut, records.length);
        return new Split(
                new ShuffledRecords(list, training, seed), heldOut == 0 ? Tokens.of() : list.joined(validation));
    }

    private static void requireShare(double fraction) {
        if (!(fraction >= 0 && fraction < 1)) {
            throw new IllegalArgumentException("expected a share for validation from 0 to below 1, found " + fraction);
        }
    }
}
