/**
 * Token streams cut into the windows of truncated backpropagation through time, and the place reached in them.
 *
 * <p>The recurrent state is carried from window to window (Williams and Peng, 1990), so each stream must go on where its
 * last window stopped: streams are contiguous pieces of the text and nothing is shuffled. That leaves two numbers, a
 * {@link lstm.batch.Cursor}, for a checkpoint to hold. The text for validation is the last part, because a part from the
 * middle would tear a stream apart.
 *
 * <p>A list is another thing: its records are independent of each other, so that they are put into a new order for
 * every epoch, and random ones are held out. The order follows from the seed and the epoch, and the cursor is still
 * enough.
 */
@NullMarked
package lstm.batch;

import org.jspecify.annotations.NullMarked;
