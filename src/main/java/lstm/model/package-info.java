/**
 * The recurrent language model: configuration, parameters, layers, loss and state.
 *
 * <p>{@link lstm.model.LanguageModel} holds what is learnt and is not changed by a window; {@link lstm.model.Window} holds
 * what changes: the activations of B streams over T steps, allocated once, and the state carried from one window to the
 * next. {@link lstm.model.Activations} show what is in it. A {@link lstm.model.RecurrentLayer} is a cell unrolled over a window; a {@link lstm.model.Projection} is a weight
 * matrix with a bias, shared by all cells and by the output layer. A kind of cell is a class and a line in {@link
 * lstm.model.Cell}, which with {@link lstm.model.ModelConfig} has the one list of all tensors' names and shapes; what it computes
 * between two products is a {@link lstm.kernel.CellStep}. Between the top layer and the output layer there may be an {@link
 * lstm.model.Attention} to outputs that a window remembers like a state.
 *
 * <p>Streams are independent of each other until the weights' gradients, so a pass is one job for the workers, each with
 * its own {@link lstm.model.Shard} of the streams and no barrier at a step; the gradients are tasks of the same job, split
 * by rows, and those of the weights by halves of the columns too: a {@link lstm.model.WeightGradientTask} adds the two up. Who is
 * done with its shard goes on with what the others are through, as {@link lstm.model.BackwardProgress} knows.
 * Whatever need not go step by step is one product over all the steps: the input half of every layer and the output layer.
 * A stream alone is one shard; the workers without one share the rows of its products as {@link lstm.kernel.Helpers}.
 *
 * <p>Layout: column t*B + b of a window's matrix is step t of stream b. Hidden and cell states have one block of B columns
 * more than the rest: block 0 is the state before the window, block t+1 the state after step t.
 */
@NullMarked
package lstm.model;

import org.jspecify.annotations.NullMarked;
