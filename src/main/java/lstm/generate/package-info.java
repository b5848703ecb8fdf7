/**
 * From a model to text: samplers turn logits into a token, {@link lstm.generate.TextGenerator} feeds it back.
 *
 * <p>A {@link lstm.generate.Sampler} is one method, greedy or with a temperature and {@link lstm.generate.Cuts}.
 */
@NullMarked
package lstm.generate;

import org.jspecify.annotations.NullMarked;
