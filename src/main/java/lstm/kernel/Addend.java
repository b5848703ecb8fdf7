package lstm.kernel;

import org.ojalgo.matrix.store.R032Store;

/** What a product is added to: c[:, j] = addend + a b. */
public sealed interface Addend {

    /** Nothing. */
    Addend ZERO = new Zero();
    /** The result itself. */
    Addend OWN = new Own();

    /** Nothing: c = a b. */
    record Zero() implements Addend {}

    /** The result itself: c += a b. */
    record Own() implements Addend {}

    /** The same column for all of c, such as a bias. */
    record Column(R032Store column) implements Addend {}

    /**
     * The column tokens[j] of a table for column j of c: what a product with a one-hot matrix would be.
     *
     * @param table as many rows as c
     * @param tokens one for every column of c
     */
    @SuppressWarnings("ArrayRecordComponent") // a view of a window's buffer, never compared
    record Gathered(R032Store table, int[] tokens) implements Addend {}
}
