package lstm.model;

import lstm.kernel.Columns;

/** The streams of a window that one worker takes through all steps, as columns made once. */
final class Shard {

    private final int index;
    private final Columns all;
    private final Columns next;
    private final Columns[] steps;

    private Shard(int index, int fromStream, int toStream, int streams, int stepCount) {
        this.index = index;
        int width = toStream - fromStream;
        all = new Columns(fromStream, width, streams, stepCount);
        next = all.shifted(streams);
        steps = new Columns[stepCount + 1];
        for (int t = 0; t <= stepCount; t++) {
            steps[t] = Columns.range(t * streams + fromStream, width);
        }
    }

    /** Which of a window's shards it is. */
    int index() {
        return index;
    }

    /** The shard's streams at every step of the window. */
    Columns all() {
        return all;
    }

    /** The same, one step further on: where the states behind every step stand. */
    Columns next() {
        return next;
    }

    /** The shard's streams at step t; T is the block of states behind the last step. */
    Columns step(int t) {
        return steps[t];
    }

    /** Cuts B streams into at most {@code count} shards of nearly equal width. */
    static Shard[] split(int streams, int stepCount, int count) {
        Shard[] shards = new Shard[Math.min(streams, count)];
        for (int i = 0; i < shards.length; i++) {
            int from = (int) ((long) streams * i / shards.length);
            int to = (int) ((long) streams * (i + 1) / shards.length);
            shards[i] = new Shard(i, from, to, streams, stepCount);
        }
        return shards;
    }
}
