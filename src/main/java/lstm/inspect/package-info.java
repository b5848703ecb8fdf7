/**
 * What the units of a model do while it reads a text, after Karpathy, Johnson and Fei-Fei (2015).
 *
 * <p>{@link lstm.inspect.ActivationReader} reads an {@link lstm.inspect.InspectedText} from an empty memory and shows the activations
 * behind every token to {@link lstm.inspect.Visitor}s; nothing is kept of them here but what the visitors keep. {@link
 * lstm.inspect.Correlations} ranks the units by how closely they follow a {@link lstm.inspect.Feature} of the text, {@link
 * lstm.inspect.Saturation} counts how often their gates are shut or open, {@link lstm.inspect.UnitTrace} takes the values of one
 * unit. Texts are in memory, a byte or two for a token; activations, which are thousands of numbers for each, are not.
 *
 * <p>Layers and units are counted from 0 here, and from 1 where people read them.
 */
@NullMarked
package lstm.inspect;

import org.jspecify.annotations.NullMarked;
