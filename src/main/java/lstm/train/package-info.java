/**
 * The training loop, validation and what listens to them; no printing and no cell's internals.
 *
 * <p>{@link lstm.train.Trainer} moves a model step by step until its {@link lstm.train.TrainingLength} is reached and can be
 * turned into a checkpoint between any two steps; {@link lstm.train.Evaluator} measures a model on a text, {@link
 * lstm.train.Adaptation} one that learns, in memory, from what it has just read. Everything that
 * a run depends on is in {@link lstm.train.TrainingConfig}, the text, and the checkpoint it goes on from. The clock decides
 * nothing but when to save and, where the length is a time, how far the training is. What a user leaves open
 * {@link lstm.train.Recipe} fills in before a training begins, from the machine's {@link lstm.train.Throughput} if there is
 * nothing but a time.
 *
 * <p>A training that explodes, as {@link lstm.train.Divergence} tells, goes back to its {@link lstm.train.LastGood} model and on in the
 * text with a lower learning rate. The steps are not made again: as in the training of PaLM (Chowdhery et al., 2022) other windows
 * follow, no listener hears of a step twice, and a training is as long as it was meant to be. Both, and how often it has gone back,
 * stand in the checkpoint, so that a resumed training explodes and goes back at the same steps.
 */
@NullMarked
package lstm.train;

import org.jspecify.annotations.NullMarked;
