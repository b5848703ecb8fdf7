package lstm.model;

import lstm.kernel.Workers;

/**
 * What workers do for a model with the window it last worked on, kept so that a pass allocates nothing.
 *
 * @param window what is worked on
 * @param forward by shard: all layers
 * @param loss by shard: all layers, and the losses of the logits
 * @param backward by shard: from the logits' gradients to the layers'
 * @param lossAndBackward by shard: both, one after the other
 * @param gradients by part: the weights' gradients; none where nothing is trained
 * @param parts of the gradients
 */
record Passes(
        Window window,
        Workers.Task forward,
        Workers.Task loss,
        Workers.Task backward,
        Workers.Task lossAndBackward,
        Workers.Task gradients,
        int parts) {}
