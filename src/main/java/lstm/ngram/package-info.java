/**
 * The baseline that a recurrent network has to beat: a character n-gram model with Witten-Bell smoothing.
 *
 * <p>{@link lstm.ngram.WittenBell} counts a text and foresees another; {@link lstm.ngram.Baseline} is how well each order does
 * on the part of a text that a training would hold out, over the same predictions that its validation is a mean of. The
 * counts of all orders stand in one sorted array of the text's places, {@code SortedPlaces}, so that memory depends on the
 * length of the text alone, 12 bytes a character, and not on how many n-grams are different.
 */
@NullMarked
package lstm.ngram;

import org.jspecify.annotations.NullMarked;
