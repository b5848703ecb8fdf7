/**
 * The course of a training as TensorBoard reads it: event files, of which every resume of a training begins another one.
 *
 * <p>{@link lstm.tensorboard.EventWriter} listens to a training; {@code Events} makes TensorFlow's protocol buffers and {@code
 * EventFile} frames them as records with checksums. Of TensorFlow's messages five fields or so are needed: the newest jar of
 * their generated classes is of 2019 and as large as all of lstm, so that the fields are put together by number, with protobuf's
 * own encoder, and the tests read them with that jar. The clock reaches the event files, as the format demands, and nothing
 * else.
 */
@NullMarked
package lstm.tensorboard;

import org.jspecify.annotations.NullMarked;
