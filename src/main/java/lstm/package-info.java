/**
 * A character-level language model: it learns to write like the text it is given.
 *
 * <pre>
 * corpus file -&gt; Corpus -&gt; tokens -&gt; windows of T steps x B streams
 *    -&gt; LanguageModel.loss -&gt; LanguageModel.backward -&gt; clip -&gt; Adam -&gt; checkpoint file
 * checkpoint file -&gt; TextGenerator (one character at a time) -&gt; Sampler -&gt; terminal or REPL
 * checkpoint file, lines of text -&gt; LineScorer -&gt; how surprising each is
 * checkpoint file, text -&gt; ActivationReader -&gt; what each unit follows
 * checkpoints, metrics files, a text -&gt; Report -&gt; one page to look at
 * </pre>
 *
 * <p>Packages are the stages of that sentence: {@link lstm.text}, {@link lstm.batch}, {@link lstm.kernel}, {@link
 * lstm.model}, {@link lstm.optimize}, {@link lstm.checkpoint}, {@link lstm.train}, {@link lstm.generate}, {@link lstm.score},
 * {@link lstm.repl}, {@link lstm.onnx}, {@link lstm.cli}. What a training and a model are looked at with: {@link lstm.live},
 * {@link lstm.metrics}, {@link lstm.tensorboard}, {@link lstm.ngram}, {@link lstm.plot}, {@link lstm.inspect}, {@link lstm.page}. A
 * build of its own adds {@code lstm.cluster}, which trains on many machines.
 *
 * <p>Dependencies point one way: cli to all others; repl and page to generate, train and checkpoint; live, metrics and
 * tensorboard to train; plot and page to metrics and ngram; page to score and inspect; all of these to optimize, model, batch
 * and text, and these to kernel.
 *
 * <p>Conventions, everywhere:
 *
 * <ul>
 *   <li>V is the size of the vocabulary, H the hidden size, B the streams of a batch, T the steps of a window, L the layers.
 *   <li>A matrix is an {@link org.ojalgo.matrix.store.R032Store}: float, column-major. Columns are streams: a state is H x B,
 *       gates are 4H x B (of an LSTM), a window's matrix has T*B columns, step t of stream b in column t*B + b.
 *   <li>Gates stand in PyTorch's order: i f g o of an LSTM, r z n of a GRU.
 *   <li>A gradient is "d" and the name. Backward mirrors forward.
 *   <li>A loss is in nats per character; bits per character (bpc) are shown beside it.
 *   <li>Weights stand still during a window, apart from activations and state, which are allocated once.
 *   <li>The result of a training is a function of text, settings and seed: not of threads, interruptions
 *       or, unless its length is a time, the clock.
 * </ul>
 */
@NullMarked
package lstm;

import org.jspecify.annotations.NullMarked;
