package lstm.batch;

import java.util.SplittableRandom;
import lstm.text.RecordList;
import lstm.text.Tokens;

/**
 * Records of a list, in every epoch in another order.
 *
 * <p>The state is carried from a record to the next, and lists are often sorted: read as they stand, they would teach
 * that the next record begins like the last one. In random order what stands before a record tells nothing of it.
 *
 * <p>The order is a function of the seed and the epoch, so that it needs no place in a checkpoint. One epoch is in
 * memory at a time, a second copy of the text. One thread at a time uses it.
 */
final class ShuffledRecords implements Epochs {

    private static final long EPOCH_STRIDE = 0xd1342543de82ef95L;

    private final RecordList list;
    private final int[] records;
    private final long seed;
    private final long size;

    private long current;
    private Tokens tokens;

    /** The records in these places of a list. */
    ShuffledRecords(RecordList list, int[] records, long seed) {
        this.list = list;
        this.records = records;
        // Scattered, or the orders of two seeds would be drawn from one sequence, a few numbers apart.
        this.seed = new SplittableRandom(seed).nextLong();
        tokens = joined(0);
        size = tokens.size();
    }

    @Override
    public long size() {
        return size;
    }

    /** The first thread that asks for an epoch shuffles, and the others wait for it. */
    @Override
    public synchronized Tokens tokens(long epoch) {
        if (epoch != current) {
            // Given up before the next one is made, or there would be three copies of the text.
            tokens = Tokens.of();
            tokens = joined(epoch);
            current = epoch;
        }
        return tokens;
    }

    private Tokens joined(long epoch) {
        int[] order = records.clone();
        shuffle(order, new SplittableRandom(seed + epoch * EPOCH_STRIDE));
        return list.joined(order);
    }

    /** Puts numbers into random order (Fisher and Yates, 1938; Durstenfeld, 1964). */
    static void shuffle(int[] numbers, SplittableRandom random) {
        for (int last = numbers.length - 1; last > 0; last--) {
            int chosen = random.nextInt(last + 1);
            int number = numbers[chosen];
            numbers[chosen] = numbers[last];
            numbers[last] = number;
        }
    }
}
