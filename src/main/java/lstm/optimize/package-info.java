/** How parameters move: Adam with clipping by the global norm, and the course of the learning rate over a training. */
@NullMarked
package lstm.optimize;

import org.jspecify.annotations.NullMarked;
