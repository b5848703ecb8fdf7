/**
 * Token streams cut into the windows of truncated backpropagation through time, and the place reached in them.
 *
 * <p>The recurrent state is carried from window to window (Williams and Peng, 1990), so each stream must go on where its
 * last window stopped: streams are contiguous pieces of the text and nothing is shuffled. That leaves two numbers, a
 * {@link lstm.batch.Cursor}, for a checkpoint to hold. The text for validation is the last part, because a part from the
 * middle would tear a stream apart.
 */
@NullMarked
package lstm.batch;

import org.jspecify.annotations.NullMarked;
