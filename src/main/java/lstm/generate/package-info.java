/**
 * From a model to text: samplers turn logits into a token, {@link lstm.generate.TextGenerator} feeds it back.
 *
 * <p>A {@link lstm.generate.Sampler} is one method, and samplers are built around each other: greedy is a method
 * reference, temperature and the cuts decorate it.
 */
@NullMarked
package lstm.generate;

import org.jspecify.annotations.NullMarked;
