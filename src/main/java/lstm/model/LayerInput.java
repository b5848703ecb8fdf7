package lstm.model;

import lstm.kernel.Columns;
import org.jspecify.annotations.Nullable;
import org.ojalgo.matrix.store.R032Store;

/** What a projection reads in a window. */
sealed interface LayerInput {

    /**
     * The tokens themselves, standing for one-hot columns that are never made.
     *
     * @param ids token of every column, T*B
     * @param vectors room for what the tokens are embedded as; null where they are one-hot
     */
    @SuppressWarnings("ArrayRecordComponent") // a view of the window's buffer, never compared
    record Tokens(int[] ids, @Nullable Hidden vectors) implements LayerInput {}

    /**
     * The output of what lies below.
     *
     * @param values rows x columns
     * @param shift how many columns further on in {@code values} than in the reading layer a step's output stands: 0, or B
     * @param gradient rows x T*B, of the loss by the values; null where nothing is trained
     */
    record Hidden(R032Store values, int shift, @Nullable R032Store gradient) implements LayerInput {

        Columns columns(Shard shard) {
            return shift == 0 ? shard.all() : shard.next();
        }
    }
}
