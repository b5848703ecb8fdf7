package lstm.kernel;

import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Threads with nothing to do, who take part in products of a matrix and one column. Each has a share of the rows, the same in
 * every product, so that it finds its weights in its own caches: the weights of a model, read from end to end for every
 * character, mostly do not fit into those of one core (measured: a text of 2 layers of 256 units three times as fast on two).
 *
 * <p>The owner waits for nobody: when it is through its own share it goes on with what the others have not done yet, last
 * panels first. So a helper that sleeps, or whose processor another process has, costs nothing; and it keeps what it computes
 * to itself until the owner takes it, so that one who comes late changes nothing.
 */
public final class Helpers {

    /** The fewest floats of a matrix that are a share: a smaller one is read about as fast as two threads meet. */
    private static final int LEAST_SHARE = 1 << 16;

    /** One of them, for one thread. */
    final class Helper {

        private final int index;
        /** The product's number, and behind it the end of the panels that are done. */
        private volatile long progress;
        /** Room for the result, of which it writes its rows; made by the owner, who can say so where memory runs out. */
        private float[] result = {};

        // The product as isWanted found it, for help.
        private int number;
        private @Nullable PackedPanels a;
        private float[] b = {};
        private int bAt;
        private float[] from = {};
        private int fromAt;
        private float[] y = {};
        private int next;

        private Helper(int index) {
            this.index = index;
        }

        /** Whether there is a panel for it to multiply, of which it takes note. */
        boolean isWanted() {
            number = Helpers.this.number;
            a = Helpers.this.a;
            b = Helpers.this.b;
            bAt = Helpers.this.bAt;
            from = Helpers.this.from;
            fromAt = Helpers.this.fromAt;
            y = result;
            VarHandle.loadLoadFence();
            // Otherwise this may be of two products.
            if (a == null || number % 2 == 0 || number != Helpers.this.number || index > helpersOf(a)) {
                return false;
            }
            next = done(number, first(a, index));
            return next < first(a, index + 1);
        }

        /** Multiplies one; returns whether there was one. */
        boolean help() {
            if (!isWanted()) {
                return false;
            }
            Objects.requireNonNull(a).multiplyPanel(next, b, bAt, from, fromAt, y);
            progress = ((long) number << Integer.SIZE) + next + 1;
            return true;
        }

        private void makeRoom(int rows) {
            if (result.length < rows) {
                result = new float[rows];
            }
        }

        private int done(int product, int first) {
            long last = progress;
            return (int) (last >> Integer.SIZE) == product ? (int) last : first;
        }
    }

    private final Helper[] helpers;
    private final Runnable waking;
    /** Odd while there is a product. */
    private volatile int number;

    private @Nullable PackedPanels a;
    private float[] b = {};
    private int bAt;
    private float[] from = {};
    private int fromAt;

    /**
     * So many helpers.
     *
     * @param waking called whenever there is something to do
     */
    Helpers(int count, Runnable waking) {
        helpers = IntStream.rangeClosed(1, count).mapToObj(Helper::new).toArray(Helper[]::new);
        this.waking = waking;
    }

    /** One of them, from 0 on. */
    Helper helper(int index) {
        return helpers[index];
    }

    private int helpersOf(PackedPanels matrix) {
        long shares = (long) matrix.rows() * matrix.columns() / LEAST_SHARE;
        return (int) Math.max(0, Math.min(helpers.length, shares - 1));
    }

    /** The first panel of a share: the owner's is 0. */
    private int first(PackedPanels matrix, int share) {
        return matrix.panelCount() * share / (helpersOf(matrix) + 1);
    }

    /** By the owner: y = addend + matrix * column of b, where y has room for all panels. */
    void multiply(PackedPanels matrix, float[] column, int columnAt, float[] addend, int addendAt, float[] y) {
        int count = helpersOf(matrix);
        int product = number + 1;
        if (count > 0) {
            a = matrix;
            b = column;
            bAt = columnAt;
            from = addend;
            fromAt = addendAt;
            for (int i = 0; i < count; i++) {
                helpers[i].makeRoom(y.length);
            }
            number = product;
            waking.run();
        }
        int own = first(matrix, 1);
        boolean last = matrix.turn();
        for (int i = 0; i < own; i++) {
            matrix.multiplyPanel(last ? own - 1 - i : i, column, columnAt, addend, addendAt, y);
        }
        for (int i = 0; i < count; i++) {
            Helper helper = helpers[i];
            int first = first(matrix, helper.index);
            int end = first(matrix, helper.index + 1);
            while (helper.done(product, first) < end) {
                end--;
                matrix.multiplyPanel(end, column, columnAt, addend, addendAt, y);
            }
            int row = first * PackedPanels.PANEL_ROWS;
            int rows = Math.min(end * PackedPanels.PANEL_ROWS, matrix.rows()) - row;
            System.arraycopy(helper.result, row, y, row, Math.max(0, rows));
        }
        if (count > 0) {
            number = product + 1;
            VarHandle.storeStoreFence(); // before the next product is written
        }
    }
}
