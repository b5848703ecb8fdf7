package lstm.model;

import java.util.Objects;
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
     * The top layer's output, to be read through an attention to its past.
     *
     * @param top what the attention reads
     * @param window what it keeps
     */
    record Attended(Hidden top, AttentionWindow window) implements LayerInput {}

    /**
     * The output of what lies below.
     *
     * @param values rows x columns
     * @param shift how many columns further on in {@code values} than in the reading layer a step's output stands: 0, or B
     * @param gradient rows x T*B, of the loss by the values; null where nothing is trained
     */
    record Hidden(R032Store values, int shift, @Nullable R032Store gradient) implements LayerInput {

        /** Room for so many columns, and in training for their gradients. */
        static Hidden ofColumns(int rows, long columns, boolean training) {
            R032Store gradient = training ? LayerWindow.matrix(rows, columns) : null;
            return new Hidden(LayerWindow.matrix(rows, columns), 0, gradient);
        }

        /** The gradient in a window for training. */
        R032Store required() {
            return Objects.requireNonNull(gradient);
        }

        Columns columns(Shard shard) {
            return shift == 0 ? shard.all() : shard.next();
        }
    }
}
