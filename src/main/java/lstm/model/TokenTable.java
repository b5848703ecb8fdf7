package lstm.model;

import lstm.kernel.Addend;
import org.jspecify.annotations.Nullable;
import org.ojalgo.matrix.store.R032Store;

/** A column for every token, of which a window's tokens choose theirs. */
final class TokenTable {

    private final R032Store columns;
    /** For the window that was read last, so that a step allocates nothing. */
    private Addend.@Nullable Gathered last;

    TokenTable(int rows, int vocabulary) {
        columns = R032Store.FACTORY.make(rows, vocabulary);
    }

    /** Rows x V. */
    R032Store columns() {
        return columns;
    }

    /** The columns of these tokens. */
    Addend.Gathered of(int[] tokens) {
        Addend.Gathered found = last;
        if (found == null || found.tokens() != tokens) {
            found = new Addend.Gathered(columns, tokens);
            last = found;
        }
        return found;
    }
}
