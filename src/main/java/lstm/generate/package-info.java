/**
 * From a model to text: samplers turn logits into a token, {@link lstm.generate.TextGenerator} feeds it back.
 *
 * <p>A {@link lstm.generate.Sampler} is one method, greedy or with a temperature and {@link lstm.generate.Cuts}. A {@link
 * lstm.generate.Draft} follows one text while it is made and knows what may come next, by the {@link lstm.generate.Rule}s it has
 * to keep to, and when it is complete; {@link lstm.generate.TextRules} are these in a user's words. {@link
 * lstm.generate.BatchSampler} makes many drafts side by side, {@link lstm.generate.BeamSearch} looks for the likeliest. A {@link
 * lstm.generate.TextListener} hears of them.
 */
@NullMarked
package lstm.generate;

import org.jspecify.annotations.NullMarked;
