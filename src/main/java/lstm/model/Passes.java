package lstm.model;

import lstm.kernel.Workers;

/**
 * What workers do for a model with the window it last worked on, kept so that a pass allocates nothing.
 *
 * @param window what is worked on
 * @param shards of the window: the first tasks of every pass
 * @param forward by shard: all layers
 * @param loss by shard: all layers, and the losses of the logits
 * @param backward by shard from the logits' gradients to the layers', then by part the weights' gradients
 * @param lossAndBackward both, one after the other
 * @param progress of the backward pass
 * @param parts of the weights' gradients; none where nothing is trained
 */
record Passes(
        Window window,
        int shards,
        Workers.Task forward,
        Workers.Task loss,
        Workers.Task backward,
        Workers.Task lossAndBackward,
        BackwardProgress progress,
        int parts) {}
